"""What the demonstration's mail server received, for whoever wants to read it in the product."""

from __future__ import annotations

import email
from collections.abc import Collection
from email import policy
from pathlib import Path

from partnership.obligations.messages import OWN_HEADER

# Of a long demonstration only the newest are looked through.
LOOKED_THROUGH = 300


def received_by_the_sink(folder: Path, uuids: Collection[str]) -> dict[str, str]:
    """The plain text of each of these deliveries that arrived, with its subject, by uuid; one copy of each."""
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.eml"), reverse=True)[:LOOKED_THROUGH]:
        if len(found) == len(uuids):
            break
        message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
        uuid = str(message[OWN_HEADER])
        body = message.get_body(("plain",))
        if uuid in uuids and body is not None:
            found[uuid] = f"Subject: {message['Subject']}\n\n{body.get_content()}"
    return found
