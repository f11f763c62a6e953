"""The sheet that is signed in the room: a line for every seat, and what the terms ask of those who sign."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from meetings.models import Meeting
from meetings.presenters.words import when
from meetings.queries import Register, RegisterRow
from partnership.navigation import address_of
from partnership.rules.clauses import Clause
from partnership.rules.deadlines.deadlines import Anchor, Deadline
from partnership.rules.meeting_kinds import MeetingKind

# Whose duties on the day are printed over the signatures, as constitutions call them.
WHO_SIGNS = "attending member"
SPARE_LINES = 4


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line: the seat, who is expected in it, and who may come instead."""

    seat: str
    name: str
    deputies: str


@dataclass(frozen=True, slots=True)
class Declaration:
    """What whoever signs agrees to: the duty by its permanent id and in words, and its clause."""

    id: str
    duty: str
    clause: Clause


@dataclass(frozen=True, slots=True)
class SignInSheet:
    """Everything the sheet prints. `spare` lines are for people without a seat."""

    board: str
    when: str
    place: str
    declarations: tuple[Declaration, ...]
    lines: tuple[SheetLine, ...]
    spare: range
    register_href: str


def sign_in_sheet(register: Register) -> SignInSheet:
    """The sheet of a meeting. It asks for nothing that the terms in force on its day do not ask for."""
    meeting = register.meeting
    return SignInSheet(
        board=meeting.board.name,
        when=when(meeting),
        place=meeting.place,
        declarations=declarations_of(register),
        lines=tuple(_line(row) for row in register.seats),
        spare=range(SPARE_LINES),
        register_href=reverse("register", args=(*address_of(meeting.board), meeting.address)),
    )


def declarations_of(register: Register) -> tuple[Declaration, ...]:
    """What everybody who attends signs on the day, by the terms in force then; nothing where they ask for none."""
    duties = register.terms.deadlines if register.terms else ()
    return tuple(Declaration(rule.id, rule.duty, rule.clause) for rule in duties if _is_signed(rule, register.meeting))


def _is_signed(rule: Deadline, meeting: Meeting) -> bool:
    """Whether the rule asks something of those who attend, on the day of a meeting of this kind."""
    is_that_day = rule.anchor is Anchor.MEETING and rule.amount == 0
    kind = MeetingKind(meeting.get_kind_display().lower())
    return rule.owner == WHO_SIGNS and is_that_day and not rule.only_for and rule.applies_at(kind)


def _line(row: RegisterRow) -> SheetLine:
    held = row.held
    if held is None:
        raise ValueError("Only seats have a line of their own.")
    name = held.representative.person.name if held.representative else ""
    return SheetLine(held.seat.name, name, ", ".join(deputy.person.name for deputy in held.deputies))
