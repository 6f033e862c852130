"""Public keys in the DNS: found, not there, or not to be had now."""

import socket
import threading
from collections.abc import Iterator

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest

from bot.edges.key_records import KeyRecords
from bot.mail.authentication.signatures import KeyUnavailableError

RECORDS = {
    "s1._domainkey.admin.example.": ['"v=DKIM1; p=AA" "BB"'],
    "twice._domainkey.admin.example.": ['"v=DKIM1; p=AA"', '"v=DKIM1; p=BB"'],
    "bare._domainkey.admin.example.": [],
}


class _NameServer:
    """Answers on a port of this machine, until it is closed."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    @property
    def resolver(self) -> dns.resolver.Resolver:
        """One that asks it and nobody else."""
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers = ["127.0.0.1"]
        resolver.port = self._socket.getsockname()[1]
        resolver.cache = dns.resolver.LRUCache(10)
        return resolver

    def close(self) -> None:
        """Ends."""
        end = ("127.0.0.1", self._socket.getsockname()[1])
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as caller:
            caller.sendto(b"", end)
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        while True:
            data, caller = self._socket.recvfrom(4096)
            if not data:
                return
            query = dns.message.from_wire(data)
            name = query.question[0].name.to_text()
            self.asked.append(name)
            if name.startswith("silent"):
                continue
            answer = dns.message.make_response(query)
            answer.flags |= dns.flags.RA
            if name.startswith("failing"):
                answer.set_rcode(dns.rcode.SERVFAIL)
            elif name not in RECORDS:
                answer.set_rcode(dns.rcode.NXDOMAIN)
            elif RECORDS[name]:
                answer.answer.append(dns.rrset.from_text(name, 300, "IN", "TXT", *RECORDS[name]))
            self._socket.sendto(answer.to_wire(), caller)


@pytest.fixture
def server() -> Iterator[_NameServer]:
    server = _NameServer()
    yield server
    server.close()


def test_a_record_is_found_whole_and_asked_for_once(server: _NameServer) -> None:
    records = KeyRecords(2, server.resolver)
    assert records("s1._domainkey.admin.example") == b"v=DKIM1; p=AABB"
    assert records("s1._domainkey.admin.example") == b"v=DKIM1; p=AABB"
    assert len(server.asked) == 1


@pytest.mark.parametrize("selector", ["none", "bare", "twice"])
def test_no_record_or_more_than_one_is_none(server: _NameServer, selector: str) -> None:
    assert KeyRecords(2, server.resolver)(f"{selector}._domainkey.admin.example") is None


@pytest.mark.parametrize("selector", ["silent", "failing"])
def test_a_server_that_does_not_answer_is_told(server: _NameServer, selector: str) -> None:
    with pytest.raises(KeyUnavailableError, match=selector):
        KeyRecords(0.5, server.resolver)(f"{selector}._domainkey.admin.example")
