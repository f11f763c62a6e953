"""Who receives a document of a meeting, by the constitution's own rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from meetings.models import Meeting
from membership.models import Appointment
from membership.queries import HeldSeat, seats_on
from membership.roles import seat_id_in_terms
from partnership.queries import constitution_in_force, terms_of
from partnership.rules.arrangements import Distribution, Document
from partnership.rules.constitution import Constitution as Terms

# In what capacity somebody sits whose seat the terms do not list, and the one in which a deputy comes.
MEMBER, DEPUTY = "member", "deputy"


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody who receives it, and the seat through which they do."""

    person_id: int
    name: str
    seat: str


@dataclass(frozen=True, slots=True)
class Recipients:
    """The rule, the people it means today, its seats that nobody holds, and others in the rule's own words."""

    rule: Distribution
    people: tuple[Receiver, ...]
    vacant: tuple[str, ...]
    others: tuple[str, ...]


def recipients_of(*, meeting: Meeting, document: Document, today: date) -> Recipients | None:
    """Who receives a document by the terms of the meeting's day, with today's holders; None where no rule says so."""
    constitution = constitution_in_force(board=meeting.board, on=meeting.on)
    if constitution is None:
        return None
    terms = terms_of(constitution=constitution)
    rule = next((rule for rule in terms.documents if rule.document is document), None)
    if rule is None:
        return None
    seats = [held for held in seats_on(board=meeting.board, on=today) if _covers(rule, terms, held)]
    people: dict[int, Receiver] = {}
    for held in seats:
        for holder in _holders(rule, held):
            people.setdefault(holder.person_id, Receiver(holder.person_id, holder.person.name, held.seat.name))
    return Recipients(
        rule, tuple(people.values()), tuple(held.seat.name for held in seats if held.is_vacant), rule.others
    )


def _covers(rule: Distribution, terms: Terms, held: HeldSeat) -> bool:
    key = seat_id_in_terms(held.seat.key)
    seat = next((seat for seat in terms.quorum.seats if seat.id == key), None)
    if seat is None:
        return MEMBER in rule.capacities
    return seat.capacity in rule.capacities or bool(set(seat.offices) & set(rule.offices))


def _holders(rule: Distribution, held: HeldSeat) -> Iterator[Appointment]:
    """The holders whom the rule means; while a representative is on leave, the deputy who acts in their stead."""
    acting = held.acting_deputy if held.is_represented_by_a_deputy else None
    if held.representative is not None and not held.is_represented_by_a_deputy:
        yield held.representative
    if acting is not None:
        yield acting
    if DEPUTY in rule.capacities:
        yield from (deputy for deputy in held.deputies if deputy != acting and held.leave_of(deputy) is None)
