"""The home of those who keep boards: what is due this week, the next meetings, and what else waits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from meetings.models import Action, Meeting
from membership.presenters import uncounted_keys
from membership.queries import HeldSeat
from partnership.models import Board, Obligation
from partnership.rules.attendance.deputies import WhoMayDeputise
from partnership.rules.clauses import cited
from partnership.rules.constitution import Constitution as Terms
from partnership.rules.plain_dates import brief_date, counted, long_date, plain_date
from reviews.outlook import Outlook
from reviews.presenters.addresses import of_action, of_board, of_meeting
from reviews.presenters.days import from_today, on_day, span_of_days, urgency, weekday_and_date
from reviews.presenters.home_parts import BoardLink, NextMeeting, board_links, next_meetings
from reviews.presenters.waiting_people import Waiting, waiting_of
from reviews.queries.actions import OverdueActions
from reviews.queries.people import WaitingOfPeople
from reviews.queries.week import DueThing, Week

# Where the work for a duty is done, by the duty's permanent id; of any other, the page its messages lead to.
PAGE_OF_DUTY = {"papers": "agenda", "minutes": "minutes", "minutes-and-tracker": "minutes"}
DEPUTY = "deputy"
SHOWN_WAITING = 10


@dataclass(frozen=True, slots=True)
class DueRow:
    """One thing to do. `style` of the days left: no, soon, or nothing."""

    day: str
    days_left: str
    style: str
    what: str
    href: str
    board: str
    of_what: str
    clause: str


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One overdue action."""

    reference: str
    href: str
    text: str
    whose: str
    due: str
    overdue_by: str


@dataclass(frozen=True, slots=True)
class TeamHome:
    """Everything the template prints. `more_due` counts what the list leaves out."""

    today: str
    heading: str
    lead: str
    week: str
    due: tuple[DueRow, ...]
    more_due: int
    next_week: str
    meetings: tuple[NextMeeting, ...]
    actions: tuple[ActionRow, ...]
    actions_title: str
    more_actions: int
    waiting: tuple[Waiting, ...]
    more_waiting: int
    boards: tuple[BoardLink, ...]


def team_home(
    *,
    boards: Sequence[Board],
    week: Week,
    meetings: Iterable[Meeting],
    outlooks: Mapping[int, Outlook],
    deadlines: Mapping[int, Obligation],
    actions: OverdueActions,
    seats: Mapping[Board, Sequence[HeldSeat]],
    terms: Mapping[int, Terms],
    people: WaitingOfPeople,
    now: datetime,
) -> TeamHome:
    """`seats` are those of the boards they keep, `terms` those in force by board; outlooks and deadlines by meeting."""
    today = now.date()
    waiting = (*waiting_of(seats, people), *_waiting(seats, terms))
    return TeamHome(
        today=long_date(today),
        heading=_heading(week),
        lead=_lead(week, today),
        week=span_of_days(week.monday, week.sunday),
        due=tuple(_due_row(thing, today) for thing in week.due),
        more_due=week.in_all - len(week.due),
        next_week=_next_week(week),
        meetings=next_meetings(meetings, outlooks=outlooks, deadlines=deadlines, today=today),
        actions=tuple(_action_row(action, actions.agencies[action.pk], today) for action in actions.shown),
        actions_title=f"Overdue actions ({actions.overdue} of {actions.still_open} open)",
        more_actions=actions.overdue - len(actions.shown),
        waiting=waiting[:SHOWN_WAITING],
        more_waiting=max(0, len(waiting) - SHOWN_WAITING),
        boards=board_links(boards),
    )


# --- the week ---------------------------------------------------------------------------------------------------------


def _heading(week: Week) -> str:
    """`4 things are due this week`."""
    if not week.in_all:
        return "Nothing is due this week"
    return f"{counted(week.in_all, 'thing')} {'is' if week.in_all == 1 else 'are'} due this week"


def _lead(week: Week, today: date) -> str:
    if not week.due:
        if week.after is None:
            return "No deadline is set on any of your boards."
        return f"Your next deadline is {long_date(week.after.obligation.due_on)}: {_named(week.after, today)}."
    if week.late:
        return _late_words(week, today)
    first = week.due[0]
    when = on_day(first.obligation.due_on, today)
    return f"The first is {when}: {_named(first, today)} ({cited(first.rule.clause)})."


