"""IDLE: the server tells of changes as they happen (RFC 2177)."""

import selectors
import ssl
import threading
import time

from imapclient import IMAPClient

#: How long a request to stop may go unnoticed, in seconds.
_ATTENTION = 0.5


def idle(client: IMAPClient, seconds: float, stop: threading.Event) -> None:
    """Returns at the first sign of a change, after so many seconds, or when told to stop.

    The server's words are not looked at: whoever wants to know what changed asks. (imapclient's
    own way of reading them takes a line that is only half there for the end of the connection.)
    What it says in the same breath as its go-ahead is noticed only when the wait ends.
    """
    client.idle()
    connection = client.socket()
    deadline = time.monotonic() + seconds
    with selectors.DefaultSelector() as selector:
        selector.register(connection, selectors.EVENT_READ)
        while not stop.is_set() and (left := deadline - time.monotonic()) > 0:
            # What TLS has already taken off the wire, the system no longer shows.
            if isinstance(connection, ssl.SSLSocket) and connection.pending():
                break
            if selector.select(min(left, _ATTENTION)):
                break
    client.idle_done()
