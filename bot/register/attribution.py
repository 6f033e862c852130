"""Whose a reply is: the answer, what it rests on, and why a person should look."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.register.member_state import Iso3


class Standing(StrEnum):
    """Whether the sender's opinion is asked for."""

    MEMBER_STATE = "member-state"
    #: The State of Palestine (Res. 99): recorded and shown on its own line.
    OBSERVER = "observer"
    #: A Sector Member, an Associate, Academia: asked for information only.
    NOT_ASKED = "not-asked"
    UNKNOWN = "unknown"


class GroundKind(StrEnum):
    """A kind of evidence for a Member State; only the first two can make it certain."""

    REGISTERED_ADDRESS = "registered-address"
    REGISTERED_DOMAIN = "registered-domain"
    NAMED_IN_FORM = "named-in-form"
    MENTIONED_IN_FORM = "mentioned-in-form"
    NAMED_IN_MESSAGE = "named-in-message"
    CONTACT_DOMAIN = "contact-domain"
    COUNTRY_DOMAIN = "country-domain"


class AttributionDoubt(StrEnum):
    """Why a person should look; stable codes."""

    SENDER_NOT_REGISTERED = "sender-not-registered"
    NO_SENDER = "no-sender"
    SEVERAL_STATES_REGISTERED = "several-states-registered"
    REGISTER_CONTRADICTS = "register-contradicts"
    ADMINISTRATION_DIFFERS = "administration-differs"
    SEVERAL_ADMINISTRATIONS = "several-administrations"
    MESSAGE_NAMES_ANOTHER = "message-names-another"
    ENTITY_NAMES_ADMINISTRATION = "entity-names-administration"
    LOOK_ALIKE_DOMAIN = "look-alike-domain"
    DISPLAY_NAME_ADDRESS = "display-name-address"
    REPLY_TO_ELSEWHERE = "reply-to-elsewhere"


GROUND_WORDS: Final[Mapping[GroundKind, str]] = {
    GroundKind.REGISTERED_ADDRESS: "the sender's address is in the register",
    GroundKind.REGISTERED_DOMAIN: "the sender's domain is in the register",
    GroundKind.NAMED_IN_FORM: "the form's letter names this Administration as its sender",
    GroundKind.MENTIONED_IN_FORM: "the form's letter mentions it",
    GroundKind.NAMED_IN_MESSAGE: "the text of the message names this Administration",
    GroundKind.CONTACT_DOMAIN: "a registered address is at the same domain",
    GroundKind.COUNTRY_DOMAIN: "the sender's domain ends with the country's code",
}

DOUBT_WORDS: Final[Mapping[AttributionDoubt, str]] = {
    AttributionDoubt.SENDER_NOT_REGISTERED: "neither the sender's address nor its domain is in"
    " the register",
    AttributionDoubt.NO_SENDER: "the message has no sender's address that can be read",
    AttributionDoubt.SEVERAL_STATES_REGISTERED: "the sender's address or domain is registered for"
    " more than one Member State",
    AttributionDoubt.REGISTER_CONTRADICTS: "the register has the sender's address and its domain"
    " for different ones",
    AttributionDoubt.ADMINISTRATION_DIFFERS: "the form names another Administration than the"
    " sender's",
    AttributionDoubt.SEVERAL_ADMINISTRATIONS: "the form names more than one Administration",
    AttributionDoubt.MESSAGE_NAMES_ANOTHER: "the text of the message names another Administration"
    " than the sender's",
    AttributionDoubt.ENTITY_NAMES_ADMINISTRATION: "the sender is asked for information only, but"
    " the form names an Administration",
    AttributionDoubt.LOOK_ALIKE_DOMAIN: "the sender's domain is not in the register, but looks"
    " like one that is",
    AttributionDoubt.DISPLAY_NAME_ADDRESS: "the sender's name shows another address than the one"
    " it was sent from",
    AttributionDoubt.REPLY_TO_ELSEWHERE: "answers would go to another address, which is not"
    " registered",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One piece of evidence.

    Attributes:
        kind: of what sort.
        state: for whom; None for an entity that is asked for information only.
        detail: what was seen: the address, the domain, the line of the letter.
    """

    kind: GroundKind
    state: Iso3 | None
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Whose a reply is.

    Attributes:
        state: the Member State, or the likeliest one where `certain` is False; None where
            nothing says, or the evidence is for several, and for an entity that is not asked.
        standing: whether its opinion is asked for.
        certain: registered evidence, and no doubt: counts without a person.
        grounds: the evidence, the strongest first.
        doubts: why a person should look; never empty where `certain` is False.
        resembles: for a look-alike domain the registered one that it resembles; else None.
    """

    state: Iso3 | None
    standing: Standing
    certain: bool
    grounds: tuple[Ground, ...] = ()
    doubts: tuple[AttributionDoubt, ...] = ()
    resembles: str | None = None
