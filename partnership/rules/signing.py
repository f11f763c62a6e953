"""Who of those that attend has signed the confidentiality agreement, and what is said of it.

A signature is a person's: whoever attends for two seats signs once. Whoever is not asked by the terms may sign, and is
never missing. Source: Portsmouth, clause x.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from partnership.rules.clauses import Clause, cited
from partnership.rules.plain_dates import counted

AGREEMENT = "the confidentiality agreement"
MEMBERS = ("member or deputy", "members and deputies")


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who attends. `key` is the same in every seat of theirs; `is_asked` where the terms ask them to sign."""

    key: str
    name: str
    is_asked: bool
    has_signed: bool


def asked_once(people: Iterable[Signer]) -> tuple[Signer, ...]:
    """Everybody whom the terms ask, each once, in the order given."""
    return tuple({one.key: one for one in people if one.is_asked}.values())


def not_signed(people: Iterable[Signer]) -> tuple[Signer, ...]:
    """Those of them who have not signed."""
    return tuple(one for one in asked_once(people) if not one.has_signed)


def signing_sentence(people: Iterable[Signer]) -> str:
    """`1 person has not signed the confidentiality agreement.`; empty while nobody who is asked attends."""
    asked = asked_once(people)
    missing = not_signed(asked)
    if not asked:
        return ""
    if missing:
        verb = "has" if len(missing) == 1 else "have"
        return f"{counted(len(missing), 'person', 'people')} {verb} not signed {AGREEMENT}."
    return f"Everybody who is asked to has signed {AGREEMENT}."


def minuted_signing(people: Iterable[Signer], clause: Clause) -> str:
    """`All 13 members and deputies who attended signed the confidentiality agreement (clause x).`; it names nobody."""
    asked = asked_once(people)
    signed = len(asked) - len(not_signed(asked))
    if not asked:
        return ""
    by = f"{AGREEMENT} ({cited(clause)})."
    if signed == len(asked):
        who = "The one member or deputy" if signed == 1 else f"All {counted(signed, *MEMBERS)}"
        return f"{who} who attended signed {by}"
    return f"{signed} of {counted(len(asked), *MEMBERS)} who attended signed {by}"
