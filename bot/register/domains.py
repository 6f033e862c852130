"""Domains of mail addresses: which can belong to an Administration, and which to anybody."""

import re
from collections.abc import Iterator
from typing import Final

# One label of a host name (RFC 1123, 2.1), in lower case; the whole is in ASCII (RFC 5890).
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])")
_LOCAL = re.compile(r"[^\s@<>(),;:\\\"\[\]\x00-\x20\x7f]{1,64}")

#: Where anybody opens a mailbox: being there says nothing about whom somebody writes for.
PUBLIC_PROVIDERS: Final = frozenset(
    """
    126.com 139.com 163.com aim.com aliyun.com aol.com bk.ru bluewin.ch btinternet.com citiz.net
    daum.net email.com fastmail.com foxmail.com free.fr gmail.com gmx.at gmx.ch gmx.com gmx.de
    gmx.net googlemail.com hanmail.net hey.com hotmail.co.uk hotmail.com hotmail.de hotmail.es
    hotmail.fr hotmail.it icloud.com inbox.ru laposte.net libero.it list.ru live.com live.fr
    mac.com mail.com mail.kz mail.ru mailbox.org me.com msn.com naver.com orange.fr outlook.com
    outlook.es outlook.fr pm.me posteo.de proton.me protonmail.com qq.com rambler.ru rediffmail.com
    rocketmail.com sina.com sohu.com t-online.de terra.com.br tutanota.com ukr.net uol.com.br
    wanadoo.fr web.de ya.ru yahoo.ca yahoo.co.id yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com
    yahoo.com.ar yahoo.com.br yahoo.com.mx yahoo.de yahoo.es yahoo.fr yahoo.it yandex.com
    yandex.kz yandex.ru yeah.net ymail.com zoho.com
    """.split()  # noqa: SIM905 - one a line would fill a page
)

#: What a country puts between its own label and those who register there, for the State itself.
GOVERNMENT_LABELS: Final = frozenset(
    "admin gc go gob gouv gov government govt gub gv mil".split()  # noqa: SIM905 - reads as words
)
_CATEGORIES: Final = GOVERNMENT_LABELS - {"admin"} | frozenset(
    "ac co com edu ltd ne net nom or org plc re sch".split()  # noqa: SIM905
)


def clean_domain(written: str) -> str | None:
    """A domain in lower case and ASCII; None for what is none. A leading "@" or "*." may stand."""
    text = written.strip().removeprefix("*").lstrip("@.").rstrip(".").lower()
    if not text.isascii():
        try:
            text = text.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    return text if len(text) <= 253 and _DOMAIN.fullmatch(text) else None


def clean_address(written: str) -> str | None:
    """An address in lower case, its domain in ASCII; None for what is none, or more than one."""
    local, _, domain = written.strip().removeprefix("mailto:").rpartition("@")
    cleaned = clean_domain(domain)
    if cleaned is None or domain[:1] in "@*." or not _LOCAL.fullmatch(local):
        return None
    return f"{local.lower()}@{cleaned}"


def domain_of(email: str) -> str:
    """What follows the last "@", in lower case; empty where there is none."""
    return email.rpartition("@")[2].strip(" .").lower() if "@" in email else ""


def parents(domain: str) -> Iterator[str]:
    """The domain itself, then each that it stands in, down to the last label."""
    labels = domain.split(".")
    for start in range(len(labels)):
        yield ".".join(labels[start:])


def is_public(domain: str) -> bool:
    """Whether anybody can have an address there: a mail provider, or a bare suffix ("gov.uk")."""
    labels = domain.split(".")
    bare = len(labels) == 1 or (
        len(labels) == 2 and len(labels[1]) == 2 and labels[0] in _CATEGORIES
    )
    return bare or domain in PUBLIC_PROVIDERS
