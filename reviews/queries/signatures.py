"""Signatures of the confidentiality agreement still owed: by one person, and for so long that the chair hears."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from meetings.models import ConfidentialityAgreement, Meeting
from meetings.queries.signatures import SIGNED
from partnership.access import Role
from partnership.models import Board, Obligation, User
from partnership.obligations.hours import rule_of, steps_of
from partnership.rules.deadlines.deadlines import Deadline

MEETING = "meetings.meeting"


@dataclass(frozen=True, slots=True)
class Unsigned:
    """How many have not signed at one meeting, for how many days past the date of its rule."""

    meeting: Meeting
    rule: Deadline
    people: int
    days: int


def owed_by(*, person: User, on: date) -> list[Meeting]:
    """The meetings at which that person attended and has not signed, while there is a text. One query."""
    owed = Obligation.objects.open().filter(cause_type=MEETING, duty=SIGNED, occurrence=str(person.pk))
    written = ConfidentialityAgreement.objects.filter(board=OuterRef("board"))
    meetings = Meeting.objects.visible_to(person, on).filter(Exists(written), pk__in=owed.values("cause_id"))
    return list(meetings.select_related("board__partnership").order_by("on", "starts_at"))


def told_to_the_chair(*, board: Board, on: date) -> list[Unsigned]:
    """The meetings of which the rule lets the chair hear by now, the earliest first. Two queries at most."""
    found: dict[int, list[Obligation]] = {}
    rows = Obligation.objects.open().filter(board=board, cause_type=MEETING, duty=SIGNED, due_on__lt=on)
    for obligation in rows.select_related("constitution").order_by("due_on", "pk"):
        days = (on - obligation.due_on).days
        if any(step.offset <= days and Role.CHAIR in step.roles for step in steps_of(obligation)):
            found.setdefault(obligation.cause_id, []).append(obligation)
    meetings = Meeting.objects.in_bulk(found) if found else {}
    for meeting in meetings.values():
        meeting.board = board
    return [
        Unsigned(meetings[cause], rule_of(owed[0]), len(owed), (on - owed[0].due_on).days)
        for cause, owed in found.items()
    ]
