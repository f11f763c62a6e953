"""The whole register page: before the day a forecast, on the day the live answer, afterwards the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from django.urls import reverse

from meetings.live_quoracy import Quoracy, quoracy_at
from meetings.models import Meeting, MeetingStatus, Recorded, ReplyAnswer
from meetings.operations import AttendanceClash, Clash, RowValues
from meetings.presenters.confidentiality import NOT_SIGNED, SigningOnRegister, signing_on_register
from meetings.presenters.register_answer import AnswerCard, answer_card, counts_only, not_answered
from meetings.presenters.register_rows import RowGroup, RowOnPage, counted_seats, row_groups
from meetings.presenters.register_table import TablePicture, table_picture
from meetings.presenters.register_time import EventOnPage, StripOnPage, events_of, strip_of
from meetings.presenters.shown import Rights
from meetings.presenters.words import clock_time, when
from meetings.queries import ItemTaken, Register, RegisterRow
from meetings.queries.signatures import Signing
from meetings.quoracy import NoTermsInForce
from partnership.access import Action, Kind
from partnership.clock import LONDON
from partnership.navigation import address_of
from partnership.rules.plain_dates import counted, listed, long_date
from partnership.rules.quorum.base import SizeNotGiven


@dataclass(frozen=True, slots=True)
class ClashOnPage:
    """One row that two people changed: both values, in words."""

    id: int
    seat: str
    theirs: str
    yours: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Why nothing was saved."""

    sentence: str
    clashes: tuple[ClashOnPage, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """The meeting, and the addresses of what can be done with its register."""

    title: str
    is_open: bool
    board: str
    day: str
    when: str
    state: str
    href: str
    meeting_href: str
    changes_href: str
    sheet_href: str
    record_href: str
    add_href: str
    open_href: str
    close_href: str
    history_href: str


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """Everything the template prints."""

    heading: Heading
    card: AnswerCard
    groups: tuple[RowGroup, ...]
    table: TablePicture | None
    tally: str
    strip: StripOnPage | None
    events: tuple[EventOnPage, ...]
    can_record: bool
    can_open: bool
    can_look_back: bool
    can_read_record: bool
    now: str
    signing: SigningOnRegister | None = None

    @property
    def stamp(self) -> str:
        """Stands for all that the page says beside its rows: another one means that something there has changed."""
        said = repr((self.heading, self.card, self.table, self.tally, self.events, self.now, self.signing))
        return sha256(said.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class ChangedGroup:
    """What a page must replace in one of its groups of rows, and add to it. `is_new` when it has none of its rows."""

    group: RowGroup
    changed: tuple[RowOnPage, ...]
    added: tuple[RowOnPage, ...]
    is_new: bool


def changed_groups(page: RegisterPage, drawn: Mapping[int, str], saved: AbstractSet[int]) -> tuple[ChangedGroup, ...]:
    """What is to change on a page that shows these versions of rows, by their ids, after the rows `saved` by it."""
    groups = []
    for group in page.groups:
        known = tuple(row for row in group.rows if row.id in drawn)
        changed = tuple(row for row in known if row.id in saved or drawn.get(row.id or 0) != str(row.version))
        added = tuple(row for row in group.rows if row.id not in drawn)
        groups.append(ChangedGroup(group, changed, added, is_new=not known))
    return tuple(groups)


def clash_problem(clash: AttendanceClash) -> Problem:
    """Both values of every row that somebody else changed since the page was drawn."""
    return Problem(
        "Somebody else changed the register while you were writing. Nothing was saved.",
        tuple(_clash(each) for each in clash.clashes),
    )


def _clash(clash: Clash) -> ClashOnPage:
    row = clash.attendance
    return ClashOnPage(
        id=row.pk, seat=str(row.seat or row.guest_name), theirs=_value(clash.theirs), yours=_value(clash.yours)
    )


def _value(values: RowValues) -> str:
    remote = f", {values.mode.label.lower()}" if values.person_id or values.name else ""
    return f"{values.recorded.label}{remote}"


def register_page(
    register: Register,
    *,
    rights: Rights,
    now: datetime,
    posted: Mapping[str, str],
    course: Sequence[ItemTaken] = (),
    signing: Signing | None = None,
) -> RegisterPage:
    """`posted` holds a form that could not be saved: its choices are shown, so that nothing typed is lost.

    `course` is what the reader may know of the items taken so far; `signing` how far the agreement is signed, None
    where nobody is asked to.
    """
    meeting = register.meeting
    may_write = rights.may(Kind.REGISTER, Action.WRITE)
    groups = row_groups(register, rights)
    signed = signing_on_register(meeting, signing) if signing and meeting.opened_at else None
    quoracy, card = _quoracy(register, now)
    if meeting.opened_at is None and not rights.shows_replies:
        card = counts_only(register)
    return RegisterPage(
        heading=_heading(meeting),
        card=card,
        groups=tuple(_with_signed(_with_posted(group, posted), signed) for group in groups),
        table=_table(groups) if meeting.opened_at and quoracy else None,
        tally=_tally(register),
        strip=strip_of(meeting, quoracy.spans, now, course) if quoracy else None,
        events=tuple(events_of(register, quoracy.spans if quoracy else (), now, course)),
        can_record=may_write and meeting.is_open,
        can_open=may_write
        and meeting.opened_at is None
        and meeting.status == MeetingStatus.PLANNED
        and now.astimezone(LONDON).date() >= meeting.on,
        can_look_back=rights.may(Kind.HISTORY, Action.READ),
        can_read_record=rights.may(Kind.MINUTES_DRAFT, Action.READ) and meeting.opened_at is not None,
        now=clock_time(now) if meeting.is_open else "",
        signing=signed,
    )


def _table(groups: Sequence[RowGroup]) -> TablePicture | None:
    """The seats that count, round a table."""
    by_id = {group.id: group.rows for group in groups}
    return table_picture(by_id.get("required", ()), by_id.get("members", ()))


def _quoracy(register: Register, now: datetime) -> tuple[Quoracy | None, AnswerCard]:
    """The core's answer and the card that prints it; where it cannot answer, a card that says why."""
    try:
        quoracy = quoracy_at(register, now=now)
    except (NoTermsInForce, SizeNotGiven) as cannot:
        return None, not_answered(register, str(cannot))
    return quoracy, answer_card(register, quoracy, now=now)


def _heading(meeting: Meeting) -> Heading:
    at = (*address_of(meeting.board), meeting.address)
    return Heading(
        title="Register" if meeting.opened_at else "Who is coming",
        is_open=meeting.opened_at is not None,
        board=meeting.board.name,
        day=long_date(meeting.on),
        when=when(meeting),
        state=_state(meeting),
        href=reverse("register", args=at),
        meeting_href=reverse("meeting", args=at),
        changes_href=reverse("register_changes", args=at),
        sheet_href=reverse("register_sheet", args=at),
        record_href=reverse("record", args=at),
        add_href=reverse("register_add", args=at),
        open_href=reverse("register_open", args=at),
        close_href=reverse("register_close", args=at),
        history_href=reverse("register_history", args=at),
    )


def _state(meeting: Meeting) -> str:
    if meeting.status == MeetingStatus.CANCELLED:
        return "Cancelled."
    if meeting.closed_at:
        return f"Register closed at {clock_time(meeting.closed_at)}."
    if meeting.opened_at:
        return f"Register open since {clock_time(meeting.opened_at)}."
    return "The register is not open yet."


def _with_posted(group: RowGroup, posted: Mapping[str, str]) -> RowGroup:
    """The choices as they were sent. A row keeps its present version, so that saving again wins."""
    if not posted:
        return group
    return replace(group, rows=tuple(_row_with(row, posted.get(f"recorded-{row.id}")) for row in group.rows))


def _row_with(row: RowOnPage, chosen: str | None) -> RowOnPage:
    if chosen is None:
        return row
    is_other = any(choice.value == chosen and not choice.is_chosen for choice in row.choices)
    choices = tuple(replace(choice, is_chosen=choice.value == chosen) for choice in row.choices)
    return replace(row, choices=choices, is_unsaved=is_other)


def _with_signed(group: RowGroup, signed: SigningOnRegister | None) -> RowGroup:
    if signed is None:
        return group
    said = ((row, signed.rows.get(row.id or 0, "")) for row in group.rows)
    rows = (replace(row, signed=words, lacks_signature=words == NOT_SIGNED) for row, words in said)
    return replace(group, rows=tuple(rows))


# --- how many ---------------------------------------------------------------------------------------------------------


def _tally(register: Register) -> str:
    """`14 present (11 members, 3 deputies), 4 apologies, 6 not here yet.`, or before the day the replies."""
    seats = counted_seats(register)
    if register.meeting.opened_at is None:
        return _replies(seats)
    here = [row for row in seats if row.is_in_the_meeting or (register.meeting.closed_at and row.has_attended)]
    deputies = sum(row.recorded is Recorded.DEPUTY for row in here)
    apologies = sum(row.recorded is Recorded.APOLOGIES for row in seats)
    did_not = sum(row.recorded is Recorded.DID_NOT_ATTEND for row in seats)
    left = sum(row.has_attended and row not in here for row in seats)
    rest = len(seats) - len(here) - apologies - did_not - left
    members = counted(len(here) - deputies, "representative")
    parts = [f"{len(here)} present ({members}, {counted(deputies, 'deputy', 'deputies')})"]
    parts += [f"{left} left"] if left else []
    parts += [counted(apologies, "apology", "apologies")]
    parts += [f"{did_not} did not attend"] if did_not else []
    parts += [f"{rest} not here yet"] if rest else []
    return f"{listed(parts)}."


def _replies(seats: Sequence[RegisterRow]) -> str:
    answers = [row.reply.answer for row in seats if row.reply]
    coming = answers.count(ReplyAnswer.COMING)
    deputies = answers.count(ReplyAnswer.DEPUTY)
    apologies = answers.count(ReplyAnswer.APOLOGIES)
    return (
        f"{coming} said they are coming, {deputies} that a deputy comes, {apologies} sent apologies, "
        f"{len(seats) - len(answers)} have not replied."
    )
