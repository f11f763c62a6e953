"""Two meetings that were held, with what minutes are drafted from: Portsmouth on 22 April 2027, the island on 17 March.

Portsmouth met from 10am to 12:24pm, its police represented by a deputy. The island met from 10am to midday, and its
health partner left at 11:20am and came back at 11:42am.
"""

from __future__ import annotations

from datetime import date, datetime, time

from django.conf import LazySettings
from pytest_django import Settings

from meetings.models import AgendaItem, Attendance, ItemKind, Meeting, MeetingKind, Recorded
from meetings.operations import (
    RowEntry,
    add_item,
    agree_action,
    begin_item,
    call_meeting,
    close_register,
    open_register,
    record_arrival,
    record_attendance,
    record_decision,
    record_departure,
    record_discussion,
)
from membership.models import Seat
from membership.operations import appoint, name_deputy
from partnership.access import Role
from partnership.clock import LONDON
from partnership.models import Board, User
from partnership.operations import admit_to_team
from tests.cast import LONG_AGO, Cast, at

# Whatever holds the stopped clock.
Stoppable = Settings | LazySettings
APRIL, JANUARY, JULY = date(2027, 4, 22), date(2027, 1, 21), date(2027, 7, 15)
PARTNERS = {"council": "elena marsh", "constabulary": "outsider", "icb": "anil corrie"}
FIVE = ("chair", "scrutineer", "constabulary", "childrens-social-care", "icb")
SEVEN = ("hmp", "probation", "iow-nhs-trust", "primary-school", "special-school", "public-health", "adults-board")


def april(hour: int, minute: int = 0) -> datetime:
    """An instant of Portsmouth's meeting."""
    return datetime(2027, 4, 22, hour, minute, tzinfo=LONDON)


def seat_of(board: Board, key: str) -> Seat:
    return Seat.objects.get(board=board, key=key)


def record(meeting: Meeting, said: dict[str, Recorded], by: User, arrived_at: datetime) -> None:
    """Fill in the register for these seats."""
    rows = Attendance.objects.filter(meeting=meeting, seat__key__in=said)
    entries = [
        RowEntry(attendance_id=row.pk, version=row.version, recorded=said[row.seat.key], arrived_at=arrived_at)
        for row in rows.select_related("seat")
        if row.seat
    ]
    record_attendance(meeting=meeting, rows=entries, by=by)


def item_on(meeting: Meeting, title: str, by: User) -> AgendaItem:
    return add_item(meeting=meeting, title=title, kind=ItemKind.DECISION, by=by)


def portsmouth_in_april(cast: Cast, settings: Stoppable, *, closes: bool = True) -> Meeting:
    """Held, or still open. The coordinator administers that board, too; the clock stands at half past twelve."""
    board, by = cast.elsewhere, cast["coordinator"]
    _seat_portsmouth(cast)
    _january(cast, settings)
    called = {"board": board, "kind": MeetingKind.ORDINARY, "starts_at": time(10), "by": by}
    settings.CLOCK_STOPPED_AT = datetime(2027, 1, 25, 9, tzinfo=LONDON)
    meeting = call_meeting(on=APRIL, ends_at=time(12, 30), place="Civic Offices, room 4", **called)  # type: ignore[arg-type]
    call_meeting(on=JULY, ends_at=time(12, 30), **called)  # type: ignore[arg-type]
    settings.CLOCK_STOPPED_AT = april(9, 50)
    for title in ("Welcome", "Neglect strategy", "Any other business"):
        item_on(meeting, title, by)
    meeting = open_register(meeting=meeting, by=by)
    items = list(AgendaItem.objects.filter(meeting=meeting).in_order())
    settings.CLOCK_STOPPED_AT = april(12, 20)
    here = dict.fromkeys((*PARTNERS, "chair"), Recorded.PRESENT)
    record(meeting, {**here, "constabulary": Recorded.DEPUTY, "diocese": Recorded.APOLOGIES}, by, april(10))
    begin_item(item=items[0], at=april(10), by=by)
    record_discussion(item=items[0], text="Everybody was welcomed.\n\nNo interests were declared.", version=1, by=by)
    begin_item(item=items[1], at=april(10, 15), by=by)
    record_decision(item=items[1], text="The strategy is adopted", decided_at=april(11, 2), by=by)
    owner = cast.person("elena marsh")
    agree_action(
        board=board, text="Publish the neglect guide", owner=owner, due_on=date(2027, 6, 30), by=by, item=items[1]
    )
    if closes:
        meeting = close_register(meeting=meeting, at=april(12, 24), by=by)
    settings.CLOCK_STOPPED_AT = april(12, 30)
    return Meeting.objects.select_related("board__partnership").get(pk=meeting.pk)


