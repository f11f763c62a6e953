"""The business of the two main boards' meetings: agendas with papers, what was decided, minutes, and actions.

Each act is made by whoever does it, at the hour at which they would have done it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import count

from django.core.files import File

from meetings.minutes.due import minutes_due
from meetings.models import Action, AgendaItem, Meeting, MeetingKind
from meetings.operations import (
    add_item,
    agree_action,
    begin_item,
    close_action,
    lodge_paper,
    publish_agenda,
    record_decision,
    record_discussion,
    report_on_action,
    send_minutes,
    start_from_standing_items,
)
from meetings.queries import papers_due, standing_items_for
from membership.queries import HeldSeat, seats_on
from partnership.clock import LONDON, as_at
from partnership.models import User
from partnership.rules.plain_dates import plain_date
from reviews.demo.marks import chance
from reviews.demo.paper import demonstration_paper
from reviews.demo.stage import Stage
from reviews.demo.stories import ISLAND, PORTSMOUTH
from reviews.demo.themes import MINUTES_OF_LAST_TIME, OPENING, STANDING_ITEM_SAID, THEMES, Theme

# Business is told of these boards, as far back as this.
BOARDS, DAYS_BACK = (ISLAND, PORTSMOUTH), 365
THEMES_A_MEETING = 3
CALLED_BEFORE = timedelta(days=120)
PREPARED_BEFORE = timedelta(days=7)  # where no duty says when papers go out or minutes are due
MINUTES_AFTER = timedelta(days=14)
AT_THREE, AT_FOUR = time(15), time(16)
SATURDAY = 5
# Of the meetings from the latest back: papers and minutes went out so many days after their date, late for a reason.
PAPERS_SENT = {2: (-2, ""), 3: (1, "The report of the audit came a day late.")}
MINUTES_SENT = {
    1: (3, "The scrutineer asked for a day to read them."),
    2: (-2, ""),
    3: (6, "The team was one person short."),
}
FIRST_ITEM, BETWEEN_ITEMS, UNTIL_DECIDED = timedelta(minutes=2), timedelta(minutes=19), timedelta(minutes=11)
# Days after the meeting until the actions of the meeting are due, the first action's first.
DUE_AFTER = (35, 56, 77)
# An action that fell due so long ago is closed; one that fell due later is open, its owner having asked to close it.
CLOSED_AFTER, ASKED_AFTER = timedelta(days=45), timedelta(days=25)
# When an owner reported, from the day on which the action falls due.
DONE_BEFORE, BEGUN_BEFORE = timedelta(days=-6), timedelta(days=-20)
DONE, BEGUN = "Done; the figures are with the team.", "Begun. Two teams have not answered yet."


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting with its place, who keeps its record, and its number from the latest back (0: today's or the next)."""

    meeting: Meeting
    place: str
    by: User
    back: int

    @property
    def themes(self) -> Sequence[Theme]:
        first = (self.back * THEMES_A_MEETING + BOARDS.index(self.place)) % len(THEMES)
        return [THEMES[(first + number) % len(THEMES)] for number in range(THEMES_A_MEETING)]


def has_business(place: str, kind: str, on: date, today: date) -> bool:
    is_recent = on >= today - timedelta(days=DAYS_BACK)
    return place in BOARDS and kind in {MeetingKind.ORDINARY, MeetingKind.EXTRAORDINARY} and is_recent


def as_called_in_time(on: date) -> AbstractContextManager[None]:
    """At the hour at which a meeting with business was called, so that its duties were planned before it."""
    return as_at(_on(on - CALLED_BEFORE, AT_THREE))


# --- before the meeting -----------------------------------------------------------------------------------------------


def publish_business(sitting: Sitting) -> None:
    """The agenda with its papers, put together the day before it goes out: on time, or late for a reason."""
    due = papers_due(meeting=sitting.meeting)
    days, reason = PAPERS_SENT.get(sitting.back, (0, ""))
    goes_out = (due.on if due else sitting.meeting.on - PREPARED_BEFORE) + timedelta(days=days)
    with as_at(_on(goes_out - timedelta(days=1), AT_THREE)):
        draft_business(sitting)
    with as_at(_on(goes_out, AT_FOUR)):
        publish_agenda(meeting=sitting.meeting, by=sitting.by, reason=reason, tells=False)


def draft_business(sitting: Sitting) -> None:
    """The agenda as a draft: the opening, what the terms ask for at every meeting, and the themes of the day."""
    meeting, by = sitting.meeting, sitting.by
    for opening in (OPENING, MINUTES_OF_LAST_TIME):
        _add(sitting, opening)
    if standing_items_for(meeting=meeting):
        start_from_standing_items(meeting=meeting, by=by)
    for theme in sitting.themes:
        item = _add(sitting, theme)
        if theme.paper:
            written = BytesIO(demonstration_paper(theme.paper, f"{meeting.board.name}, {plain_date(meeting.on)}"))
            lodge_paper(item=item, title=theme.paper, file=File(written), original_name=f"{theme.paper}.pdf", by=by)


