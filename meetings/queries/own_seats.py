"""The places that a person has at a meeting, and what was replied for each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from meetings.models import Meeting, Reply, ReplyAnswer
from meetings.queries.register import RepliedSeat, replies_to
from membership.models import Appointment, Seat
from membership.queries import HeldSeat
from membership.roles import seat_id_in_terms
from partnership.access import Asker
from partnership.models import User
from partnership.rules.constitution import Constitution as Terms


@dataclass(frozen=True, slots=True)
class OwnSeat:
    """A seat the person represents, deputises for, or is to come for as a substitute.

    `has_vote` is whether it counts as a member's: an observer's does not.
    """

    held: HeldSeat
    reply: Reply | None
    is_representative: bool
    is_expected: bool
    has_vote: bool

    @property
    def seat(self) -> Seat:
        return self.held.seat

    @property
    def representative(self) -> str:
        return self.held.representative.person.name if self.held.representative else ""

    @property
    def deputies(self) -> tuple[str, ...]:
        return tuple(deputy.person.name for deputy in self.held.deputies)


def own_seats(*, meeting: Meeting, user: Asker, terms: Terms | None) -> list[OwnSeat]:
    """That person's places at the meeting, those they represent first. Four queries."""
    found = [own for each in replies_to(meeting=meeting) if (own := _own(each, user.pk, terms)) is not None]
    return sorted(found, key=lambda own: not own.is_representative)


def _own(each: RepliedSeat, user_id: int | None, terms: Terms | None) -> OwnSeat | None:
    held, reply = each.held, each.reply
    is_representative = held.representative is not None and held.representative.person_id == user_id
    is_expected = reply is not None and reply.answer == ReplyAnswer.DEPUTY and reply.person_id == user_id
    if not (is_representative or is_expected or any(deputy.person_id == user_id for deputy in held.deputies)):
        return None
    return OwnSeat(held, reply, is_representative, is_expected, has_vote=_has_vote(held.seat, terms))


def _has_vote(seat: Seat, terms: Terms | None) -> bool:
    if terms is None:
        return True
    stated = next((one for one in terms.quorum.seats if one.id == seat_id_in_terms(seat.key)), None)
    capacity = terms.quorum.capacities.get(stated.capacity) if stated else None
    return capacity is None or capacity.counts or capacity.votes


def colleagues_of(*, held: HeldSeat, meeting: Meeting, user: Asker, today: date) -> list[User]:
    """Others of the seat's agency who sit or deputise somewhere in the partnership, as far as the user may know.

    Whoever represents a seat of the board itself has a place of their own there.
    """
    if held.seat.agency_id is None:
        return []
    named = {holder.person_id for holder in (held.representative, *held.deputies) if holder is not None}
    same = Appointment.objects.visible_to(user, today).in_force(meeting.on)
    same = same.filter(seat__agency=held.seat.agency_id, seat__board__partnership=meeting.board.partnership_id)
    sitting = Appointment.objects.representatives().in_force(meeting.on).filter(seat__board=meeting.board_id)
    same = same.exclude(person__in=sitting.values("person"))
    people = {each.person.pk: each.person for each in same.exclude(person__in=named).select_related("person")}
    return sorted((person for person in people.values() if person.is_active), key=lambda person: person.name)