def _seat_portsmouth(cast: Cast) -> None:
    board, by = cast.elsewhere, cast["coordinator"]
    admit_to_team(person=by, role=Role.COORDINATOR, board=board, starts_on=LONG_AGO, by=cast.author)
    for key, name in PARTNERS.items():
        if name != "outsider":
            appoint(seat=seat_of(board, key), person=cast.person(name), starts_on=LONG_AGO, by=cast.author)
    appoint(seat=seat_of(board, "chair"), person=cast.person("ros tremayne"), starts_on=LONG_AGO, by=cast.author)
    appoint(seat=seat_of(board, "diocese"), person=cast.person("ruth peverell"), starts_on=LONG_AGO, by=cast.author)
    name_deputy(seat=seat_of(board, "constabulary"), person=cast.person("sam lee"), starts_on=LONG_AGO, by=cast.author)


def _january(cast: Cast, settings: Stoppable) -> None:
    """The year's meeting before it: the police sent nobody, and an action was agreed."""
    board, by = cast.elsewhere, cast["coordinator"]
    settings.CLOCK_STOPPED_AT = datetime(2027, 1, 21, 9, 50, tzinfo=LONDON)
    meeting = call_meeting(board=board, kind=MeetingKind.ORDINARY, on=JANUARY, starts_at=time(10), by=by)
    item_on(meeting, "Health", by)
    meeting = open_register(meeting=meeting, by=by)
    item = AgendaItem.objects.get(meeting=meeting)
    ten = datetime(2027, 1, 21, 10, tzinfo=LONDON)
    settings.CLOCK_STOPPED_AT = datetime(2027, 1, 21, 12, tzinfo=LONDON)
    record(meeting, dict.fromkeys(("council", "icb"), Recorded.PRESENT), by, ten)
    agree_action(
        board=board,
        text="Report on missed appointments",
        owner=cast.person("anil corrie"),
        due_on=date(2027, 4, 30),
        by=by,
        item=item,
    )
    close_register(meeting=meeting, by=by)


def island_in_march(cast: Cast, settings: Stoppable) -> Meeting:
    """Held from 10am to midday on the cast's own board; the clock stands at a quarter past twelve."""
    by = cast["coordinator"]
    cast.fill((*FIVE, *SEVEN, "voluntary-sector"))
    meeting = cast.meeting()
    item_on(meeting, "Section 11 returns", by)
    meeting = open_register(meeting=meeting, at=at(9, 50), by=by)
    item = AgendaItem.objects.get(meeting=meeting)
    settings.CLOCK_STOPPED_AT = at(11, 50)
    record(meeting, dict.fromkeys((*FIVE, *SEVEN), Recorded.PRESENT), by, at(10))
    health = Attendance.objects.get(meeting=meeting, seat__key="icb")
    record_departure(attendance=health, at=at(11, 20), by=by)
    record_arrival(attendance=health, at=at(11, 42), by=by)
    begin_item(item=item, at=at(11, 10), by=by)
    record_decision(item=item, text="The returns are accepted", decided_at=at(11, 30), by=by)
    close_register(meeting=meeting, at=at(12), by=by)
    settings.CLOCK_STOPPED_AT = at(12, 15)
    return Meeting.objects.select_related("board__partnership").get(pk=meeting.pk)