def _add(sitting: Sitting, theme: Theme) -> AgendaItem:
    lead = "Chair" if theme in {OPENING, MINUTES_OF_LAST_TIME} else _lead(sitting, theme)
    return add_item(
        meeting=sitting.meeting,
        title=theme.title,
        kind=theme.kind,
        minutes=theme.minutes,
        lead=lead,
        purpose=theme.purpose,
        by=sitting.by,
    )


def _lead(sitting: Sitting, theme: Theme) -> str:
    held = _somebody(sitting, theme.title)
    return held.representative.person.name if held.representative else ""


# --- at the meeting ---------------------------------------------------------------------------------------------------


def take_business(sitting: Sitting) -> None:
    """Every item taken, with what was said, decided and undertaken; the register is open still."""
    meeting, by = sitting.meeting, sitting.by
    themes = {theme.title: theme for theme in (OPENING, MINUTES_OF_LAST_TIME, *sitting.themes)}
    numbers = count()
    ends_at = datetime.combine(meeting.on, meeting.ends_at or meeting.starts_at, tzinfo=LONDON)
    with as_at(ends_at):
        for number, item in enumerate(AgendaItem.objects.in_order().filter(meeting=meeting)):
            begun_at = meeting.begins + FIRST_ITEM + number * BETWEEN_ITEMS
            record = begin_item(item=item, at=begun_at, by=by)
            theme = themes.get(item.title)
            said = theme.discussion if theme else STANDING_ITEM_SAID
            record_discussion(item=item, text=said, version=record.version, by=by)
            if theme is None:
                continue
            if theme.decision:
                record_decision(item=item, text=theme.decision, decided_at=begun_at + UNTIL_DECIDED, by=by)
            if theme.action:
                _undertake(sitting, item, theme, due_on=meeting.on + timedelta(days=DUE_AFTER[next(numbers)]))


def _undertake(sitting: Sitting, item: AgendaItem, theme: Theme, *, due_on: date) -> None:
    owner = _somebody(sitting, theme.action).representative
    if owner is None:
        raise LookupError(f"Nobody is there to undertake: {theme.action}")
    agree_action(
        board=sitting.meeting.board,
        text=theme.action,
        owner=owner.person,
        due_on=due_on,
        item=item,
        by=sitting.by,
        tells=False,
    )


def _somebody(sitting: Sitting, words: str) -> HeldSeat:
    """A seat of an agency with somebody in it, another one for other words."""
    seats = seats_on(board=sitting.meeting.board, on=sitting.meeting.on)
    held = [each for each in seats if each.seat.agency_id is not None and not each.is_vacant]
    return held[chance(sitting.place, str(sitting.meeting.on), words) % len(held)]


# --- after the meeting ------------------------------------------------------------------------------------------------


def follow_up(sitting: Sitting, *, now: datetime) -> None:
    """Minutes sent, on time or late, unless their day is still to come; and what became of the actions."""
    due = minutes_due(meeting=sitting.meeting)
    days, reason = MINUTES_SENT.get(sitting.back, (0, ""))
    sent_at = _on(_working_day((due.on if due else sitting.meeting.on + MINUTES_AFTER) + timedelta(days=days)), AT_FOUR)
    if sent_at < now:
        with as_at(sent_at):
            send_minutes(meeting=sitting.meeting, by=sitting.by, reason=reason, tells=False)
    for action in sitting.meeting.board.actions.filter(item__meeting=sitting.meeting).order_by("number"):
        _report(action, now=now, by=sitting.by)


def _report(action: Action, *, now: datetime, by: User) -> None:
    """What its owner told of an action: in time that it is done, late that it could be closed, or how far it is."""
    overdue = now.date() - action.due_on
    is_closed, is_done = overdue > CLOSED_AFTER, overdue > ASKED_AFTER
    told_after = DONE_BEFORE if is_closed else ASKED_AFTER if is_done else BEGUN_BEFORE
    told_at = _on(_working_day(action.due_on + told_after), AT_THREE)
    if told_at >= now:
        return
    with as_at(told_at):
        report_on_action(action=action, text=DONE if is_done else BEGUN, by=action.owner, asks_to_close=is_done)
    if is_closed:
        with as_at(told_at + timedelta(hours=1)):
            close_action(action=action, by=by, reason="The board has what it asked for.")


def _working_day(day: date) -> date:
    """The day itself, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= SATURDAY else day


def _on(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=LONDON)


def draft_next_agendas(stage: Stage) -> None:
    """The next meeting of each of the two boards has an agenda in the making."""
    for place in BOARDS:
        coming = Meeting.objects.filter(board=stage.boards[place], kind=MeetingKind.ORDINARY)
        meeting = coming.upcoming(stage.today + timedelta(days=1)).select_related("board__partnership").first()
        if meeting is not None:
            draft_business(Sitting(meeting, place, stage.coordinator_of(place), back=0))
