"""The rows of a register as printed: who holds the seat, what is recorded, since when, what may be pressed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.urls import reverse

from meetings.models import Attendance, DeputyStanding, Meeting, Mode, Presence, Recorded, ReplyAnswer
from meetings.presenters.shown import Rights
from meetings.presenters.words import clock_time
from meetings.queries import Register, RegisterRow
from membership.roles import seat_id_in_terms
from partnership.navigation import address_of
from partnership.rules.quorum.preparation import prepared
from partnership.rules.quorum.terms import Capacity, Group, OfficeHeld, Organisations, QuorumTerms, Seat, Test

CHOICES = (
    (Recorded.PRESENT, "y"),
    (Recorded.DEPUTY, "d"),
    (Recorded.APOLOGIES, "a"),
    (Recorded.DID_NOT_ATTEND, "n"),
)
LETTERS = dict(CHOICES)
MODE_WORDS = {Mode.IN_THE_ROOM: "In the room", Mode.REMOTE: "Remote"}


@dataclass(frozen=True, slots=True)
class ChoiceOnRow:
    """One radio of a row."""

    value: str
    label: str
    letter: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class RowOnPage:
    """One row. `letter` is y, d, a, n or empty; `id` is the attendance's, None before the register is opened.

    `signed` says whether its people have signed the agreement, where they are asked to or have.
    """

    id: int | None
    version: int
    seat: str
    who: str
    others: str
    letter: str
    choices: tuple[ChoiceOnRow, ...]
    is_remote: bool
    note: str
    warning: str
    has_left: bool
    is_here: bool
    is_coming: bool
    is_required: bool
    href: str
    is_unsaved: bool = False
    signed: str = ""
    lacks_signature: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to record of it for now."""
        return bool(self.letter) or not self.choices

    @property
    def css(self) -> str:
        """How its state is drawn."""
        state = f" q-seat--{self.letter}" if self.letter else ""
        return f"q-seat{state} q-seat--left" if self.has_left else f"q-seat{state}"

    @property
    def chosen(self) -> ChoiceOnRow | None:
        """The radio that is on; None while none is."""
        return next((choice for choice in self.choices if choice.is_chosen), None)


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows under one heading, with how many of them are here."""

    title: str
    id: str
    rows: tuple[RowOnPage, ...]
    is_open: bool

    @property
    def here(self) -> str:
        if not self.is_open:
            return f"{sum(row.is_coming for row in self.rows)} of {len(self.rows)} coming"
        return f"{sum(row.is_here for row in self.rows)} of {len(self.rows)} here"


def row_groups(register: Register, rights: Rights) -> list[RowGroup]:
    """Seats the quorum names first, then the other counted seats, then whoever is there and not counted."""
    terms = register.terms.quorum if register.terms else None
    required = required_seats(terms) if terms else frozenset()
    uncounted = uncounted_seats(terms) if terms else frozenset()
    href = _rows_href(register.meeting)
    rows = [(row, _row(row, href, required, rights)) for row in register.seats]
    groups = (
        ("Required for the quorum", "required", [page for row, page in rows if page.is_required]),
        (
            "Other members" if required else "Members",
            "members",
            [page for row, page in rows if not page.is_required and _key(row) not in uncounted],
        ),
        (
            "Here, but not counted" if register.meeting.opened_at else "Not counted",
            "uncounted",
            [page for row, page in rows if not page.is_required and _key(row) in uncounted]
            + [_guest(row, href) for row in register.guests],
        ),
    )
    is_open = register.meeting.opened_at is not None
    return [RowGroup(title, name, tuple(pages), is_open) for title, name, pages in groups if pages]


def _key(row: RegisterRow) -> str:
    return seat_id_in_terms(row.held.seat.key) if row.held else ""


def counted_seats(register: Register) -> list[RegisterRow]:
    """The rows of the seats that can be a head."""
    uncounted = uncounted_seats(register.terms.quorum) if register.terms else frozenset()
    return [row for row in register.seats if _key(row) not in uncounted]


def required_seats(terms: QuorumTerms) -> frozenset[str]:
    """Keys of the seats that some quorum rule asks for by office or organisation, and that may meet it."""
    offices: set[str] = set()
    organisations: set[str] = set()
    for rule in terms.rules:
        for test in _leaves(rule.test):
            if isinstance(test, OfficeHeld):
                offices.update(test.any_of)
            elif isinstance(test, Organisations):
                organisations.update(each for choice in test.of for each in choice.any_of)
    return frozenset(
        seat.id
        for seat in terms.seats
        if (offices.intersection(seat.offices) and _capacity(seat, terms).fills_offices)
        or (organisations.intersection(_stands_for(seat, terms)) and _capacity(seat, terms).represents)
    )


def _capacity(seat: Seat, terms: QuorumTerms) -> Capacity:
    return prepared(terms).capacities[seat.capacity]


def _stands_for(seat: Seat, terms: QuorumTerms) -> set[str]:
    """The organisation of a seat, and those for which it may stand."""
    if seat.organisation is None:
        return set()
    organisation = terms.organisations.get(seat.organisation)
    return {seat.organisation, *(organisation.stands_for if organisation else ())}


def uncounted_seats(terms: QuorumTerms) -> frozenset[str]:
    """Keys of the seats whose capacity is never a head."""
    return frozenset(
        seat.id
        for seat in terms.seats
        if seat.capacity in terms.capacities and not terms.capacities[seat.capacity].counts
    )


def _leaves(test: Test) -> Iterable[Test]:
    if isinstance(test, Group):
        for part in test.of:
            yield from _leaves(part)
    else:
        yield test


# --- one row ----------------------------------------------------------------------------------------------------------


def _row(row: RegisterRow, rows_href: str, required: frozenset[str], rights: Rights) -> RowOnPage:
    held = row.held
    recorded = row.recorded
    who, others = _people(row)
    return RowOnPage(
        id=row.attendance.pk if row.attendance else None,
        version=row.version,
        seat=held.seat.name if held else "",
        who=who,
        others=others,
        letter=LETTERS.get(recorded, ""),
        choices=choices_of(recorded),
        is_remote=bool(row.attendance and row.attendance.mode == Mode.REMOTE),
        note=_note(row, rights),
        warning=_warning(row.attendance, rights),
        has_left=row.has_attended and bool(row.presences) and not row.is_in_the_meeting,
        is_here=row.is_in_the_meeting,
        is_coming=row.reply is not None and row.reply.answer != ReplyAnswer.APOLOGIES,
        is_required=_key(row) in required,
        href=f"{rows_href}{row.attendance.pk}/" if row.attendance else "",
    )


@cache
def choices_of(recorded: Recorded) -> tuple[ChoiceOnRow, ...]:
    """The radios of a row of which this is recorded."""
    return tuple(ChoiceOnRow(value.value, value.label, letter, value is recorded) for value, letter in CHOICES)


def _rows_href(meeting: Meeting) -> str:
    """What the addresses of the meeting's rows begin with; the number of a row ends them."""
    return reverse("register_row", args=(*address_of(meeting.board), meeting.address, 0)).removesuffix("0/")


