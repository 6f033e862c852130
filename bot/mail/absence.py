"""Subjects of absence notes, in the six languages and those of mail programs elsewhere."""

import re

#: What Exchange, Outlook, Gmail and their kin put before the subject that they answer.
_PREFIX = re.compile(
    r"(?:automatic reply|auto(?:matic)?[ -]?(?:reply|response|antwort)|out of (?:the )?office"
    r"(?: autoreply| reply)?|r[ée]ponse automatique|absen(?:ce|t) du bureau"
    r"|respuesta autom[áa]tica|fuera de (?:la )?oficina|ausente de la oficina"
    r"|автоответ(?:чик)?|автоматический ответ|(?:нет|отсутствует) на рабочем месте"
    r"|自动(?:答复|回复)|自動回覆|رد تلقائي|الرد التلقائي|automatische antwort"
    r"|abwesenheits(?:notiz|meldung|nachricht|assistent)|risposta automatica"
    r"|resposta autom[áa]tica|automatisch antwoord|odpowiedź automatyczna|otomatik yanıt"
    r"|自動応答|자동 ?회신|automatis[kt]t? svar|automaattinen vastaus|automatická odpov[ěe]ď"
    r"|automatikus válasz|αυτόματη απάντηση|автоматична відповідь|răspuns automat"
    r"|תשובה אוטומטית|پاسخ خودکار|trả lời tự động|การตอบกลับอัตโนมัติ|balasan otomatis)"
    r"\s{0,4}(?:[:：\-–,]|$)",
    re.IGNORECASE,
)
#: Words that also stand in what people write.
_WORDS = re.compile(
    r"out of (?:the )?office|on (?:annual |sick )?leave|on vacation|absence du bureau|en congé"
    r"|en vacances|de vacaciones|fuera de la oficina|в отпуске|отсутствую|休假|不在办公室|إجازة"
    r"|خارج المكتب|abwesen|im urlaub|auto-?reply|autoresponse",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"(?:re|aw|sv|rv|fw|fwd|wg|tr|r[ée]f|res|rif|antw|отв|на|hа|пер|回复|答复|转发|رد|إعادة توجيه)"
    r"(?:\[\d{1,3}\])?\s{0,2}[:：]",
    re.IGNORECASE,
)


def is_absence_subject(subject: str) -> bool:
    """Whether a subject begins as automatic answers do."""
    return _PREFIX.match(subject.strip()) is not None


def mentions_absence(subject: str) -> bool:
    """Whether a subject speaks of somebody being away; only supports other signs."""
    return _WORDS.search(subject[:500]) is not None


def is_answer_subject(subject: str) -> bool:
    """Whether a subject says that a person answered or forwarded: "Re:", "AW:", "答复："."""
    return _ANSWER.match(subject.strip()) is not None
