"""What is asked of one person: a reply, papers to read, and the seats they speak for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, Subquery

from meetings.models import AgendaPublication, Meeting, MeetingStatus, Reply
from membership.models import Appointment
from partnership import access
from partnership.access import Action, Kind
from partnership.models import User


@dataclass(frozen=True, slots=True)
class ReplyAsked:
    """A meeting for which a seat has said nothing, by the seat's key."""

    meeting: Meeting
    seat_key: str


def reply_asked_of(*, person: User, today: date) -> ReplyAsked | None:
    """The soonest of the next meetings of the person's boards for which their own seat has said nothing. One query.

    A representative is asked, of seats that are asked at all; nobody is asked once the register is open, and while one
    is open the meeting after it is the next.
    """
    held = Q(starts_on__lte=OuterRef("on")) & (Q(until=None) | Q(until__gt=OuterRef("on")))
    seats = Appointment.objects.representatives().filter(held, person=person, seat__board=OuterRef("board"))
    given = Reply.objects.filter(meeting=OuterRef(OuterRef("pk")), seat=OuterRef("seat"))
    silent = seats.filter(~Exists(given)).order_by("seat__position", "seat_id").values("seat__key")[:1]
    sooner = Meeting.objects.filter(
        board=OuterRef("board"),
        status=MeetingStatus.PLANNED,
        opened_at=None,
        on__gte=today,
        on__lt=OuterRef("on"),
    )
    meetings = Meeting.objects.permitting(person, Action.OWN, Kind.REPLIES, today).upcoming(today)
    asked = meetings.filter(~Exists(sooner), opened_at=None).annotate(silent_seat=Subquery(silent))
    first = asked.exclude(silent_seat=None).select_related("board__partnership").first()
    # The seat is annotated above.
    return None if first is None else ReplyAsked(first, first.silent_seat)  # type: ignore[attr-defined]


def meeting_with_papers(*, person: User, today: date) -> Meeting | None:
    """The soonest meeting to come whose agenda is published for the person to read. One query."""
    published = access.visible(AgendaPublication.objects.filter(meeting=OuterRef("pk")), to=person, on=today)
    meetings = Meeting.objects.visible_to(person, today).upcoming(today).filter(Exists(published), closed_at=None)
    return meetings.select_related("board__partnership").first()


def seats_of(*, person: User, today: date) -> list[Appointment]:
    """The seats the person represents or deputises in on that day, those they represent first. One query."""
    held = Appointment.objects.filter(person=person).in_force(today)
    return list(held.select_related("seat").order_by("order", "seat__board__position", "seat_id"))
