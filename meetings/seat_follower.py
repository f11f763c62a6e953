"""What at meetings follows a seat: replies and substitutes when somebody comes or goes, actions and items led when a
successor's first day has come. Never what hangs on a person: notes, interests declared, restricted papers read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from meetings.models import Action, ActionStatus, AgendaItem, Meeting, MeetingStatus, Reply, ReplyAnswer
from membership import followers
from membership.models import Appointment, Handover, Seat
from membership.queries import HeldSeat, seats_on_days
from partnership import clock
from partnership.authorship import deleted, saved
from partnership.clock import LONDON
from partnership.models import Standing, StandingSource, User

A_DAY = timedelta(days=1)


def open_replies(seat: Seat, *, from_on: date) -> list[Reply]:
    """What the seat said of meetings from that day on that nobody has opened."""
    ahead = Reply.objects.filter(seat=seat, meeting__on__gte=from_on, meeting__opened_at=None)
    planned = ahead.filter(meeting__status=MeetingStatus.PLANNED)
    return list(planned.select_related("meeting__board", "person").order_by("meeting__on", "meeting__starts_at"))


def actions_of(seat: Seat, person: User) -> list[Action]:
    """The actions not closed that the person answers for through that seat: of its board, for its agency."""
    own = Action.objects.filter(board=seat.board_id, owner=person, agency=seat.agency_id)
    return list(own.exclude(status=ActionStatus.CLOSED).select_related("partnership", "owner").order_by("number"))


def items_led(seat: Seat, person: User, *, from_on: date) -> list[AgendaItem]:
    """The items of meetings ahead that name the person as who leads them."""
    ahead = AgendaItem.objects.filter(meeting__board=seat.board_id, meeting__status=MeetingStatus.PLANNED)
    led = ahead.filter(meeting__on__gte=from_on, lead=person.name, withdrawn_at=None)
    return list(led.select_related("meeting").order_by("meeting__on", "position"))


# --- somebody came, went, or is away ----------------------------------------------------------------------------------


def seat_changed(seat: Seat, by: User) -> None:
    """Take back what nobody of the seat says any more, so that it is asked again; end substitutes of a predecessor."""
    replies = open_replies(seat, from_on=clock.today())
    held = _held_on(seat, {given.meeting for given in replies})
    for given in replies:
        if not _still_stands(given, held.get(given.meeting.on)):
            withdraw_reply(given, by=by, reason="Whoever was to come no longer holds the place")
    for standing, until in _outlived(seat):
        standing.until = until
        saved(standing, by=by, reason="A new representative took the seat", fields=["until"])


def withdraw_reply(given: Reply, *, by: User, reason: str) -> None:
    """Take a reply back with the standing it gave a substitute; its history keeps what it said."""
    for standing in Standing.objects.filter(source=StandingSource.SUBSTITUTION, source_id=given.pk):
        deleted(standing, by=by, reason=reason)
    deleted(given, by=by, reason=reason)


def _held_on(seat: Seat, meetings: set[Meeting]) -> dict[date, HeldSeat]:
    held = seats_on_days(days=[(meeting.board, meeting.on) for meeting in meetings])
    return {on: one for (_, on), those in held.items() for one in those if one.seat.pk == seat.pk}


def _still_stands(given: Reply, held: HeldSeat | None) -> bool:
    if held is None:
        return False
    member = held.representative
    if given.answer == ReplyAnswer.COMING:
        return member is not None and member.person_id == given.person_id and held.leave_of(member) is None
    if given.answer == ReplyAnswer.APOLOGIES:
        return True
    if any(deputy.person_id == given.person_id and held.leave_of(deputy) is None for deputy in held.deputies):
        return True
    # A substitute was sent by whoever represented the seat then, and is not the seat's own any more.
    is_substitute = Standing.objects.filter(source=StandingSource.SUBSTITUTION, source_id=given.pk).exists()
    was_sent_by_them = member is not None and member.starts_on <= given.replied_at.astimezone(LONDON).date()
    return is_substitute and was_sent_by_them


def _outlived(seat: Seat) -> Iterator[tuple[Standing, date]]:
    """Standings of the seat's substitutes that reach into the time of a later representative, and when they end."""
    replies = Reply.objects.filter(seat=seat).values_list("pk", flat=True)
    given = Standing.objects.filter(source=StandingSource.SUBSTITUTION, source_id__in=list(replies))
    begins = list(
        Appointment.objects.filter(seat=seat)
        .representatives()
        .order_by("starts_on")
        .values_list("starts_on", flat=True)
    )
    for standing in given:
        ends = [on for on in begins if on > standing.starts_on and (standing.until is None or on < standing.until)]
        if ends:
            yield standing, ends[0]


# --- a successor's first day ------------------------------------------------------------------------------------------


def handed_over(handover: Handover, by: User) -> None:
    """Give the successor what the predecessor answered for through the seat."""
    seat, before, after = handover.after.seat, handover.before.person, handover.after.person
    reason = f"Followed the seat {seat.name} from {before.name} to {after.name}"
    for action in actions_of(seat, before):
        action.owner, action.version = after, action.version + 1
        saved(action, by=by, reason=reason, fields=["owner", "version"])
    for item in items_led(seat, before, from_on=handover.after.starts_on):
        item.lead, item.version = after.name, item.version + 1
        saved(item, by=by, reason=reason, fields=["lead", "version"])


def enter() -> None:
    """Make this app follow seats; once, when it starts."""
    followers.enter(followers.Follower(name="meetings", seat_changed=seat_changed, handed_over=handed_over))
