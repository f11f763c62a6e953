"""What this app tells of a seat on a day: who is in it, who may act for it, and with what vote."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from membership.effects import Told
from membership.models import Seat
from membership.queries import HeldSeat, seats_on
from membership.queries.offices import is_from_statutory_partner, offices_of_seat
from membership.roles import seat_id_in_terms
from partnership.models import Standing, StandingSource
from partnership.queries import constitution_in_force, terms_of
from partnership.rules.attendance.deputies import DeputyVote, WhoMayDeputise
from partnership.rules.constitution import Constitution as Terms
from partnership.rules.plain_dates import listed

MEMBER = "member"
NOT_STATED = "The terms do not say"


def tell(seat: Seat, on: date) -> list[Told]:
    """Representative, deputies, the vote and who has access through the seat."""
    held = next((one for one in seats_on(board=seat.board, on=on) if one.seat.pk == seat.pk), None)
    if held is None:
        return []
    version = constitution_in_force(board=seat.board, on=on)
    terms = terms_of(constitution=version) if version else None
    return [
        Told("Representative", _representative(held)),
        Told("Deputies, in order", _deputies(held)),
        *_vote(held, terms),
        Told("Access to the board through this seat", _access(seat, on)),
        *_to_mind(held, on),
    ]


def _to_mind(held: HeldSeat, on: date) -> Iterator[Told]:
    """What the terms would rather have of whoever holds the seat's office."""
    if held.representative is None or not held.seat.office:
        return
    person = held.representative.person
    for office in offices_of_seat(seat=held.seat, on=on):
        if office.from_statutory_partner and not is_from_statutory_partner(
            person=person, partnership_id=held.seat.board.partnership_id, on=on
        ):
            words = f"{person.name} is from no statutory safeguarding partner, as {office.name} should be"
            yield Told("To mind", words, office.clause.citation)


def _representative(held: HeldSeat) -> str:
    if held.representative is None:
        return "Nobody: the seat is vacant"
    away = ", on leave" if held.is_represented_by_a_deputy else ""
    return f"{held.representative.person.name}{away}"


def _deputies(held: HeldSeat) -> str:
    names = [
        deputy.person.name + (" (on leave)" if held.leave_of(deputy) is not None else "") for deputy in held.deputies
    ]
    return listed(names) if names else "No deputy named"


def _vote(held: HeldSeat, terms: Terms | None) -> Iterator[Told]:
    if terms is None:
        return
    place = next((one for one in terms.quorum.seats if one.id == seat_id_in_terms(held.seat.key)), None)
    capacity = place.capacity if place is not None else MEMBER
    declared = terms.quorum.capacities.get(capacity)
    basis = declared.clause.citation if declared is not None else ""
    has_vote = declared.votes if declared is not None else capacity == MEMBER
    if not has_vote:
        yield Told("Vote", "The seat has no vote", basis)
        return
    yield Told("Vote", _who_votes(held), basis)
    rule = terms.deputies
    if rule is None or rule.who is WhoMayDeputise.NOBODY:
        yield Told("A deputy's vote", NOT_STATED if rule is None else "Nobody may deputise")
        return
    votes = {
        DeputyVote.SAME: "The same as the representative's",
        DeputyVote.NONE: "None",
        DeputyVote.NOT_STATED: NOT_STATED,
    }
    yield Told("A deputy's vote", votes[rule.votes], rule.clause.citation)


def _who_votes(held: HeldSeat) -> str:
    if held.representative is None:
        return "Nobody votes for the seat"
    if not held.is_represented_by_a_deputy:
        return f"{held.representative.person.name} votes for the seat"
    acting = held.acting_deputy
    return f"{acting.person.name} acts for the seat" if acting else "Nobody acts for the seat"


def _access(seat: Seat, on: date) -> str:
    appointments = list(seat.appointments.values_list("pk", flat=True))
    given = Standing.objects.in_force(on).filter(source=StandingSource.APPOINTMENT, source_id__in=appointments)
    lines = [f"{one.person.name}, {one.get_role_display().lower()}" for one in given.select_related("person")]
    return "; ".join(sorted(lines)) or "Nobody"
