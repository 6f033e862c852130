"""Whether two domains are of one organisation (RFC 7489, 3.1)."""

#: Labels below which others register names: no organisation's domain begins with one of them.
_SHARED = frozenset(
    [
        "ac",
        "ad",
        "co",
        "com",
        "ed",
        "edu",
        "gc",
        "go",
        "gob",
        "gou",
        "gouv",
        "gov",
        "govt",
        "gub",
        "gv",
        "info",
        "int",
        "lg",
        "mil",
        "ne",
        "net",
        "nic",
        "nom",
        "or",
        "org",
        "parliament",
    ]
)


def aligned(one: str, other: str) -> bool:
    """Whether two domains are of one organisation (RFC 7489, 3.1, relaxed), judged carefully.

    Equal, or one below the other; never by a suffix that others register under, such as "gov.xx"
    (no list of such suffixes is complete, so siblings below a common parent do not count).
    """
    one, other = one.lower().rstrip("."), other.lower().rstrip(".")
    if not one or not other:
        return False
    if one == other:
        return True
    parent, child = sorted((one, other), key=len)
    labels = parent.split(".")
    return child.endswith(f".{parent}") and len(labels) >= 2 and labels[0] not in _SHARED
