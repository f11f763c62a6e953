"""E-mail addresses in the one form in which they are kept and looked for.

Letters without their case, ASCII alone, a domain of other letters as it stands in the domain name system (`xn--…`). So
one mailbox is one account in every database: SQLite and PostgreSQL differ in what they hold to be lower case, and
Python's own lower case makes `K` (U+212A, the Kelvin sign) the letter `k` of somebody else's address.
"""

from __future__ import annotations

import idna

LONGEST = 254
# Of the authors of jobs, and of whom nothing is held any more: no mail can ever go there (RFC 2606).
NOBODYS = ".invalid"


class NotAnAddress(ValueError):
    """This is no e-mail address that mail could be sent to here."""


def canonical(address: str) -> str:
    """The address as it is kept. Raises NotAnAddress, also for letters outside ASCII before the @ (no RFC 6531 here).

    Whether its characters are those of an address is asked by the form fields.
    """
    local, _, domain = address.strip().rpartition("@")
    if not local.isascii() or not local or not domain:
        raise NotAnAddress("Enter an e-mail address of plain letters before the @.")
    try:
        plain = domain if domain.isascii() else idna.encode(domain, uts46=True).decode("ascii")
    except UnicodeError as refused:
        raise NotAnAddress("What stands after the @ is no domain.") from refused
    found = f"{local}@{plain}".lower()
    if len(found) > LONGEST:
        raise NotAnAddress(f"Use at most {LONGEST} characters.")
    return found


def receiving(address: str) -> str:
    """The same of an address to which mail is to go. Raises NotAnAddress."""
    found = canonical(address)
    if found.endswith(NOBODYS):
        raise NotAnAddress("No mail comes to that domain.")
    return found


def looked_for(address: str) -> str:
    """The address as a search asks for it: what cannot be kept is nobody's, and is asked for all the same."""
    try:
        return canonical(address)
    except NotAnAddress:
        return address.strip()
