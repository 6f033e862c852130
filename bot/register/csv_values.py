"""What stands in the cells of the register's CSV, as people of six languages write it."""

import unicodedata
from typing import Final

from bot.register.states import REGIONS

_YES: Final = frozenset("1 true t x yes y oui o si s да д نعم 是 ja j wahr vrai ✓ on".split())  # noqa: SIM905
_NO: Final = frozenset("0 false f no n non нет н لا 否 nein faux falso off -".split()) | {""}  # noqa: SIM905

_LANGUAGES: Final = {
    "en": "en eng english anglais ingles английский الإنكليزية الإنجليزية 英文 英语",
    "fr": "fr fra fre french francais frances французский الفرنسية 法文 法语",
    "es": "es spa sp spanish espagnol espanol castellano испанский الإسبانية 西班牙文 西班牙语",
    "ru": "ru rus russian russe ruso русский الروسية 俄文 俄语",
    "ar": "ar ara arabic arabe арабский العربية عربي 阿拉伯文 阿拉伯语",
    "zh": "zh zho chi cn chinese chinois chino китайский الصينية 中文 汉语",
}

# What a line without a code may be: those to whom a circular is copied.
_ENTITIES: Final = (
    "sector member",
    "associate",
    "academia",
    "academic",
    "universit",
    "chair",
    "director",
    "observer",
    "organi",
    "membre de secteur",
    "membre du secteur",
    "associe",
    "miembro de sector",
    "miembro del sector",
    "asociado",
    "член сектора",
    "ассоцииров",
    "академи",
    "наблюдател",
    "عضو القطاع",
    "اعضاء القطاع",
    "منتسب",
    "اكاديمي",
    "部门成员",
    "准成员",
    "学术",
)


def folded(text: str) -> str:
    """Without case, accents, and spaces in excess."""
    plain = unicodedata.normalize("NFKD", text)
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(kept.casefold().split())


_LANGUAGE_OF: Final = {
    folded(word): code for code, words in _LANGUAGES.items() for word in words.split()
}
_REGION_OF: Final = {
    **{folded(region): region for region in REGIONS},
    "asia-pacific": "Asia and the Pacific",
    "asia and pacific": "Asia and the Pacific",
    "asia & pacific": "Asia and the Pacific",
    "arab": "Arab States",
    "commonwealth of independent states": "CIS",
}


def yes_or_no(text: str) -> bool | None:
    """What a cell says of a yes-or-no question (empty: no); None where it cannot be told."""
    word = folded(text)
    if word in _YES:
        return True
    return False if word in _NO else None


def language_code(text: str) -> str | None:
    """ISO 639-1 code of one of the six languages, from its code or name; None for no such."""
    return _LANGUAGE_OF.get(folded(text))


def region_name(text: str) -> str | None:
    """The region of that name; None for no such."""
    return _REGION_OF.get(folded(text))


def says_entity(role: str) -> bool:
    """Whether a role is one of those that are asked for information only."""
    word = folded(role)
    return any(entity in word for entity in _ENTITIES)
