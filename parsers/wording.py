"""The words beside the four boxes, in six languages, as data.

The official wording varies between circulars. A form is read by its structure; the words only
confirm it, tell another order of the boxes, and give the language away.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from parsers.reading import BoxRole

# In the order in which they are tried: a refusal contains the words of an assent.
_PHRASES: tuple[tuple[BoxRole, str, str], ...] = (
    (
        BoxRole.DOES_NOT_ASSIGN,
        "en",
        r"\b(?:does|do|did) not (?:assign|grant|give|delegate|authori[sz]e)|\b(?:doesn't|not) assign",
    ),
    (
        BoxRole.DOES_NOT_ASSIGN,
        "fr",
        r"\bn'(?:autorise|assigne|attribue|accorde)\w* pas|\bne (?:confere|donne|delegue|charge|habilite|reconnait)\w* pas",
    ),
    (
        BoxRole.DOES_NOT_ASSIGN,
        "es",
        r"\bno (?:asigna|autoriza|otorga|concede|confiere|delega|faculta|da)\b",
    ),
    (
        BoxRole.DOES_NOT_ASSIGN,
        "ru",
        r"\bне (?:предоставля|уполномоч|наделя|переда|дает|назнача|поруча|разреша)",
    ),
    (BoxRole.DOES_NOT_ASSIGN, "ar", r"\bلا (?:ت|ي|ن)(?:فوض|خول|منح|اذن|سند|عطي|عهد|كلف|سمح)"),
    (BoxRole.DOES_NOT_ASSIGN, "zh", r"(?:不|未|没有|不予|不同意)(?:授权|赋予|授予|指定|委托|批准)"),
    (
        BoxRole.ASSIGNS,
        "en",
        r"\b(?:assigns?|grants?|gives?|delegates?)\b.{0,45}?\bauthority|\bauthori[sz]es?\b",
    ),
    (
        BoxRole.ASSIGNS,
        "fr",
        r"\bautorise|\b(?:confere|donne|delegue|assigne|attribue|accorde)\b.{0,40}(?:pouvoir|autorite|mandat|competence)|\bhabilite\b",
    ),
    (BoxRole.ASSIGNS, "es", r"\b(?:asigna|autoriza|otorga|concede|confiere|delega|faculta)\b"),
    (BoxRole.ASSIGNS, "ru", r"\b(?:предоставляет|уполномоч|наделяет|передает|разрешает)"),
    (BoxRole.ASSIGNS, "ar", r"\b(?:ت|ي|ن)(?:فوض|خول|منح|اذن|سند|عطي|عهد|كلف)"),
    (BoxRole.ASSIGNS, "zh", r"授权|赋予|授予|委托"),
    (
        BoxRole.NO_COMMENTS,
        "en",
        r"\b(?:no|without|without any) (?:comments?|suggested|changes|remarks)",
    ),
    (
        BoxRole.NO_COMMENTS,
        "fr",
        r"\b(?:pas d[e'] ?|aucune? |sans |ni )(?:commentaire|observation|proposition|remarque|modification)",
    ),
    (
        BoxRole.NO_COMMENTS,
        "es",
        r"\b(?:sin|ningun|no hay|no se (?:formulan|tienen|adjuntan|proponen|presentan)|no tiene|ausencia de) ?(?:comentario|observacion|cambio|ninguna?|propuesta|sugerencia)?",
    ),
    (
        BoxRole.NO_COMMENTS,
        "ru",
        r"(?:замечани|комментари|предложени|изменени)\w*.{0,40}\b(?:нет|отсутству|не имеется)|\b(?:нет|без|отсутств\w*) .{0,20}(?:замечани|комментари|изменени)",
    ),
    (
        BoxRole.NO_COMMENTS,
        "ar",
        r"\b(?:لا توجد|لا يوجد|بدون|دون|ليس هناك|ليست هناك|لا|عدم وجود) (?:اي[هة]? )?(?:تعليق|ملاحظ|تغيير|مقترح)",
    ),
    (
        BoxRole.NO_COMMENTS,
        "zh",
        r"(?:无|没有|不提|未提)(?:任何)?(?:出|具体)?(?:意见|评论|修改|建议|其他)",
    ),
    (
        BoxRole.COMMENTS_ATTACHED,
        "en",
        r"\b(?:comments?|changes|remarks)\b.{0,60}\b(?:attached|enclosed|annexed)|\b(?:attached|enclosed)\b.{0,40}\b(?:comments?|changes)",
    ),
    (
        BoxRole.COMMENTS_ATTACHED,
        "fr",
        r"(?:commentaire|observation|proposition|modification)\w*.{0,80}(?:joint|annex|ci-apres)|(?:joint|annex)\w*.{0,40}(?:commentaire|observation)",
    ),
    (
        BoxRole.COMMENTS_ATTACHED,
        "es",
        r"(?:adjunt|anex)\w*.{0,60}(?:comentario|observacion|cambio|propuesta)|(?:comentario|observacion|cambio|propuesta)\w*.{0,80}(?:adjunt|anex)",
    ),
    (
        BoxRole.COMMENTS_ATTACHED,
        "ru",
        r"(?:замечани|комментари|предложени|изменени)\w*.{0,60}(?:прилага|приложен|приведен)|прилага\w*.{0,40}(?:замечани|комментари)",
    ),
    (
        BoxRole.COMMENTS_ATTACHED,
        "ar",
        r"(?:مرفق|ارفق|ترفق|رفق).{0,60}(?:تعليق|ملاحظ|تغيير|مقترح)|(?:تعليق|ملاحظ|تغيير|مقترح).{0,60}(?:مرفق|رفق|ارفق)",
    ),
    (
        BoxRole.COMMENTS_ATTACHED,
        "zh",
        r"(?:意见|评论|修改|建议).{0,20}(?:附|随函)|(?:附|随函).{0,10}(?:意见|评论|修改|建议)",
    ),
)
_COMPILED = tuple((role, language, re.compile(phrase)) for role, language, phrase in _PHRASES)

# Words that running text of a language cannot do without, for forms whose labels are not known.
_COMMON = {
    "en": ("the", "of", "and", "to", "for"),
    "fr": ("le", "les", "des", "du", "et", "pour"),
    "es": ("el", "los", "de", "la", "para", "del"),
}


#: A form says the same in each of its rows: what was worked out once is kept.
_KEPT_LABELS = 256
#: Longer texts are no labels, and not kept.
_LONGEST_LABEL = 1000


def fold(text: str) -> str:
    """Lower case without accents, Arabic vowel signs and letter variants; one space between words."""
    return _fold_label(text) if len(text) < _LONGEST_LABEL else _fold(text)


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    # The short i of Cyrillic is a letter of its own, but nobody tells it from i by mistake.
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.replace("ـ", "").split())


_fold_label = lru_cache(maxsize=_KEPT_LABELS)(_fold)


# The phrases above are written as people write them and folded as the labels are.
def role_of(label: str) -> tuple[BoxRole | None, str | None]:
    """Which of the four boxes a label speaks of, and in which language; (None, None) if none."""
    folded = fold(label)
    return _role_of_label(folded) if len(folded) < _LONGEST_LABEL else _role_of(folded)


def _role_of(folded: str) -> tuple[BoxRole | None, str | None]:
    for role, language, phrase in _COMPILED:
        if phrase.search(folded):
            return role, language
    return None, None


_role_of_label = lru_cache(maxsize=_KEPT_LABELS)(_role_of)


def roles_in(text: str) -> frozenset[BoxRole]:
    """All roles whose words occur in a text: more than one where several labels run together."""
    folded = fold(text)
    found = set()
    for role, _, phrase in _COMPILED:
        if phrase.search(folded):
            found.add(role)
            folded = phrase.sub(" ", folded)
    return frozenset(found)


def language_of(labels: Iterable[str], text: str) -> str | None:
    """The form's language: by its labels, else by the script and common words of its text."""
    spoken = Counter(language for label in labels if (language := role_of(label)[1]) is not None)
    if spoken:
        return spoken.most_common(1)[0][0]
    scripts = Counter(_script(char) for char in text if char.isalpha())
    if not scripts:
        return None
    script, _ = scripts.most_common(1)[0]
    if script != "latin":
        return {"cyrillic": "ru", "arabic": "ar", "han": "zh"}.get(script)
    words = Counter(re.findall(r"[a-zà-ÿ]+", text.casefold()))
    score = {name: sum(words[word] for word in common) for name, common in _COMMON.items()}
    best = max(score, key=lambda name: score[name])
    return best if score[best] >= 3 else None


def _script(char: str) -> str:
    name = unicodedata.name(char, "")
    for script, start in (("cyrillic", "CYRILLIC"), ("arabic", "ARABIC"), ("han", "CJK")):
        if name.startswith(start):
            return script
    return "latin"
