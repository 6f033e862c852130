"""What came beside the form: files and written words, and which texts they speak of."""

import re
from collections.abc import Collection, Sequence

from bot.intake.effects import KeptFile
from bot.intake.part_reading import PartReading
from parsers.designation import designations
from parsers.wording import fold

#: A document that names more texts than this speaks of the consultation, not of some texts.
_MOST_NAMED = 5
#: From here on a message quotes the one that it answers.
_QUOTATION = re.compile(
    r"^\s*(?:>|-{2,}\s*(?:original|forwarded|message d'origine|mensaje original|исходное)"
    r"|_{10,}\s*$|(?:from|de|von|от|发件人|من)\s*:.+@)",
    re.IGNORECASE,
)
#: Words that announce reasons or comments, folded, in the six languages.
_ANNOUNCED = re.compile(
    r"\b(?:reasons?|comments?|motifs?|raisons?|observations?|commentaires?|motivos?|razones"
    r"|comentarios?|observaciones|причин\w*|обоснован\w*|замечани\w*|комментари\w*)\b"
    r"|اسباب|الاسباب|تعليق|ملاحظ|理由|意见|评论"
)
#: Fewer letters than these after the announcement only announce.
_SUBSTANCE = 25


def kept_files(files: Sequence[PartReading], texts: Collection[str]) -> tuple[KeptFile, ...]:
    """The attachments beside the form, tied to the texts that they name.

    Args:
        files: parts that are no form.
        texts: designations of the circular.
    """
    return tuple(
        KeptFile(
            path=each.path,
            filename=each.filename,
            sha256=each.sha256,
            size=each.size,
            format=each.reading.format.value,
            texts=_texts_of(each, texts),
        )
        for each in files
    )


def texts_explained(words: str, texts: Collection[str]) -> tuple[str, ...] | None:
    """Which texts somebody wrote reasons or comments on; None where nothing of the kind is written.

    A text that is named outside of quotations counts as explained; words that announce reasons and
    are followed by some substance without naming a text explain all, which is an empty tuple.

    Args:
        words: of the message or under the form's table.
        texts: designations of the circular.
    """
    own = own_words(words)
    named = tuple(each.name for each in designations(own) if each.name in texts)
    if named:
        return named
    folded = fold(own)
    announced = _ANNOUNCED.search(folded)
    if announced and len(re.sub(r"\W", "", folded[announced.end() :])) >= _SUBSTANCE:
        return ()
    return None


def own_words(text: str) -> str:
    """A message's text without what it quotes."""
    kept: list[str] = []
    for line in text.splitlines():
        if _QUOTATION.match(line):
            if line.lstrip().startswith(">"):
                continue
            break
        kept.append(line)
    return "\n".join(kept)


def _texts_of(file: PartReading, texts: Collection[str]) -> tuple[str, ...]:
    for words in (file.filename or "", file.reading.letter):
        named = tuple(each.name for each in designations(words) if each.name in texts)
        if named and len(named) <= _MOST_NAMED:
            return named
    return ()
