"""Whether it is worth while to read a message's own text as a form: few texts are one."""

import re
from collections.abc import Iterable

from parsers.wording import roles_in

#: Of a text or page, in characters: a form stands within its first ones.
_LONGEST = 400_000
_NUMBER = re.compile(r"[A-ZА-Я]\s?\.\s?\d{2,5}")
#: A box as a character, as a reference to one, in brackets, on a rule, or as an element of a page.
_BOX = re.compile(
    r"[☐-☒□■▢✓-✘⊠❏-❒🗆🗹]|&#(?:x26|97[0-9]|96[0-9]|25a|100[0-9]{2})|wingdings|checkbox"
    r"|[\[(（［][\s_xXхХ✓✔]{0,5}[\])）］]|_{2,}",
    re.IGNORECASE,
)


def may_be_form(text: str, known: Iterable[str] = ()) -> bool:
    """Whether a text or page names a draft text, and has boxes or words of a form.

    Args:
        text: plain, or the source of a page.
        known: working names of draft texts.
    """
    text = text[:_LONGEST]
    if _NUMBER.search(text) is None and not any(name in text for name in known):
        return False
    return _BOX.search(text) is not None or len(roles_in(text)) > 1