def _people(row: RegisterRow) -> tuple[str, str]:
    """Who is there (or would be), and beside them who deputises."""
    held, attendance = row.held, row.attendance
    representative = held.representative.person.name if held and held.representative else ""
    if row.recorded is Recorded.DEPUTY and attendance:
        came = attendance.person.name if attendance.person else attendance.guest_name
        return came, f"deputy for {representative}" if representative else "for a vacant seat"
    if not representative:
        return "Vacant", ""
    deputies = ", ".join(deputy.person.name for deputy in held.deputies) if held else ""
    return representative, f"deputy: {deputies}" if deputies else "no deputy named"


def _warning(attendance: Attendance | None, rights: Rights) -> str:
    """What was found of a deputy who came; grade and authority only for those who may read them."""
    if attendance is None or attendance.recorded != Recorded.DEPUTY:
        return ""
    if attendance.deputy_standing == DeputyStanding.IMPROPER:
        why = f": {attendance.deputy_note}" if rights.shows_grades and attendance.deputy_note else ""
        reason = attendance.deputy_reason.rstrip(".") if rights.shows_grades else ""
        return f"Not a proper deputy{why}.{f' Reason: {reason}.' if reason else ''}"
    if attendance.deputy_standing == DeputyStanding.NOT_CHECKED:
        return "Authority and grade not checked."
    return ""


def _note(row: RegisterRow, rights: Rights) -> str:
    """The line under the choices: from when to when, or what is known instead."""
    attendance = row.attendance
    if attendance and row.has_attended and row.presences:
        return "; ".join(presence_words(presence, Mode(attendance.mode)) for presence in row.presences) + "."
    if attendance and row.recorded is Recorded.APOLOGIES:
        return f"Apologies: {attendance.reason}." if attendance.reason and rights.shows_reasons else "Sent apologies."
    if row.recorded is Recorded.DID_NOT_ATTEND:
        return "Did not attend."
    return _reply_words(row) if rights.shows_replies else ""


def presence_words(presence: Presence, mode: Mode) -> str:
    """`In the room from 9:52am`, `Remote from 10am to 11:12am`."""
    words = f"{MODE_WORDS[mode]} from {clock_time(presence.arrived_at)}"
    return f"{words} to {clock_time(presence.left_at)}" if presence.left_at else words


def _reply_words(row: RegisterRow) -> str:
    if row.reply is None:
        return "No reply."
    if row.reply.answer == ReplyAnswer.COMING:
        return "Said they are coming."
    if row.reply.answer == ReplyAnswer.DEPUTY:
        return f"Said that {row.reply.person} comes as deputy."
    return "Sent apologies."


def _guest(row: RegisterRow, rows_href: str) -> RowOnPage:
    """Somebody there without a seat."""
    attendance = row.attendance
    if attendance is None:
        raise ValueError("A guest is there only as a row of the register.")
    presences = "; ".join(presence_words(presence, Mode(attendance.mode)) for presence in row.presences)
    return RowOnPage(
        id=attendance.pk,
        version=row.version,
        seat=attendance.get_attends_as_display(),
        who=attendance.person.name if attendance.person else attendance.guest_name,
        others="not counted",
        letter="y" if row.is_in_the_meeting else "",
        choices=(),
        is_remote=attendance.mode == Mode.REMOTE,
        note=f"{presences}." if presences else "",
        warning="",
        has_left=bool(row.presences) and not row.is_in_the_meeting,
        is_here=row.is_in_the_meeting,
        is_coming=False,
        is_required=False,
        href=f"{rows_href}{attendance.pk}/",
    )
