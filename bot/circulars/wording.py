"""How circulars of the kind are worded in the six official languages, as data.

Everything is a regular expression, matched without regard to case. English is as TSB Circulars have
it; the others keep to the wording of circulars of the same kind. The languages are tried together:
nothing has to know beforehand in which of them a circular is written.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class CircularWording:
    """One language's wording.

    Attributes:
        language: ISO 639-1.
        months: January to December.
        until: between the days of a meeting, besides a dash ("12 to 21 May").
        annex: the word before an annex's number, at the beginning of a line.
        subject: label of the subject.
        salutation: how the letter begins, and so where its head ends.
        study_group: with one group, the number.
        draft: what a text's heading begins with, singular only; empty where it does not.
        noun: the kind of text, singular only; must stand in the heading.
        new, revised: what tells the two apart.
        former: beside a working name, in its parentheses.
        summary: the heading between a text's title and its summary.
        note: how the note on IPR statements begins.
        in_place: before the place of a meeting in running text.
    """

    language: str
    months: tuple[str, ...]
    until: str
    annex: str
    subject: str
    salutation: str
    study_group: str
    draft: str
    noun: str
    new: str
    revised: str
    former: str
    summary: str
    note: str
    in_place: str


_ENGLISH = CircularWording(
    language="en",
    months=(
        "Jan(?:uary)?",
        "Feb(?:ruary)?",
        "Mar(?:ch)?",
        "Apr(?:il)?",
        "May",
        "June?",
        "July?",
        "Aug(?:ust)?",
        "Sept?(?:ember)?",
        "Oct(?:ober)?",
        "Nov(?:ember)?",
        "Dec(?:ember)?",
    ),
    until="to|until|through|and",
    annex="annex",
    subject="subject",
    salutation=r"dear\s",
    study_group=r"study\s+group\s+(\d{1,2})\b",
    draft=r"(?:determined\s+)?draft\b",
    noun=r"\b(?:recommendation|amendment|corrigendum)\b",
    new=r"\bnew\b",
    revised=r"\brevis(?:ed|ion)\b",
    former=r"ex|formerly|former|previously",
    summary="summary",
    note=r"TSB\s+NOTE",
    in_place=r"\b(?:in|at)\s+",
)

_FRENCH = CircularWording(
    language="fr",
    months=(
        "janvier",
        "f[ée]vrier",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "ao[ûu]t",
        "septembre",
        "octobre",
        "novembre",
        "d[ée]cembre",
    ),
    until="au|et",
    annex="annexe",
    subject="objet",
    salutation=r"(?:madame|monsieur|mesdames)\b",
    study_group=r"commission\s+d['’]\s?[ée]tudes\s+(\d{1,2})\b",
    draft=r"projet\s+(?:de\b|d['’])",
    noun=r"\b(?:recommandation|amendement|corrigendum)\b",
    new=r"\b(?:nouvelle|nouvel|nouveau)\b",
    revised=r"\br[ée]vis(?:[ée]e?|ion)\b",
    former="ex|anciennement|ancienne|ancien",
    summary="r[ée]sum[ée]",
    note=r"NOTE\s+(?:DU|DE\s+LA|–|-)?\s*TSB",
    in_place=r"\bà\s+",
)

_SPANISH = CircularWording(
    language="es",
    months=(
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "sep?tiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ),
    until="al|a|y",
    annex="anexo",
    subject="asunto",
    salutation=r"(?:muy\s+se[ñn]or|estimad|distinguid)",
    study_group=r"comisi[óo]n\s+de\s+estudio\s+(\d{1,2})\b",
    draft=r"proyecto\s+de\b",
    noun=r"\b(?:recomendaci[óo]n|enmienda|corrig[ée]ndum)\b",
    new=r"\b(?:nueva|nuevo)\b",
    revised=r"\brevis(?:ada|ado|i[óo]n)\b",
    former="ex|antigua|antiguo|anteriormente|antes",
    summary="resumen",
    note=r"NOTA\s+(?:DE\s+LA\s+|DEL\s+|–\s*|-\s*)?TSB",
    in_place=r"\ben\s+",
)

_RUSSIAN = CircularWording(
    language="ru",
    months=(
        "январ[ья]",
        "феврал[ья]",
        "марта?",
        "апрел[ья]",
        "ма[йя]",
        "июн[ья]",
        "июл[ья]",
        "августа?",
        "сентябр[ья]",
        "октябр[ья]",
        "ноябр[ья]",
        "декабр[ья]",
    ),
    until="по|и|до",
    annex="приложение",
    subject="предмет",
    salutation="уважаем",
    study_group=r"(\d{1,2})\s?-?\s?(?:й|я|ой|ая|ю|ую)\s+исследовательск\w+\s+комисси",
    draft=r"проект\b",
    noun=r"\b(?:рекомендаци[ия]|поправк[иа]|исправлени[ея])\b",
    new=r"\bнов(?:ой|ая|ого|ое)\b",
    revised=r"\b(?:пересм\w+|пересмотренн\w+)\b",
    former=r"ранее|бывш\w*\.?|прежнее\s+название|прежн\w*|ex",
    summary="резюме",
    note=r"ПРИМЕЧАНИЕ\s+(?:БСЭ|TSB)",
    in_place=r"\b(?:в|во)\s+",
)

_ARABIC = CircularWording(
    language="ar",
    months=(
        "(?:كانون الثاني/)?يناير",
        "(?:شباط/)?فبراير",
        "(?:آذار/)?مارس",
        "(?:نيسان/)?[أا]بريل",
        "(?:[أا]يار/)?مايو",
        "(?:حزيران/)?يونيو",
        "(?:تموز/)?يوليو",
        "(?:آب/)?[أا]غسطس",
        "(?:[أا]يلول/)?سبتمبر",
        "(?:تشرين الأول/)?[أا]كتوبر",
        "(?:تشرين الثاني/)?نوفمبر",
        "(?:كانون الأول/)?ديسمبر",
    ),
    until="[إا]لى|و",
    annex="الملحـ?ق",
    subject="الموضوع",
    salutation="(?:حضرات|السادة|السيدات|تحية)",
    study_group=r"لجنة\s+الدراسات\s+(\d{1,2})\b",
    draft=r"مشروع\b",
    noun=r"\b(?:ال)?(?:توصية|تعديل|تصويب)\b",
    new=r"\b(?:ال)?جديدة?\b",
    revised=r"\b(?:ال)?(?:مراجعة|منقحة|مراجَعة)\b",
    former="سابقاً|سابقا|المعروفة سابقاً باسم",
    summary="(?:ال)?ملخص",
    note=r"ملاحظة\s+(?:من\s+)?(?:مكتب\s+تقييس\s+الاتصالات|TSB)",
    in_place=r"\bفي\s+",
)

_CHINESE = CircularWording(
    language="zh",
    months=tuple(rf"{month}\s*月" for month in range(1, 13)),
    until="至|到|和",
    annex="附件",
    subject="事由|主题",
    salutation="尊敬的",
    study_group=r"第\s*(\d{1,2})\s*研究组",
    draft="",
    noun="建议书|修正|勘误",
    new="新",
    revised="修订",
    former="原|前",
    summary="摘要|概要",
    note=r"(?:电信标准化局|TSB)\s*(?:注|说明)",
    in_place="在",
)

#: In the order in which they are tried.
LANGUAGES: Final = (_ENGLISH, _FRENCH, _SPANISH, _RUSSIAN, _ARABIC, _CHINESE)

#: "ITU-T" as the six languages write it; the last letter may be Cyrillic.
SECTOR: Final = r"(?:(?:ITU|UIT|МСЭ)\s?-\s?[TТ])"

#: Coordinated Universal Time as circulars name it.
UTC: Final = (
    r"\bUTC\b|\bTUC\b|\bGMT\b|\bВКВ\b|coordinated\s+universal\s+time"
    r"|التوقيت\s+العالمي\s+المنسق|协调世界时|世界协调时"
)

#: How parts of a Recommendation are named -> how their designation ends.
PARTS: Final = (
    (r"\b(?:amendment|amendement|enmienda)|поправк|تعديل|修正", "Amd"),
    (r"\bcorrig[eé]ndum|исправлени|تصويب|勘误", "Cor"),
)


def any_of(*patterns: str) -> str:
    """One expression for several; those left empty are passed over."""
    return "(?:" + "|".join(pattern for pattern in patterns if pattern) + ")"
