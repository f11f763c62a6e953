"""Names of people as they are kept and put into headers: one line, of characters that are drawn."""

from __future__ import annotations

from email.utils import formataddr


def plain_name(typed: str) -> str:
    """The name on one line, without what steers a terminal, a text's direction or a header; perhaps empty.

    A form's field takes line ends that no browser sends: a name with one would keep every message from its person.
    """
    return " ".join("".join(each if each.isprintable() else " " for each in typed).split())


def addressed_to(name: str, address: str) -> str:
    """Name and address for the header of a message."""
    return formataddr((plain_name(name), address))
