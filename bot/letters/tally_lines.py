"""The tally as a table of words: one line a text, the same in the digest's text and HTML."""

from bot.consultation.tally import CircularTally, TextTally


def tally_lines(tally: CircularTally) -> tuple[tuple[str, ...], ...]:
    """Designation, support, with comments, blank, pending, outcome; in the circular's order."""
    return tuple(
        (
            text.text,
            support(text),
            str(text.with_comments),
            str(text.blank),
            str(text.pending),
            outcome(text),
        )
        for text in tally.texts
    )


def support(text: TextTally) -> str:
    """Support by replies: "33 of 40, 82.5 %"."""
    if text.share is None:
        return "no replies"
    return f"{text.assigns} of {text.replies}, {per_cent(text)}"


def per_cent(text: TextTally) -> str:
    """The share with one decimal, cut off, not rounded: 69.99 per cent never reads as 70.0 %."""
    if not text.replies:
        return "-"
    thousandths = text.assigns * 1000 // text.replies
    whole, tenth = divmod(thousandths, 10)
    return f"{whole} %" if tenth == 0 else f"{whole}.{tenth} %"


def outcome(text: TextTally) -> str:
    """Whether consideration may proceed, and whether that can still change."""
    stands = "met" if text.threshold_met else "not met"
    return stands if text.decided else f"{stands}, may change"
