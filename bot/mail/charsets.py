"""Bytes to text, whatever charset was declared: labels as mail programs really write them.

A declared charset is believed where it decodes the bytes; where it does not, UTF-8 is tried, and
windows-1252 comes last because it can decode anything. Nothing here raises.
"""

import codecs
import re

#: Labels that mean more than they say: the larger charset that mail programs really send.
_MEANT = {
    "gb2312": "gb18030",
    "gb-2312": "gb18030",
    "gb-2312-80": "gb18030",
    "chinese": "gb18030",
    "euc-cn": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "cn-big5": "big5hkscs",
    "ks-c-5601": "cp949",
    "ks-c-5601-1987": "cp949",
    "ksc5601": "cp949",
    "euc-kr": "cp949",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "sjis": "cp932",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "ansi-x3.4-1968": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "l1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "iso-8859-6-i": "iso8859-6",
    "iso-8859-6-e": "iso8859-6",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "asmo-708": "iso8859-6",
    "koi8": "koi8-r",
    "koi": "koi8-r",
    "macintosh": "mac-roman",
    "x-mac-roman": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
    "unicode-1-1-utf-8": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "utf8mb4": "utf-8",
}

#: The codecs that may be asked for. Python has others under the same roof that are slow on long
#: input or warn (punycode, idna, unicode_escape); a mail must not be able to name them.
_ALLOWED = re.compile(
    r"utf-?(7|8|16|32)|iso8859-\d+|iso2022_\w+|cp\d{3,5}|koi8-[rtu]|kz1048|mac-\w+|gb18030|gbk"
    r"|gb2312|hz|big5|big5hkscs|euc_\w+|shift_jis\w*|johab|ptcp154|tis-620|hp-roman8|ascii"
)

_LABEL = re.compile(r"[a-z0-9][a-z0-9.:-]{0,39}")
_CODE_PAGE = re.compile(r"(?:x-)?(?:cp|windows|win|ibm|dos|ms|microsoft-cp)-?(\d{3,5})")
#: What no text may carry on: NUL (databases refuse it) and halves of surrogate pairs.
_UNFIT = re.compile("[\x00\ud800-\udfff]")


def codec_for(label: str | None) -> str | None:
    """The Python codec for a charset label; None for one that is missing or means nothing."""
    if not label:
        return None
    name = label.strip(" \t\"'").lower().replace("_", "-")
    if not _LABEL.fullmatch(name):
        return None
    name = _MEANT.get(name, name)
    if page := _CODE_PAGE.fullmatch(name):
        name = _MEANT.get(f"cp{page[1]}", f"cp{page[1]}")
        if name in {"cp65001", "cp65000"}:
            name = {"cp65001": "utf-8", "cp65000": "utf-7"}[name]
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    return found if _ALLOWED.fullmatch(found.replace("mac_", "mac-")) else None


def decode_text(data: bytes, charset: str | None = None) -> str:
    """Decodes text as it was most probably meant; never raises.

    Args:
        data: the bytes after transfer decoding.
        charset: the declared label; None where none was declared.
    """
    for mark, codec in (
        (codecs.BOM_UTF8, "utf-8"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            text = data.decode(codec, "replace")
            return _UNFIT.sub("", text.removeprefix("\ufeff"))
    declared = codec_for(charset)
    # UTF-8 that declares itself Latin is common; Latin that happens to be valid UTF-8 is not.
    candidates = [declared] if declared else []
    if declared in {None, "cp1252", "ascii"}:
        candidates = ["utf-8", *candidates]
    elif declared != "utf-8":
        candidates = [*candidates, "utf-8"]
    for codec in candidates:
        try:
            return _UNFIT.sub("", data.decode(codec))
        except UnicodeError:
            continue
    return _UNFIT.sub("", _best_effort(data, declared))


def _best_effort(data: bytes, declared: str | None) -> str:
    """No candidate decodes every byte: damaged text of the charset, or text of another one."""
    if declared in {None, "cp1252", "ascii"}:
        return _western(data)
    text = data.decode(declared, "replace")
    damaged = text.count("\ufffd")
    sound = sum(char > "\x7f" for char in text) - damaged
    # One bad byte in a Cyrillic text is damage; nothing but bad bytes is another charset.
    return text if sound > damaged else _western(data)


def _western(data: bytes) -> str:
    """windows-1252 with Latin-1 for the five bytes that it leaves undefined."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return (
            "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)
            if len(data) < 1000
            else data.decode("latin-1")
        )
