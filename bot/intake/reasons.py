"""Why a message, a reply or a row waits for a person: stable codes beside those of the readers.

What the readers doubt is in `parsers.reading.Doubt`, what the register doubts in
`bot.register`; `bot.letters` has the words for all of them.
"""

from enum import StrEnum


class Reason(StrEnum):
    """What only the message as a whole, or the state of the consultation, can tell."""

    #: Boxes are ticked that exclude each other (the table of opinions).
    CONTRADICTION = "contradiction"
    #: It seems to concern a circular, but holds no form.
    NO_FORM = "no-form"
    #: The form of a circular that is not among those configured.
    OTHER_CIRCULAR = "other-circular"
    #: The form names more than one circular.
    SEVERAL_CIRCULARS = "several-circulars"
    #: The form's number and the draft texts of its rows belong to different circulars.
    NUMBER_AND_TEXTS_DIFFER = "number-and-texts-differ"
    #: A row of the form names a text that the circular does not have.
    UNKNOWN_TEXT = "unknown-text"
    #: A row's former name is that of another text.
    FORMER_NAME_DIFFERS = "former-name-differs"
    #: Two forms in one message say different things of one text.
    FORMS_DIFFER = "forms-differ"
    #: Beside the form that was read stands a file that may be another one and was not read.
    UNREAD_FILE = "unread-file"
    #: What the message says in words is not what its form says.
    WORDS_DIFFER = "words-differ"
    #: The subject names another circular than the form.
    SUBJECT_DIFFERS = "subject-differs"
    #: The form is as it was issued, and something beside it may be the answer.
    NOTHING_TICKED = "blank"
    #: The form is in a message of somebody else that was forwarded.
    FORWARDED_FORM = "forwarded-form"
    #: It cannot be said which circular it answers.
    CIRCULAR_NOT_KNOWN = "circular-not-known"
    #: The receiving server does not vouch for the sender.
    NOT_AUTHENTICATED = "not-authenticated"
    #: More than one address says that it is from it (RFC 5322, 3.6.2).
    SEVERAL_SENDERS = "several-senders"
    #: It would change an opinion that another sender gave.
    OTHER_SENDER = "other-sender"
    #: It says of itself that it is automatic, and yet holds a form.
    AUTOMATIC_WITH_FORM = "automatic-with-form"
    #: The message or a part of it was too large, too deep or broken, so that something was left out.
    PARTS_LEFT_OUT = "parts-left-out"
    #: Nobody knows which Member State it is from.
    STATE_NOT_KNOWN = "state-not-known"
    #: It came after the deadline.
    LATE = "late"
    #: The message is larger than what is fetched.
    MESSAGE_TOO_LARGE = "message-too-large"
    #: More letters went to this address in a day than are allowed.
    TOO_MANY_ANSWERS = "too-many-answers"
    #: More answers went out in a day, to all senders together, than are allowed.
    TOO_MANY_IN_ALL = "too-many-in-all"
    #: No letter can be addressed to its sender.
    CANNOT_BE_ANSWERED = "cannot-be-answered"
    #: It was read off a scan, a fax or a photograph, and a person confirms what was read.
    READ_FROM_PICTURE = "read-from-picture"
    #: Working on it failed again and again.
    QUARANTINED = "quarantined"
