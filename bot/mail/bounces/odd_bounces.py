"""Bounces in the words of old and odd mail systems, as flufl.bounce knows them.

Its detectors take the standard library's messages; they are given a small one of this message's
own words, so that what they cost is bounded.
"""

import logging
from email.message import Message as PlainMessage

from flufl.bounce import all_failures

from bot.mail.addresses import normal_email
from bot.mail.message import Message

# It would log what its detectors stumble over, which is what a message says.
logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL + 1)

#: Its patterns are tried on each line again and again.
_LONGEST_LINE = 1_000
_MOST_LINES = 500
_FIELDS = ("Subject", "X-Failed-Recipients", "X-Mailer")


def odd_failures(message: Message) -> tuple[tuple[str, bool], ...]:
    """The recipients that a bounce names, and whether each failed for good; empty for none.

    Args:
        message: that a mail system wrote, as opened.
    """
    plain = PlainMessage()
    # As taken apart here: the standard library's parser goes as deep as comments nest.
    plain["From"] = message.from_[0].email if message.from_ else "nobody@invalid"
    for name in _FIELDS:
        for value in message.field(name)[:1]:
            plain[name] = value[:_LONGEST_LINE]
    lines = message.text.splitlines()[:_MOST_LINES]
    plain["Content-Type"] = "text/plain; charset=utf-8"
    plain.set_payload("\n".join(line[:_LONGEST_LINE] for line in lines))
    try:
        for_now, for_good = all_failures(plain)
    except (ValueError, LookupError, TypeError, AttributeError):
        # Its detectors raise at what their mail systems never wrote.
        return ()
    found = [(each, True) for each in sorted(for_good)]
    found += [(each, False) for each in sorted(for_now - for_good)]
    named = ((normal_email(raw.decode("ascii", "replace")), good) for raw, good in found)
    return tuple((email, good) for email, good in named if email)
