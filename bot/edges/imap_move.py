"""Moving one message, and no other, to another folder (RFC 6851, or RFC 4315)."""

from imapclient import DELETED, IMAPClient


def can_move(client: IMAPClient) -> bool:
    """Whether the server can remove one message alone.

    Without these extensions EXPUNGE removes every message that is marked as deleted, also those
    that people marked and may still want.
    """
    return any(client.has_capability(extension) for extension in ("MOVE", "UIDPLUS"))


def move(client: IMAPClient, uid: int, folder: str) -> None:
    """Moves a message of the folder that is open for writing; one that is gone is left at that.

    Args:
        client: of a server that can move.
        uid: of the message.
        folder: made where it is missing.
    """
    if not client.folder_exists(folder):
        client.create_folder(folder)
    if client.has_capability("MOVE"):
        client.move([uid], folder)
        return
    # Stopped in between, the message is in both folders: nothing is lost.
    client.copy([uid], folder)
    client.add_flags([uid], [DELETED], silent=True)
    client.uid_expunge([uid])