def _late_words(week: Week, today: date) -> str:
    """`1 of them is 3 days late: the minutes for PSCP Board, 22 April.`; the first in the list is the latest."""
    longest = week.due[0]
    due_on = longest.obligation.due_on
    if week.late == 1:
        opening = "It is" if week.in_all == 1 else "1 of them is"
        return f"{opening} {from_today(due_on, today)}: {_named(longest, today)}."
    which = "All of them" if week.late == week.in_all else f"{week.late} of them"
    return f"{which} are late, the longest {_named(longest, today)}, due on {long_date(due_on)}."


def _named(thing: DueThing, today: date) -> str:
    """`the agenda and papers for PSCP Board, 22 April`."""
    return f"{thing.wording.what} for {_board_and_day(thing, today)}"


def _board_and_day(thing: DueThing, today: date) -> str:
    if isinstance(thing.cause, Meeting):
        return f"{thing.obligation.board.short_name}, {brief_date(thing.cause.on, today)}"
    return thing.wording.of_what


def _due_row(thing: DueThing, today: date) -> DueRow:
    due_on = thing.obligation.due_on
    is_of_meeting = isinstance(thing.cause, Meeting)
    what = thing.wording.what
    return DueRow(
        day=weekday_and_date(due_on, today),
        days_left=from_today(due_on, today),
        style=urgency(due_on, today),
        what=f"Send {what}" if is_of_meeting else f"{what[:1].upper()}{what[1:]}",
        href=_href(thing),
        board=thing.obligation.board.short_name,
        of_what=brief_date(thing.cause.on, today) if is_of_meeting else _beside_board(thing),
        clause=_begun(cited(thing.rule.clause)),
    )


def _beside_board(thing: DueThing) -> str:
    """What it is of, where the group's name stands before it already; nothing, where it is of the group itself."""
    named, of_what = thing.obligation.board.short_name, thing.wording.of_what
    return "" if of_what == named else of_what.removeprefix(f"{named}, ")


def _href(thing: DueThing) -> str:
    page = PAGE_OF_DUTY.get(thing.obligation.duty)
    if page is None or not isinstance(thing.cause, Meeting):
        return thing.address
    return of_meeting(page, thing.cause)


def _begun(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _next_week(week: Week) -> str:
    """`Next week: 2 due, the first on Monday 19 April 2027: the minutes for …`; in an empty week the lead names it."""
    if not week.in_next_week or week.after is None:
        return ""
    if not week.due:
        return f"{week.in_next_week} things are due next week." if week.in_next_week > 1 else ""
    first = week.after
    return (
        f"Next week: {week.in_next_week} due, the first on {long_date(first.obligation.due_on)}: "
        f"{_named(first, first.obligation.due_on)}."
    )


# --- actions and seats ------------------------------------------------------------------------------------------------


def _action_row(action: Action, agency: str, today: date) -> ActionRow:
    return ActionRow(
        reference=action.reference,
        href=of_action(action),
        text=action.text,
        whose=f"{agency}, {action.owner.name}" if agency else action.owner.name,
        due=plain_date(action.due_on),
        overdue_by=counted((today - action.due_on).days, "day"),
    )


def _waiting(seats: Mapping[Board, Sequence[HeldSeat]], terms: Mapping[int, Terms]) -> Iterable[Waiting]:
    """Of each board: seats that nobody holds, and seats that should have a deputy and have none."""
    for board, held in seats.items():
        href = of_board("members", board)
        vacant = sum(seat.is_vacant for seat in held)
        if vacant:
            verb = "is" if vacant == 1 else "are"
            yield Waiting(f"{board.short_name}: {counted(vacant, 'seat')} {verb} ", "vacant", href)
        alone = sum(not seat.is_vacant and not seat.deputies for seat in _with_deputies(held, terms.get(board.pk)))
        if alone:
            verb = "has" if alone == 1 else "have"
            yield Waiting(f"{board.short_name}: {counted(alone, 'seat')} {verb} ", "no named deputy", href)


def _with_deputies(held: Iterable[HeldSeat], terms: Terms | None) -> Iterable[HeldSeat]:
    """The seats that the terms want a named deputy for: those that count, and no office that a deputy cannot fill."""
    if terms is None or terms.deputies is None or terms.deputies.who is not WhoMayDeputise.NAMED_DEPUTY:
        return
    uncounted = uncounted_keys(terms)
    deputy = terms.quorum.capacities.get(DEPUTY)
    fills_offices = deputy is None or deputy.fills_offices
    offices = {seat.id for seat in terms.quorum.seats if seat.offices}
    for seat in held:
        if seat.seat.key not in uncounted and (fills_offices or seat.seat.key not in offices):
            yield seat
