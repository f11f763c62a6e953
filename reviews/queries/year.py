"""A board's year for its overview: registers, duties with the reasons given, and decisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from meetings.models import AgendaPublication, Decision, Meeting, Minutes
from meetings.queries import Register, registers_of
from partnership.access import Asker
from partnership.models import Board, DutyWaiver, Obligation
from partnership.obligations.causes import Wording, cause_of, loaded, of_one_person
from partnership.obligations.hours import rule_of
from partnership.rules.deadlines.deadlines import Deadline

# A board that meets every week for a year is shown in full; of more, the latest.
MOST_MEETINGS = 60
MOST_DUTIES = 200


@dataclass(frozen=True, slots=True)
class DutyOfYear:
    """One obligation. `meeting_on` is None where it hangs on no meeting, `reason` empty where none was given; `waiver`
    is the one that counts, where it is waived.
    """

    obligation: Obligation
    rule: Deadline
    wording: Wording
    meeting_on: date | None
    address: str
    reason: str
    waiver: DutyWaiver | None = None


@dataclass(frozen=True, slots=True)
class DecisionTaken:
    meeting_id: int
    at: datetime


def held_registers(*, board: Board, user: Asker, year: int, today: date) -> list[Register]:
    """The registers of the meetings held in that year, the first first. Ten queries, however many meetings."""
    held = Meeting.objects.visible_to(user, today).held().filter(board=board, on__year=year)
    latest = held.select_related("board__partnership").order_by("-on", "-starts_at")[:MOST_MEETINGS]
    return registers_of(meetings=list(reversed(latest)))


def decisions_taken(*, board: Board, user: Asker, year: int, today: date) -> list[DecisionTaken]:
    """When the meetings of that year decided anything, as far as the person may read of it. One query."""
    decisions = Decision.objects.visible_to(user, today).filter(item__meeting__board=board)
    of_year = decisions.filter(item__meeting__on__year=year)
    return [DecisionTaken(*row) for row in of_year.values_list("item__meeting", "decided_at")]


def duties_of_year(*, board: Board, year: int, most: int | None = MOST_DUTIES) -> list[DutyOfYear]:
    """What fell or falls due in that year, by date, and why any came late. Five queries, however many duties.

    The first `most` of them; all where that is None. What every member owes for themselves is left out: it would be as
    many lines as there are members.
    """
    due = Obligation.objects.filter(board=board, due_on__year=year, cancelled_at=None)
    due = due.exclude(of_one_person())
    rows = list(due.select_related("constitution").order_by("due_on", "pk")[:most])
    causes = loaded(rows)
    meetings = {row.pk for row in causes.values() if isinstance(row, Meeting)}
    reasons = _reasons(meetings)
    waivers = _waivers(row.pk for row in rows if row.waived_at is not None)
    return [_duty(row, causes[row.pk], reasons, waivers.get(row.pk)) for row in rows]


def _waivers(waived: Iterable[int]) -> dict[int, DutyWaiver]:
    """The last word on each of these obligations. One query, and none where nothing is waived."""
    asked = list(waived)
    if not asked:
        return {}
    rows = DutyWaiver.objects.filter(obligation__in=asked, what=DutyWaiver.What.WAIVED).select_related("by")
    return {row.obligation_id: row for row in rows.order_by("pk")}


def _reasons(meetings: set[int]) -> dict[tuple[int, str], str]:
    """Why papers or minutes of a meeting came when they did, by meeting and duty."""
    agendas = AgendaPublication.objects.filter(meeting__in=meetings, version=1).exclude(reason="")
    minutes = Minutes.objects.filter(meeting__in=meetings, version=1).exclude(reason="")
    found = {(meeting, "papers"): reason for meeting, reason in agendas.values_list("meeting", "reason")}
    for meeting, reason in minutes.values_list("meeting", "reason"):
        found[meeting, "minutes"] = found[meeting, "minutes-and-tracker"] = reason
    return found


def _duty(row: Obligation, cause: object, reasons: dict[tuple[int, str], str], waiver: DutyWaiver | None) -> DutyOfYear:
    kind = cause_of(row.cause_type)
    meeting = cause if isinstance(cause, Meeting) else None
    return DutyOfYear(
        obligation=row,
        rule=rule_of(row),
        wording=kind.wording(cause, row),
        meeting_on=meeting.on if meeting else None,
        address=kind.address(cause, row),
        reason=reasons.get((meeting.pk, row.duty), "") if meeting else "",
        waiver=waiver,
    )
