"""A reader that does as the file tells it, to see what becomes of the others."""

import os
import time
from collections.abc import Mapping

from parsers.reading import Format, FormReading

#: Files for it.
HANG = b"hang"
EAT_MEMORY = b"eat memory"
DIE = b"die"
FAIL = b"fail"


def obedient_reader(data: bytes, known: Mapping[str, str] | None) -> FormReading:
    """Returns the file's text as the letter, unless the file is one of the orders above."""
    if data == HANG:
        while True:
            time.sleep(1)
    if data == EAT_MEMORY:
        # Zeros that are asked for and never touched: address space, and no time.
        eaten = [bytes(1 << 26)]
        while True:
            eaten.append(bytes(1 << 26))
    if data == DIE:
        os._exit(9)
    if data == FAIL:
        raise LookupError("a fault of the reader")
    return FormReading(format=Format.TEXT, letter=data.decode())
