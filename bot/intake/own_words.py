"""What a sender wrote of his own: without what he quotes or forwards, and without his signature."""

from itertools import islice

from parsers.quotation import HEAD, OTHER_FIELD, SENDER, SEPARATOR, WROTE

#: Of one message; longer ones quote what the marks below do not show.
LONGEST = 50_000


def own_words(text: str) -> str:
    """A message's text without what it quotes and without its signature (RFC 3676, 4.3).

    Args:
        text: with LF line ends; what is beyond `LONGEST` is not looked at.
    """
    lines = text[:LONGEST].split("\n")
    kept: list[str] = []
    for index, line in enumerate(lines):
        if line.lstrip().startswith(">"):
            continue
        if line == "-- " or SEPARATOR.match(line):
            break
        if SENDER.match(line) and any(
            OTHER_FIELD.match(each.lstrip()) for each in lines[index + 1 : index + 1 + HEAD]
        ):
            break
        if WROTE.search(line[-200:]):
            following = next(filter(str.strip, islice(lines, index + 1, None)), "")
            if following.lstrip().startswith(">"):
                # The answer may stand below, or between the lines.
                continue
            break
        kept.append(line)
    return "\n".join(kept)
