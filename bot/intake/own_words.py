"""What a sender wrote of his own: without what he quotes or forwards, and without his signature."""

import re
from itertools import islice

#: Of one message; longer ones quote what the marks below do not show.
LONGEST = 50_000

_SEPARATOR = re.compile(
    r"\s*(?:[-_=*]{2,}\s*(?:original|forwarded|begin forwarded|message (?:d'origine|transf)|mensaje"
    r"|исходное|пересыла|переслан|原始邮件|转发|الرسالة)|_{10,}\s*$|begin forwarded message)",
    re.IGNORECASE,
)
#: The head of a quoted message as mail programs repeat it: two such lines close together.
_SENDER = re.compile(
    r"\s*\**(?:from|de|von|van|da|от(?: кого)?|发件人|寄件者|من)\s?\**\s?[:：]", re.IGNORECASE
)
_OTHER_FIELD = re.compile(
    r"\s*\**(?:sent|date|to|cc|subject|envoy[ée]|[àa]|objet|enviad[oa](?: el)?|fecha|para|asunto"
    r"|gesendet|отправлено|дата|кому|тема|发送时间|日期|收件人|主题|التاريخ|تاريخ الإرسال|إلى|الموضوع)"
    r"\s?\**\s?[:：]",
    re.IGNORECASE,
)
_WROTE = re.compile(
    r"(?:\bwrote|\ba [ée]crit|\bescribi[óo]|\bschrieb|\bнаписал\w*|\bпишет|写道|كتب\w*)\s?[:：]\s*$",
    re.IGNORECASE,
)
#: Lines within which the head of a quoted message shows a second field.
_HEAD = 4


def own_words(text: str) -> str:
    """A message's text without what it quotes and without its signature (RFC 3676, 4.3).

    Args:
        text: with LF line ends; what is beyond `LONGEST` is not looked at.
    """
    lines = text[:LONGEST].split("\n")
    kept: list[str] = []
    for index, line in enumerate(lines):
        if line.lstrip().startswith(">"):
            continue
        if line == "-- " or _SEPARATOR.match(line):
            break
        if _SENDER.match(line) and any(
            _OTHER_FIELD.match(each) for each in lines[index + 1 : index + 1 + _HEAD]
        ):
            break
        if _WROTE.search(line[-200:]):
            following = next(filter(str.strip, islice(lines, index + 1, None)), "")
            if following.lstrip().startswith(">"):
                # The answer may stand below, or between the lines.
                continue
            break
        kept.append(line)
    return "\n".join(kept)
