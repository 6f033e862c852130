"""Who signed a returned form: the letter's head and end, read as people lay them out.

What is found is for people to see beside the reading; nothing is decided by it. Whose reply it is
is decided by the register, from the whole letter. An untouched placeholder ("[Name]") says nothing.
"""

import re
from collections.abc import Sequence

from parsers.reading import Signatory

#: Lines after the letter's closing in which somebody signs.
_MOST_LINES = 8
#: Lines after "From:" that may be a name and a title.
_IN_HEAD = 2
#: A longer line is a sentence.
_LONGEST = 120

_CLOSING = re.compile(
    r"\b(?:yours|sincerely|faithfully|(?:kind|best) regards|respectfully)\b"
    r"|veuillez agr[ée]er|salutations|haute consid[ée]ration|atentamente|cordialmente"
    r"|с уважением|примите .*уверени|وتفضلوا|تفضلوا بقبول|顺致|此致|敬礼",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(r"[\[\uff3b【][^\]\uff3d】]*[\]\uff3d】]")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_LABELS = {
    "name": r"name|nom|nombre|имя|ф\.?\s?и\.?\s?о\.?|фамилия|الاسم|姓名|名称",
    "title": r"title|official (?:role|title)|role|position|titre|fonction|qualit[ée]|cargo|título"
    r"|должность|اللقب|المنصب|الوظيفة|职务|职位|职衔",
    "place": r"place|lieu|lugar|место|المكان|地点",
    "date": r"date|fecha|дата|التاريخ|日期",
    "from": r"from|de|от|من|发件人|自",
    "other": r"to|au|à|a|кому|إلى|收件人|fax|tel(?:ephone)?|tél|телефон|факс|e-?mail|correo|courriel"
    r"|эл\.? ?почта|البريد|الفاكس|فاكس|传真|电子邮件|address|adresse|dirección|адрес|العنوان|地址"
    r"|subject|objet|asunto|тема|الموضوع|事由|signature|firma|подпись|التوقيع|签字|签名",
}
_LABEL = re.compile(
    "^(?:" + "|".join(rf"(?P<{name}>{words})" for name, words in _LABELS.items()) + r")\s*[:：]\s*",
    re.IGNORECASE,
)
_ADMINISTRATION = re.compile(
    r"^(?:the\s+)?(?:administration|administración|администрация|إدارة)\b[\s:]*"
    r"(?:(?:of|del?|du|des|d['’])(?:\s+|$|(?<=['’])))?(?:the\s+|la\s+|le\s+|l['’]\s*|los\s+)?(?P<after>.+)$"
    r"|^主管部门\s*[:：]\s*(?P<named>.+)$"
    r"|^(?P<before>.+?)(?:\s+administration|主管部门)$",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\b(?:director\w*|directeur|directrice|head|chief|chef|minister|ministre|ministro|secretary"
    r"|secr[ée]taire|secretari[oa]|manager|president|pr[ée]sident\w*|chair\w*|commissioner|advis[eo]r"
    r"|officer|engineer|jefe|jefa|délégué\w*|delegad[oa]|representative|deputy|counsellor"
    r"|директор|начальник|министр|руководитель|заместитель|председатель|советник|секретарь)\b"
    r"|مدير|رئيس|وزير|أمين|وكيل|司长|主任|部长|局长|处长|秘书|主席",
    re.IGNORECASE,
)
#: No name of a person holds figures or a label's colon.
_NO_NAME = re.compile(r"[\d:：]")
_FOOTER = re.compile(r"^_{3,}|www\.|\btel[.:]|\+\d[\d\s.-]{6,}", re.IGNORECASE)
_PREPOSITIONS = frozenset({"of", "of the", "de", "de la", "du", "des", "del"})
_EDGE = " \t\r,.;:،，、[]"


def signatory_of(letter: Sequence[str], after: Sequence[str]) -> Signatory:
    """Reads who signed a form.

    Args:
        letter: the lines round the form's table, those of `after` included.
        after: the lines under the table.
    """
    lines = _lines(letter)
    block = _block(_lines(after))
    labelled = {
        match.lastgroup: _said(line[match.end() :])
        for line in (*lines, *block)
        if (match := _LABEL.match(line)) and _said(line[match.end() :])
    }
    administration = next(
        (named for line in reversed(lines) if (named := _administration(line))), None
    )
    people = [
        line
        for line in block
        if not _LABEL.match(line) and not _ADMINISTRATION.match(line) and _said(line)
    ] or _head(lines)
    name, title = _person(people)
    place, date = _place_and_date(labelled.get("date"))
    return Signatory(
        administration=administration,
        name=labelled.get("name") or name,
        title=labelled.get("title") or title,
        place=labelled.get("place") or place,
        date=date,
        email=_email(lines),
    )


def _lines(texts: Sequence[str]) -> list[str]:
    return [line for text in texts for each in text.splitlines() if (line := each.strip())]


def _said(text: str) -> str | None:
    """What a line says beside its placeholders; None for nothing."""
    parts = (part.strip(_EDGE) for part in _PLACEHOLDER.split(text))
    return next((part for part in parts if any(map(str.isalnum, part))), None)


def _block(after: Sequence[str]) -> list[str]:
    """The lines in which somebody signs: those after the closing, down to the Administration."""
    # A formula of two lines ends with the second.
    start = max((index for index, line in enumerate(after) if _CLOSING.search(line)), default=None)
    if start is None:
        return []
    block: list[str] = []
    for line in after[start + 1 : start + 1 + _MOST_LINES]:
        if len(line) > _LONGEST or _FOOTER.search(line):
            break
        block.append(line)
        if _ADMINISTRATION.match(line):
            break
    return block


def _head(lines: Sequence[str]) -> list[str]:
    """The lines after "From:" where one of them is an official's title: the others may be anything."""
    found: list[str] | None = None
    for line in lines:
        label = _LABEL.match(line)
        if label and label.lastgroup == "from":
            found = [line[label.end() :]] if label.end() < len(line) else []
        elif found is not None:
            if label or len(line) > _LONGEST or _administration(line) or len(found) == _IN_HEAD:
                break
            found.append(line)
    found = found or []
    return found if any(_TITLE.search(line) for line in found) else []


def _administration(line: str) -> str | None:
    match = _ADMINISTRATION.match(line) if len(line) <= _LONGEST else None
    if match and (match["after"] or "").strip().lower() in _PREPOSITIONS:
        return None  # The name is on the next line, or was not read.
    return _said(match["after"] or match["named"] or match["before"]) if match else None


def _person(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """Name and title: the first line that holds no title, and the first that does."""
    said = [text for line in lines if (text := _said(line)) and not _EMAIL.search(text)]
    titles = [text for text in said if _TITLE.search(text)]
    names = [text for text in said if text not in titles and not _NO_NAME.search(text)]
    title = titles[0] if titles else (names[1] if len(names) > 1 else None)
    return (names[0] if names else None), title


def _place_and_date(text: str | None) -> tuple[str | None, str | None]:
    """Place and date apart ("Bern, 12 April 2026"); what has no figures is no date."""
    if text is None or not any(map(str.isdigit, text)):
        return None, None
    place, comma, rest = text.replace("،", ",").replace("，", ",").partition(",")
    if comma and not any(map(str.isdigit, place)) and any(map(str.isdigit, rest)):
        return _said(place), _said(rest)
    return None, _said(text)


def _email(lines: Sequence[str]) -> str | None:
    """The last address of the head that is not the Bureau's own."""
    found = [match.group() for line in lines for match in _EMAIL.finditer(line[:_LONGEST])]
    theirs = [each for each in found if not each.lower().endswith(("@itu.int", ".itu.int"))]
    return theirs[0] if theirs else None
