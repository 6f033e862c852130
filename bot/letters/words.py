"""The words of the six languages that stand in tables and headings, as data.

Sentences are in the templates; here is what is the same in every letter, page and table: how
designations and places are written, and what an opinion is in words. English is that of TSB
Circular 106; the others are those of the official versions of ITU's basic texts and circulars.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from bot.consultation.opinion import Comments, Opinion, Status
from bot.letters.contexts import RowShown


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """One language's words.

    Attributes:
        sector: before a designation: "ITU-T".
        assigns, does_not_assign: the two opinions.
        no_comments, comments_attached: the two options of the first.
        option_unsaid: neither or both of the options.
        under_review: of a row that waits for a person.
        blank: of a row without any tick.
        absent: of a row that the form received does not have.
        replaces: after an opinion that stands instead of an earlier one.
        places: names of meeting places in English -> in this language.
    """

    sector: str
    assigns: str
    does_not_assign: str
    no_comments: str
    comments_attached: str
    option_unsaid: str
    under_review: str
    blank: str
    absent: str
    replaces: str
    places: Mapping[str, str] = field(default_factory=dict)

    def row(self, row: RowShown) -> str:
        """What one row of a returned form says, in words.

        A row that claims to be clear and has no opinion is shown as under review: never state what
        was not read.
        """
        if row.status is Status.BLANK:
            return self.blank
        if row.status is Status.AMBIGUOUS or row.opinion is None:
            return self.under_review
        said = self.opinion(row.opinion, row.comments, unsaid=row.comments_unsaid)
        return said + self.replaces if row.superseded else said

    def opinion(
        self, opinion: Opinion, comments: Comments | None = None, *, unsaid: bool = False
    ) -> str:
        """An opinion in words, with what it says of comments."""
        if opinion is Opinion.DOES_NOT_ASSIGN:
            return self.does_not_assign
        if unsaid or comments is None:
            return self.assigns + self.option_unsaid
        attached = comments is Comments.ATTACHED
        return self.assigns + (self.comments_attached if attached else self.no_comments)


_ARABIC = Labels(
    sector="ITU-T",
    assigns="تفوّض لجنة الدراسات للنظر في النص",
    does_not_assign="لا تفوّض لجنة الدراسات للنظر في النص",
    no_comments="؛ لا توجد تعليقات أو تغييرات مقترحة",
    comments_attached="؛ مرفق طيه تعليقات وتغييرات مقترحة",
    option_unsaid="؛ لم يُحدد أي من الخيارين المتعلقين بالتعليقات",
    under_review="قيد المراجعة لدى الأمانة",
    blank="لم يُؤشر على أي مربع",
    absent="غير وارد في النموذج المستلم",
    replaces=" (يحل محل رأي سابق)",
    places={"Geneva": "جنيف", "Geneva, Switzerland": "جنيف، سويسرا"},
)
_CHINESE = Labels(
    sector="ITU-T",
    assigns="授权研究组审议此案文",
    does_not_assign="不授权研究组审议此案文",
    no_comments="；无意见或修改建议",
    comments_attached="；随附意见和修改建议",
    option_unsaid="；未说明是否有意见",
    under_review="秘书处正在审核",
    blank="未勾选任何方框",
    absent="所收表格中无此案文",
    replaces="（取代此前的意见）",
    places={"Geneva": "日内瓦", "Geneva, Switzerland": "瑞士日内瓦"},
)
_ENGLISH = Labels(
    sector="ITU-T",
    assigns="assigns authority",
    does_not_assign="does not assign authority",
    no_comments="; no comments or suggested changes",
    comments_attached="; comments and suggested changes attached",
    option_unsaid="; option on comments not indicated",
    under_review="under review by the secretariat",
    blank="no box ticked",
    absent="not in the form received",
    replaces=" (replaces an earlier opinion)",
)
_FRENCH = Labels(
    sector="UIT-T",
    assigns="autorise l'examen du texte",
    does_not_assign="n'autorise pas l'examen du texte",
    no_comments="; pas de commentaire ni de proposition de modification",
    comments_attached="; commentaires et propositions de modification joints",
    option_unsaid="; option relative aux commentaires non précisée",
    under_review="en cours d'examen par le secrétariat",
    blank="aucune case cochée",
    absent="ne figure pas dans le formulaire reçu",
    replaces=" (remplace un avis antérieur)",
    places={"Geneva": "Genève", "Geneva, Switzerland": "Genève, Suisse"},
)
_RUSSIAN = Labels(
    sector="МСЭ-Т",
    assigns="предоставляет полномочия рассмотреть текст",
    does_not_assign="не предоставляет полномочия рассмотреть текст",
    no_comments="; замечаний или предлагаемых изменений нет",
    comments_attached="; замечания и предлагаемые изменения прилагаются",
    option_unsaid="; вариант относительно замечаний не указан",
    under_review="на рассмотрении в секретариате",
    blank="ни одна ячейка не отмечена",
    absent="отсутствует в полученной форме",
    replaces=" (заменяет представленное ранее мнение)",
    places={"Geneva": "Женева", "Geneva, Switzerland": "Женева, Швейцария"},
)
_SPANISH = Labels(
    sector="UIT-T",
    assigns="autoriza el examen del texto",
    does_not_assign="no autoriza el examen del texto",
    no_comments="; sin comentarios ni cambios propuestos",
    comments_attached="; se adjuntan comentarios y cambios propuestos",
    option_unsaid="; opción relativa a los comentarios no indicada",
    under_review="en examen por la Secretaría",
    blank="ninguna casilla marcada",
    absent="no figura en el formulario recibido",
    replaces=" (sustituye a una opinión anterior)",
    places={"Geneva": "Ginebra", "Geneva, Switzerland": "Ginebra, Suiza"},
)
#: ISO 639-1 code -> words.
LABELS: Final[Mapping[str, Labels]] = MappingProxyType(
    {
        "ar": _ARABIC,
        "zh": _CHINESE,
        "en": _ENGLISH,
        "fr": _FRENCH,
        "ru": _RUSSIAN,
        "es": _SPANISH,
    }
)
