"""A meeting's own page as its team sees it: what is due, what moved, and whether it will be quorate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from meetings.live_quoracy import Quoracy, quoracy_at
from meetings.models import CalendarAnswer, Meeting, MeetingKind, MeetingStatus, ReplyAnswer
from meetings.presenters.meeting_tasks import Phase, Task, address, clause_words, next_task, phases
from meetings.presenters.register_answer import AnswerCard, answer_card, fewest_lines, not_answered
from meetings.presenters.register_rows import counted_seats, required_seats
from meetings.presenters.replies import calendars_alone
from meetings.queries import Preparation, RegisterRow, RepliedSeat
from meetings.quoracy import NoTermsInForce
from membership.roles import seat_id_in_terms
from partnership.change_history import Entry
from partnership.rules.deadlines.deadlines import DeadlineKind
from partnership.rules.plain_dates import WEEKDAYS, counted, listed, long_date, plain_date, plain_time, short_date
from partnership.rules.quorum.base import SizeNotGiven
from partnership.rules.quorum.fewest import FewestStatus

SHOWN = 5
# How the field of a meeting that moved is called on the page.
FIELDS = {"on": "Date", "starts at": "Start", "ends at": "End", "place": "Place", "video link": "Video link"}


@dataclass(frozen=True, slots=True)
class Expected:
    """A seat that the quorum asks for by name, and who is to come for it. `sign` is met, not_met or to_come."""

    seat: str
    says: str
    sign: str


@dataclass(frozen=True, slots=True)
class QuorumCard:
    """The forecast before the day, the answer from then on, with the clause behind it."""

    css: str
    headline: str
    lines: tuple[str, ...]
    expected: tuple[Expected, ...]
    href: str
    answer: AnswerCard
    is_ahead: bool

    @property
    def clause(self) -> str:
        """How the clause behind it is cited."""
        return clause_words(self.answer.clause)

    @property
    def link(self) -> str:
        return "Who is coming, test by test" if self.is_ahead else "Go to the register"


@dataclass(frozen=True, slots=True)
class Moved:
    """One thing that happened."""

    title: str
    by: str
    at: str
    says: str


@dataclass(frozen=True, slots=True)
class Lead:
    """What the page says first; `first` stands out."""

    first: str
    rest: str


@dataclass(frozen=True, slots=True)
class MeetingHome:
    """Everything the template prints."""

    board: str
    title: str
    kind: str
    lead: Lead
    next: Task | None
    can_change: bool
    phases: tuple[Phase, ...]
    is_cancelled: bool
    card: QuorumCard
    replies: tuple[tuple[str, str], ...]
    replies_href: str
    moved: tuple[Moved, ...]
    video_link: str


def meeting_home(
    prep: Preparation,
    *,
    events: Sequence[Entry],
    last: str,
    calendars: Mapping[int, CalendarAnswer],
    today: date,
    now: datetime,
) -> MeetingHome:
    """`events` is the course of events, the latest first; `last` the words of the last change of the meeting itself;
    `calendars` what calendars answered, by the person's id.
    """
    meeting = prep.meeting
    lists = phases(prep, today=today)
    quoracy, card = _card(prep, now)
    return MeetingHome(
        board=meeting.board.name,
        title=title_of(meeting),
        kind=kind_of(meeting),
        lead=_lead(prep, lists, quoracy, last=last, today=today),
        next=next_task(lists, meeting),
        can_change=can_change(meeting),
        phases=lists,
        is_cancelled=meeting.status == MeetingStatus.CANCELLED,
        card=card,
        replies=_replies(prep, calendars),
        replies_href=address("meeting_reply", meeting),
        moved=tuple(_moved(events)[:SHOWN]),
        video_link=meeting.video_link,
    )


def title_of(meeting: Meeting) -> str:
    """`Thursday 22 April 2027, 10am`."""
    return f"{long_date(meeting.on)}, {plain_time(meeting.starts_at)}"


def can_change(meeting: Meeting) -> bool:
    """Whether it can still be moved, cancelled and replied to."""
    return meeting.status == MeetingStatus.PLANNED and meeting.opened_at is None


def kind_of(meeting: Meeting) -> str:
    """The kind of a meeting that is not ordinary."""
    return "" if meeting.kind == MeetingKind.ORDINARY else meeting.get_kind_display()


# --- what it says first -----------------------------------------------------------------------------------------------


def _lead(prep: Preparation, lists: Iterable[Phase], quoracy: Quoracy | None, *, last: str, today: date) -> Lead:
    meeting = prep.meeting
    if meeting.status == MeetingStatus.CANCELLED:
        return Lead("Cancelled.", last)
    late = sum(task.is_late for phase in lists for task in phase.tasks)
    rest = [_next_deadlines(prep, today)]
    rest += [f"{counted(late, 'task')} {'is' if late == 1 else 'are'} late."] if late else []
    rest += [_deciding_replies(quoracy)]
    return Lead(_when(meeting, today), " ".join(part for part in rest if part))


def _when(meeting: Meeting, today: date) -> str:
    days = (meeting.on - today).days
    if meeting.closed_at is not None:
        return "Held today." if days == 0 else f"Held {counted(-days, 'day')} ago."
    if meeting.is_open:
        return "The register is open."
    if days < 0:
        return f"{counted(-days, 'day')} ago, and its register was not taken."
    return "Today." if days == 0 else "Tomorrow." if days == 1 else f"In {days} days."


def _next_deadlines(prep: Preparation, today: date) -> str:
    """`2 deadlines fall on Thursday 15 April.`: the next date on which the terms ask for something still to be done."""
    kept = {duty for duty, obligation in prep.kept.items() if not obligation.is_open}
    ahead = [
        each.on
        for each in prep.rules
        if each.on is not None
        and each.on >= today
        and each.rule.id not in kept
        and each.rule.kind is not DeadlineKind.LOCAL_PRACTICE
    ]
    if not ahead:
        return ""
    on = min(ahead)
    number = ahead.count(on)
    verb = "falls" if number == 1 else "fall"
    day = "today" if on == today else f"on {WEEKDAYS[on.weekday()]} {short_date(on)}"
    return f"{counted(number, 'deadline')} {verb} {day}."


def _deciding_replies(quoracy: Quoracy | None) -> str:
    fewest = quoracy.fewest if quoracy and quoracy.is_forecast else None
    if fewest is None or fewest.status is not FewestStatus.FOUND or not fewest.size:
        return ""
    return "1 reply decides the quorum." if fewest.size == 1 else f"{fewest.size} replies decide the quorum."


# --- the quorum -------------------------------------------------------------------------------------------------------


def _card(prep: Preparation, now: datetime) -> tuple[Quoracy | None, QuorumCard]:
    register, href = prep.register, address("register", prep.meeting)
    is_ahead = prep.meeting.opened_at is None
    try:
        quoracy = quoracy_at(register, now=now)
    except (NoTermsInForce, SizeNotGiven) as cannot:
        nothing = not_answered(register, str(cannot))
        return None, QuorumCard(nothing.css, nothing.sentence, nothing.lines, (), href, nothing, is_ahead)
    answer = answer_card(register, quoracy, now=now)
    if not quoracy.is_forecast:
        return quoracy, QuorumCard(answer.css, quoracy.sentence, answer.lines, (), href, answer, is_ahead)
    lines = tuple(fewest_lines(quoracy.fewest, register)) if quoracy.answer.is_quorate is False else ()
    expected = tuple(_expected(prep))
    return quoracy, QuorumCard(answer.css, quoracy.headline, lines, expected, href, answer, is_ahead)


def _expected(prep: Preparation) -> Iterable[Expected]:
    terms = prep.register.terms
    required = required_seats(terms.quorum) if terms else frozenset()
    for row in prep.register.seats:
        if row.held is not None and seat_id_in_terms(row.held.seat.key) in required:
            yield Expected(row.held.seat.name, *_coming(row))


def _coming(row: RegisterRow) -> tuple[str, str]:
    """In words and as a sign: who is to come for a seat."""
    reply, held = row.reply, row.held
    if reply is not None and reply.person is not None:
        as_deputy = " as deputy" if reply.answer == ReplyAnswer.DEPUTY else ""
        return f"{reply.person.name} is coming{as_deputy}.", "met"
    representative = held.representative.person.name if held and held.representative else ""
    deputies = [deputy.person.name for deputy in held.deputies] if held else []
    spare = f" {listed(deputies)} {'is' if len(deputies) == 1 else 'are'} named as deputy." if deputies else ""
    if reply is not None:
        return f"{representative or 'This seat'} sent apologies.{spare}", "not_met"
    if not representative:
        return f"Vacant.{spare}", "not_met"
    return f"{representative} has not told us.{spare}", "to_come"


# --- replies and events -----------------------------------------------------------------------------------------------


def _replies(prep: Preparation, calendars: Mapping[int, CalendarAnswer]) -> tuple[tuple[str, str], ...]:
    """The counts, of the seats that can be a head; what calendars alone say of them; who else was asked is named."""
    counted_rows = {id(row) for row in counted_seats(prep.register)}
    held = [row for row in prep.held_seats if id(row) in counted_rows]
    answers = [row.reply.answer if row.reply else None for row in held]
    lines = [
        ("Coming", f"{answers.count(ReplyAnswer.COMING)} of {len(held)}"),
        ("Deputy", str(answers.count(ReplyAnswer.DEPUTY))),
        ("No one", str(answers.count(ReplyAnswer.APOLOGIES))),
        ("Not told us", str(answers.count(None))),
    ]
    if alone := calendars_alone((RepliedSeat(row.held, row.reply) for row in held if row.held), calendars):
        lines.append(("Of these, in calendars", alone))
    others = [
        f"{row.held.seat.name}: {row.reply.get_answer_display().lower() if row.reply else 'not told us'}"
        for row in prep.held_seats
        if id(row) not in counted_rows and row.held is not None
    ]
    return (*lines, ("Not counted", ". ".join(others))) if others else tuple(lines)


def _moved(events: Iterable[Entry]) -> list[Moved]:
    return [
        Moved(
            title=event.done,
            by=event.by,
            at=f"{plain_date(event.at.date())} at {plain_time(event.at.time())}",
            says=event.about or _changes(event),
        )
        for event in events
    ]


def _changes(event: Entry) -> str:
    """What became of the meeting's own date, time and place."""
    if event.how == "+":
        return ""
    return " ".join(
        f"{FIELDS[change.field]}: {change.was} → {change.now}." for change in event.changes if change.field in FIELDS
    )


def last_change(events: Sequence[Entry]) -> str:
    """The last change of the meeting itself, in words: `Room flooded (Nell Abara, 3 March 2027).`; empty for none."""
    if not events:
        return ""
    event = events[0]
    return f"{event.done.rstrip('.')} ({event.by}, {plain_date(event.at.date())})."
