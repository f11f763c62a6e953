"""Which mailbox the environment names, if any, and what is wrong with how it does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from partnership.environment import Environment, is_loopback

VARIABLES = ("IMAP_HOST", "IMAP_USER", "IMAP_PASSWORD")
LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Account:
    """What `settings.MAILBOX` holds. `address` is the one whose mail arrives there, where invitations are to name it.

    Without TLS (`is_plain`) only this machine is spoken to, and never in production.
    """

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str
    address: str
    is_plain: bool

    @property
    def name(self) -> str:
        """The folder as it is told apart from others: `replies@imap.example.org/INBOX`."""
        return f"{self.user}@{self.host}/{self.folder}"[:LONGEST_NAME]


def account_from(environment: Environment, *, is_production: bool) -> Account | None:
    """The mailbox of this installation; None where it has none, or not all of one."""
    host, user, password = (environment.text(name) for name in VARIABLES)
    port = environment.number("IMAP_PORT", 993, at_least=1, at_most=65535)
    if not (host and user and password):
        return None
    return Account(
        host=host,
        port=port,
        user=user,
        password=password,
        folder=environment.text("IMAP_FOLDER", "INBOX"),
        address=environment.text("IMAP_ADDRESS"),
        is_plain=not is_production and is_loopback(host),
    )


def problems_of(environment: Environment) -> Iterable[tuple[str, str]]:
    """What is wrong with the variables that name a mailbox, each with its remedy. None of them given is right, too."""
    given = {name: environment.text(name) for name in VARIABLES}
    for name, value in given.items():
        if any(given.values()) and not value:
            yield f"{name} is missing.", "The mailbox needs it, too; or unset all of " + ", ".join(VARIABLES) + "."
    address = environment.text("IMAP_ADDRESS")
    if address and ("@" not in address or any(mark in address for mark in ' <>,;"\\')):
        yield f"IMAP_ADDRESS is {address}.", "Give one bare e-mail address."
    if any(mark in environment.text("IMAP_FOLDER") for mark in '"\\\r\n'):
        yield "IMAP_FOLDER has a mark that no folder's name may have.", "Give the name without quotation marks."
