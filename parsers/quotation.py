"""Where a text stops being its sender's own: quoted and forwarded messages (RFC 3676, 4.5, and use)."""

import re

#: The line over a quoted message in the six languages, and some more that mail programs speak.
SEPARATOR = re.compile(
    r"\s*[-_=*]{2,}\s*(?:original|forwarded|message (?:d'origine|transf)|mensaje|исходное|пересыла"
    r"|переслан|原始邮件|转发|الرسالة)|\s*begin forwarded message|\s*_{10,}\s*$",
    re.IGNORECASE,
)
#: The head of a quoted message as mail programs repeat it: two such lines close together.
SENDER = re.compile(
    r"\s*\**(?:from|de|von|van|da|от(?: кого)?|发件人|寄件者|من)\s?\**\s?[:：]", re.IGNORECASE
)
OTHER_FIELD = re.compile(
    r"(?:^|\s)\**(?:sent|date|to|cc|subject|envoy[ée]|[àa]|objet|enviad[oa](?: el)?|fecha|para|asunto"
    r"|gesendet|отправлено|дата|кому|тема|发送时间|日期|收件人|主题|التاريخ|تاريخ الإرسال|إلى|الموضوع)"
    r"\s?\**\s?[:：]",
    re.IGNORECASE,
)
#: "... wrote:" at the end of a line.
WROTE = re.compile(
    r"(?:\bwrote|\ba [ée]crit|\bescribi[óo]|\bschrieb|\bнаписал\w*|\bпишет|写道|كتب\w*)\s?[:：]\s*$",
    re.IGNORECASE,
)
#: Lines within which the head of a quoted message shows a second field, and characters of them.
HEAD, _LONGEST = 4, 400


def begins_quotation(line: str, following: str = "") -> bool:
    """Whether all from this line on is somebody else's message.

    Args:
        line: one line, or a paragraph that may have several.
        following: the lines after it.
    """
    line = line[:_LONGEST]
    if SEPARATOR.match(line) or WROTE.search(line):
        return True
    head = "\n".join((line + "\n" + following[:_LONGEST]).split("\n")[: HEAD + 1])
    rest = SENDER.sub("", head, count=1)
    return SENDER.match(line) is not None and OTHER_FIELD.search(rest) is not None
