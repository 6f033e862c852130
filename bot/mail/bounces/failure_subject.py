"""Subjects of bounces: what mail systems write over a letter that comes back, in their languages."""

import re

#: Exchange, Outlook and Gmail put theirs before the subject of the letter; others write nothing else.
_BEFORE = re.compile(
    r"(?:undeliver(?:able|ed)(?: mail| message)?|non remis|non distribuable|no se (?:puede|pudo) entregar"
    r"|no entregado|no se ha podido entregar|unzustellbar|nicht zustellbar|onbestelbaar|non recapitabile"
    r"|impossibile recapitare|não (?:é possível entregar|entregue)|niedostarczalne|nie można dostarczyć"
    r"|teslim edilemedi|iletilemedi|недоставлено|не доставлено|не удается доставить"
    r"|не удалось доставить|无法(?:传递|投递|送达)|未送达|退信|未傳遞|تعذر (?:ال)?تسليم(?:ه)?"
    r"|غير قابل للتسليم|لم يتم تسليم(?:ه)?)\s{0,4}(?:[:：]|$)",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"undelivered mail returned to sender|returned mail\b|mail (?:system error|delivery fail(?:ed|ure)|"
    r"delivery problem|undeliverable)|delivery (?:failure|problem|unsuccessful|has failed)"
    r"|delivery status notification \((?:failure|delay)\)|message (?:delivery failure|not delivered|"
    r"status ?- ?undeliverable)|failure (?:notice|delivery)|non[- ]?delivery (?:report|notification)"
    r"|(?:your )?mail could not be delivered|undeliverable mail|warning: could not send message"
    r"|échec de (?:la )?(?:remise|distribution)|notification d[’']échec|error de entrega"
    r"|notificación de estado de (?:la )?entrega|mail nicht zugestellt|unzustellbare nachricht"
    r"|mail delivery (?:subsystem|system)|недоставленное (?:сообщение|письмо)|сообщение не доставлено"
    r"|письмо не доставлено|系统退信|来自.{0,40}的退信|邮件投递失败|投递失败|فشل (?:في )?(?:ال)?تسليم",
    re.IGNORECASE,
)


def is_failure_subject(subject: str) -> bool:
    """Whether a subject is that of a bounce."""
    words = subject[:300].strip()
    return _BEFORE.match(words) is not None or _ALONE.match(words) is not None
