"""The home of a member: one thing to do first, the papers, their actions, and how often they came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from meetings.models import Action, ItemKind, Meeting
from meetings.presenters.action_states import state_of
from meetings.queries import Agenda, ItemOnAgenda
from membership.models import Appointment
from partnership.clock import LONDON
from partnership.models import Board
from partnership.rules.attendance.attendance import PersonAttendance, SeatAttendance
from partnership.rules.deadlines.due_dates import Due
from partnership.rules.plain_dates import brief_date, counted, long_date, plain_time, short_date
from reviews.attendance import YearPart
from reviews.presenters.addresses import of_action, of_board, of_meeting, of_paper, of_reply
from reviews.presenters.days import from_today, on_day
from reviews.presenters.home_parts import (
    BoardLink,
    NextMeeting,
    Tag,
    board_links,
    decisions_words,
    greeting,
    next_meetings,
    place_and_time,
)
from reviews.presenters.own_duties import OwnDuty
from reviews.queries.actions import SHOWN_OWN
from reviews.queries.own import ReplyAsked

SHOWN_ITEMS = 8
SHOWN_THEN = 3
STYLES = {"no": "no", "soon": "soon"}


@dataclass(frozen=True, slots=True)
class Question:
    """Whether they come to their next meeting. `href` is the page of the reply, which also takes it."""

    heading: str
    about: str
    href: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item to read, by its first paper where it has one."""

    title: str
    href: str
    kind: str
    is_decision: bool
    facts: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers of a meeting to come; `asks` says how many items want a decision."""

    heading: str
    summary: str
    asks: str
    items: tuple[ItemRow, ...]
    more: int
    href: str


@dataclass(frozen=True, slots=True)
class OwnAction:
    title: str
    href: str
    hint: str
    tag: Tag


@dataclass(frozen=True, slots=True)
class Record:
    """How often the person came this year, on the board of their next meeting."""

    sentence: str
    href: str


@dataclass(frozen=True, slots=True)
class MemberHome:
    """Everything the template prints. What is absent is None or empty; `nothing` stands where nothing is to do."""

    today: str
    heading: str
    question: Question | None
    papers: Papers | None
    coming_papers: str
    actions: tuple[OwnAction, ...]
    has_more_actions: bool
    nothing: str
    next_meeting: NextMeeting | None
    next_day: str
    next_place: str
    meetings: tuple[NextMeeting, ...]
    record: Record | None
    boards: tuple[BoardLink, ...]
    duties: tuple[OwnDuty, ...]


def member_home(
    *,
    name: str,
    boards: Iterable[Board],
    asked: ReplyAsked | None,
    agenda: Agenda | None,
    papers_due: Due | None,
    actions: Sequence[Action],
    meetings: Sequence[Meeting],
    record: Record | None,
    duties: tuple[OwnDuty, ...],
    now: datetime,
) -> MemberHome:
    """`agenda` is the soonest published one; `papers_due` says when that of the next meeting falls due."""
    today = now.date()
    papers = _papers(agenda, today) if agenda is not None and agenda.items else None
    coming = _coming_papers(meetings, papers_due, today)
    question = _question(asked, today) if asked is not None else None
    is_free = question is None and papers is None and not actions and not duties
    rows = next_meetings(meetings, outlooks={}, deadlines={}, today=today)
    return MemberHome(
        today=long_date(today),
        heading=greeting(name, now),
        question=question,
        papers=papers,
        coming_papers="" if papers is not None or is_free else coming,
        actions=tuple(_own_action(action, today) for action in actions[:SHOWN_OWN]),
        has_more_actions=len(actions) > SHOWN_OWN,
        nothing=f"You have nothing to do. {coming}".strip() if is_free else "",
        next_meeting=rows[0] if rows else None,
        next_day=long_date(meetings[0].on) if meetings else "",
        next_place=_place(meetings[0], today) if meetings else "",
        meetings=rows[1 : 1 + SHOWN_THEN],
        record=record,
        duties=duties,
        boards=board_links(boards),
    )


# --- what to do -------------------------------------------------------------------------------------------------------


def _question(asked: ReplyAsked, today: date) -> Question:
    meeting = asked.meeting
    return Question(
        heading=f"First: are you coming {on_day(meeting.on, today)}?",
        about=f"{meeting.board.short_name}, {place_and_time(meeting)}",
        href=of_reply(meeting, asked.seat_key),
    )


def _papers(agenda: Agenda, today: date) -> Papers:
    meeting = agenda.meeting
    # What is limited is read on the agenda, where the reading is recorded.
    shown = [each for each in agenda.items if not each.is_limited]
    return Papers(
        heading=f"Papers for {brief_date(meeting.on, today)} are ready",
        summary=f"{counted(agenda.size, 'item')}, {counted(agenda.pages_in_all, 'page')}.",
        asks=decisions_words(agenda),
        items=tuple(_item_row(each, meeting) for each in shown[:SHOWN_ITEMS]),
        more=max(0, agenda.size - len(shown[:SHOWN_ITEMS])),
        href=of_meeting("meeting", meeting),
    )


def _item_row(each: ItemOnAgenda, meeting: Meeting) -> ItemRow:
    pages = sum(paper.pages or 0 for paper in each.papers)
    facts = f", {counted(pages, 'page')}" if pages else ", no paper" if not each.papers else ""
    publication = each.item.published_in if each.added_later else None
    added = f" Added {short_date(publication.published_at.astimezone(LONDON).date())}." if publication else ""
    return ItemRow(
        title=f"Item {each.number}: {each.item.title}",
        href=of_paper(each.papers[0], meeting) if each.papers else of_meeting("meeting", meeting),
        kind=each.item.get_kind_display(),
        is_decision=each.item.kind == ItemKind.DECISION,
        facts=f"{facts}.{added}",
        is_new=each.added_later,
    )


def _coming_papers(meetings: Sequence[Meeting], due: Due | None, today: date) -> str:
    """`Papers for 22 April will be here by 15 April.`; empty where no meeting is planned or no duty says when."""
    if not meetings or due is None:
        return ""
    meeting = brief_date(meetings[0].on, today)
    if due.on < today:
        return f"Papers for {meeting} were due by {brief_date(due.on, today)}."
    return f"Papers for {meeting} will be here by {brief_date(due.on, today)}."


def _own_action(action: Action, today: date) -> OwnAction:
    state = state_of(action, today)
    return OwnAction(
        title=f"{action.reference}: {action.text}",
        href=of_action(action),
        hint=f"Agreed on {brief_date(action.agreed_on, today)}. Due {long_date(action.due_on)}.",
        tag=Tag(state.words, STYLES.get(state.tag, "open")),
    )


def _place(meeting: Meeting, today: date) -> str:
    """`10am to 12:30pm, in 3 days. Civic Offices, room 4.`"""
    ends = f" to {plain_time(meeting.ends_at)}" if meeting.ends_at else ""
    place = f" {meeting.place}." if meeting.place else ""
    return f"{plain_time(meeting.starts_at)}{ends}, {from_today(meeting.on, today)}.{place}"


# --- the record -------------------------------------------------------------------------------------------------------


def own_record(*, held: Appointment, name: str, parts: Iterable[YearPart], board: Board) -> Record | None:
    """`You came to 1 of 1 meetings this year, and so did your agency.`; None before the first that counts.

    The year's parts together: what the person came to, and what their seat was represented at.
    """
    came = asked = seat_came = seat_asked = 0
    for row in (seat for part in parts for seat in part.report.seats if seat.seat.id == held.seat.key):
        came, asked = came + _came(row, name), asked + _asked(row, name)
        seat_came, seat_asked = seat_came + row.rate.attended, seat_asked + row.rate.expected
    if not seat_asked:
        return None
    whose = "agency" if held.seat.agency_id else "seat"
    if not asked:
        sentence = f"Your {whose} came to {seat_came} of {seat_asked} meetings this year."
    elif (came, asked) == (seat_came, seat_asked):
        sentence = f"You came to {came} of {asked} meetings this year, and so did your {whose}."
    else:
        sentence = f"You came to {came} of {asked} meetings this year, your {whose} to {seat_came} of "
        sentence += f"{seat_asked}."
    return Record(sentence=sentence, href=of_board("attendance", board))


def _of_person(row: SeatAttendance, name: str) -> Iterable[PersonAttendance]:
    return (person for person in row.people if person.person == name)


def _came(row: SeatAttendance, name: str) -> int:
    return sum(person.rate.attended for person in _of_person(row, name))


def _asked(row: SeatAttendance, name: str) -> int:
    return sum(person.rate.expected for person in _of_person(row, name))
