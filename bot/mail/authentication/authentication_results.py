"""The Authentication-Results field taken apart (RFC 8601, 2.2)."""

from dataclasses import dataclass

#: A longer field is cut: a server's own comes nowhere near it.
_LONGEST = 16 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One method's result.

    Attributes:
        method: "dmarc", "dkim", "spf", ...; lower case, without its version.
        value: "pass", "fail", "none", ...; lower case.
        properties: "header.d" -> its value; names in lower case.
    """

    method: str
    value: str
    properties: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthenticationResults:
    """One field.

    Attributes:
        authserv_id: of the server that wrote it; empty where it names none.
        results: in order.
    """

    authserv_id: str
    results: tuple[Result, ...]


def parse_results(value: str) -> AuthenticationResults:
    """Takes a field's value apart; comments are dropped, and quoted strings stay one word.

    Args:
        value: unfolded; its encoded-words not decoded, since they are none here (RFC 2047, 5).
    """
    first, *rest = _sections(value[:_LONGEST])
    # A first section with a "=" is a result: that server does not name itself. After the name may
    # stand the version of the format, and nothing else.
    name, *version = [word or "" for word in first] if first and None not in first else [""]
    authserv_id = name if not version or (len(version) == 1 and version[0].isdigit()) else ""
    return AuthenticationResults(
        authserv_id=authserv_id,
        results=tuple(filter(None, map(_result, rest))),
    )


def _result(section: list[str | None]) -> Result | None:
    """A section's first pair is the method; the pairs after it are its properties."""
    pairs: list[tuple[str, str]] = []
    at = 0
    while at + 2 < len(section):
        name, equals, value = section[at : at + 3]
        if name is not None and equals is None and value is not None:
            pairs.append((name.lower(), value))
            at += 3
        elif not pairs:
            # What does not begin with "method = result" is none.
            return None
        else:
            at += 1
    if not pairs:
        return None
    (method, value), *properties = pairs
    named: dict[str, str] = {}
    for name, each in properties:
        named.setdefault(name, each)
    return Result(method=method.partition("/")[0].strip(), value=value.lower(), properties=named)


def _sections(value: str) -> list[list[str | None]]:
    """The words between semicolons; None stands for a "=" that is outside of quotation marks."""
    sections: list[list[str | None]] = [[]]
    word: list[str] | None = None
    at = 0

    def settle() -> None:
        nonlocal word
        if word is not None:
            sections[-1].append("".join(word))
        word = None

    while at < len(value):
        char = value[at]
        if char == '"':
            text, at = _quoted(value, at + 1)
            word = [*(word or []), text]
            continue
        if char == "(":
            settle()
            at = _after_comment(value, at)
            continue
        if char in ";= \t":
            settle()
            if char == ";":
                sections.append([])
            elif char == "=":
                sections[-1].append(None)
            at += 1
            continue
        start = at
        while at < len(value) and value[at] not in ';= \t("':
            at += 1
        word = [*(word or []), value[start:at]]
    settle()
    return sections


def _quoted(value: str, at: int) -> tuple[str, int]:
    out: list[str] = []
    while at < len(value) and value[at] != '"':
        if value[at] == "\\" and at + 1 < len(value):
            at += 1
        out.append(value[at])
        at += 1
    return "".join(out), at + 1


def _after_comment(value: str, at: int) -> int:
    depth = 0
    while at < len(value):
        if value[at] == "\\":
            at += 2
            continue
        depth += (value[at] == "(") - (value[at] == ")")
        at += 1
        if depth == 0:
            break
    return at
