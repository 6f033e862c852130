"""Reasons and comments that are written in a message or under the form's table."""

import re
from collections.abc import Collection

from bot.intake.own_words import own_words
from bot.intake.sentences import is_cover, sentences, weight
from parsers.designation import designations
from parsers.wording import fold, roles_in

#: Words that announce reasons or comments, folded, in the six languages.
_ANNOUNCED = re.compile(
    r"\b(?:reasons?|comments?|remarks?|justifications?|outline of (?:possible )?changes|motifs?"
    r"|raisons?|observations?|commentaires?|motivos?|razon(?:es)?|comentarios?|observacion(?:es)?"
    r"|причин\w*|основани\w*|обоснован\w*|замечани\w*|комментари\w*)\b"
    r"|اسباب|سبب|تعليق|ملاحظ|مبررات|理由|意见|评论|原因"
)
_BECAUSE = re.compile(
    r"\b(?:because|since|due to|as the|owing to|parce que?|car|en raison|du fait|porque|debido|ya que"
    r"|потому|поскольку|так как|ввиду|из-за)\b|لان|بسبب|نظرا|因为|由于|因"
)
#: Letters that a reason has at the least, after its announcement and without one.
_FEW, _SOME = 10, 25
#: A heading is no longer than that.
_HEADING = 80
#: Who names more texts than this lists them; what he says of each has to be announced.
_MOST_NAMED = 5


def texts_explained(words: str, texts: Collection[str]) -> tuple[str, ...] | None:
    """Which texts somebody wrote reasons or comments on; None where nothing of the kind is written.

    A sentence counts for the texts that it names if it says more than that something is attached or
    what is ticked; what follows it in its paragraph counts for them too. Reasons under a heading
    that names no text, or given for an opinion on all, explain all: an empty tuple.

    Args:
        words: of the message or under the form's table.
        texts: designations of the circular.
    """
    own = own_words(words)
    listed = sum(each.name in texts for each in designations(own)) > _MOST_NAMED
    explained: dict[str, None] = {}
    for_all = False
    for paragraph in re.split(r"\n\s*\n", own):
        subject: tuple[str, ...] = ()
        for sentence in sentences(paragraph):
            folded = fold(sentence)
            if is_cover(folded):
                continue
            named = tuple(each.name for each in designations(sentence) if each.name in texts)
            subject = named or subject
            announced = _ANNOUNCED.search(folded)
            because = _BECAUSE.search(folded)
            bare = roles_in(sentence) and not because and not announced
            said = _substance(folded)
            if bare or not said:
                continue
            if named:
                if announced or because or not listed:
                    explained |= dict.fromkeys(named)
            elif subject:
                explained |= dict.fromkeys(subject)
            else:
                for_all = for_all or bool(
                    (because and roles_in(sentence)) or (announced and _heads(folded, announced))
                )
    for_all = for_all or _under_heading(own, texts)
    return () if for_all else tuple(explained) or None


def _substance(folded: str) -> bool:
    """Whether a sentence says something: after its colon, or as a whole."""
    _, colon, after = folded.partition(":")
    return (bool(colon) and weight(after) >= _FEW) or weight(_ANNOUNCED.sub("", folded)) >= _SOME


def _heads(folded: str, announced: re.Match[str]) -> bool:
    """Whether the announcement is one: at the beginning of what a colon divides from the rest."""
    colon = folded.find(":")
    return announced.end() <= colon <= _HEADING and weight(folded[colon:]) >= _FEW


def _under_heading(own: str, texts: Collection[str]) -> bool:
    """Whether a line of its own announces reasons, and what follows it names no text."""
    lines = [each.strip() for each in own.split("\n") if each.strip()]
    for index, line in enumerate(lines):
        folded = fold(line)
        heading = len(line) <= _HEADING and _ANNOUNCED.search(folded) and not is_cover(folded)
        if not heading or any(each.name in texts for each in designations(line)):
            continue
        if not folded.endswith(":") and weight(_ANNOUNCED.sub("", folded)) > _FEW:
            continue
        rest = lines[index + 1 :]
        if any(each.name in texts for each in designations("\n".join(rest))):
            return False
        return sum(weight(fold(each)) for each in rest[:20]) >= _SOME
    return False
