"""The ledger of duties on a page and in a file: when each was due, when it was done, by what, and by which clause."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from meetings.models import Decision
from meetings.operations.decided_duties import DONE_BY_DECIDING
from partnership.clock import LONDON
from partnership.models import Board, Obligation
from partnership.navigation import address_of
from partnership.obligations.causes import Wording, cause_of, loaded
from partnership.rules.clauses import cited
from partnership.rules.deadlines.deadlines import DeadlineKind
from partnership.rules.plain_dates import counted, plain_date
from reviews.duties_year import duties_done
from reviews.ledger_narrowing import STATES, Narrowing, duties_in, meetings_in
from reviews.presenters.home_parts import Tag
from reviews.presenters.overview_charts import DutiesChart, duties_chart
from reviews.queries.ledger import CountedDuty, Ledger
from reviews.queries.year import DutyOfYear

HEADINGS = ("For", "Duty", "Kind", "Clause", "Due", "Done", "Days from the due date", "State", "Evidence", "Reason")


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One duty, due once."""

    what: str
    of_what: str
    href: str
    kind: str
    clause: str
    clause_words: str
    due: str
    done: str
    days: int | None
    days_words: str
    tag: Tag
    evidence: str
    reason: str
    decide_href: str
    waiver: str = ""
    waive_href: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    words: str
    href: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class YearChoice:
    year: int
    href: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """`file_hrefs` by the ending of the file; empty for who may not take the ledger away."""

    heading: str
    year: int
    href: str
    lead: str
    narrowed: str
    years: tuple[YearChoice, ...]
    choices: tuple[Choice, ...]
    narrowing: Narrowing
    duties: tuple[tuple[str, str], ...]
    meetings: tuple[tuple[str, str], ...]
    rows: tuple[LedgerRow, ...]
    counted: tuple[CountedDuty, ...]
    chart: DutiesChart | None
    file_hrefs: dict[str, str]
    pdf_href: str
    practices_href: str


def ledger_page(
    *,
    board: Board,
    ledger: Ledger,
    year: int,
    narrowing: Narrowing,
    today: date,
    may_download: bool,
    may_write: bool,
    roles: Collection[str] = (),
) -> LedgerPage:
    """The page as the reader narrowed it; `roles` is what they are to the board."""
    kept = [row for row in ledger.rows if narrowing.keeps(row, today)]
    fell_due = duties_done(kept, today=today)
    at = address_of(board)
    here = reverse("ledger_year", args=[*at, year])
    files = {ending: reverse("ledger_file", args=[*at, year, ending]) + narrowing.query for ending in ("csv", "xlsx")}
    return LedgerPage(
        heading=f"Ledger of duties {year}",
        year=year,
        href=here,
        lead=_lead(ledger.rows, today),
        narrowed=_narrowed_words(narrowing, ledger),
        years=tuple(
            YearChoice(each, reverse("ledger_year", args=[*at, each]), each == year)
            for each in (today.year - 2, today.year - 1, today.year, today.year + 1)
        ),
        choices=tuple(
            Choice(words, f"{here}{narrowing.by_state(value).query}", value == narrowing.state)
            for value, words in STATES.items()
        ),
        narrowing=narrowing,
        duties=tuple(duties_in(ledger).items()),
        meetings=tuple((value, _meeting_words(day)) for value, day in meetings_in(ledger).items()),
        rows=tuple(_row(row, board, today, may_write=may_write, roles=roles) for row in kept),
        counted=tuple(each for each in ledger.counted if narrowing.keeps_counted(each)),
        chart=duties_chart(fell_due) if fell_due else None,
        file_hrefs=files if may_download else {},
        pdf_href=reverse("ledger_sheets", args=[*at, year]) if may_download else "",
        practices_href=reverse("local_practices", args=at) if may_write else "",
    )


def _meeting_words(day: date | None) -> str:
    return plain_date(day) if day else "All meetings"


def _narrowed_words(narrowing: Narrowing, ledger: Ledger) -> str:
    """`late, Agenda and papers sent, meeting of 22 April 2027`; empty where nothing is narrowed."""
    day = meetings_in(ledger)[narrowing.meeting]
    parts = (
        STATES[narrowing.state].lower() if narrowing.state else "",
        duties_in(ledger)[narrowing.duty] if narrowing.duty else "",
        f"meeting of {plain_date(day)}" if day else "",
    )
    return ", ".join(part for part in parts if part)


def ledger_lines(rows: Sequence[LedgerRow], counts: Iterable[CountedDuty]) -> list[list[str]]:
    """The same as lines of a table, what is each member's own as numbers below."""
    lines = [list(HEADINGS)]
    lines += [
        [
            row.of_what,
            row.what,
            row.kind,
            row.clause,
            row.due,
            row.done,
            "" if row.days is None else str(row.days),
            row.tag.words,
            row.evidence or row.waiver,
            row.reason,
        ]
        for row in rows
    ]
    for each in counts:
        state = f"{each.done_on_time} on time, {each.done_late} late, {each.late} overdue, {each.ahead} to come"
        state += f", {each.waived} waived" if each.waived else ""
        lines.append(
            [counted(each.in_all, "person or action", "people or actions"), each.duty, "", "", "", "", "", state]
        )
    return lines


def _lead(rows: Sequence[DutyOfYear], today: date) -> str:
    """`7 fell due: 5 on time, 1 late, 1 not done. 4 are to come.`"""
    on_time = sum(row.obligation.met_on is not None and row.obligation.met_on <= row.obligation.due_on for row in rows)
    late = sum(row.obligation.met_on is not None and row.obligation.met_on > row.obligation.due_on for row in rows)
    waived = sum(row.obligation.waived_at is not None for row in rows)
    overdue = sum(row.obligation.is_open and row.obligation.due_on < today for row in rows)
    ahead = len(rows) - on_time - late - overdue - waived
    if not rows:
        return "Nothing falls due in this year."
    said = f" Waived: {waived}." if waived else ""
    return f"Done on time: {on_time}. Done late: {late}. Overdue: {overdue}. To come: {ahead}.{said}"


def _row(row: DutyOfYear, board: Board, today: date, *, may_write: bool, roles: Collection[str]) -> LedgerRow:
    obligation = row.obligation
    days = _days(row, today)
    may_decide = may_write and obligation.is_open and obligation.duty in DONE_BY_DECIDING
    what = row.wording.what.removeprefix("the ")
    return LedgerRow(
        what=f"{what[:1].upper()}{what[1:]}",
        of_what=row.wording.of_what,
        href=row.address,
        kind="Local practice" if row.rule.kind is DeadlineKind.LOCAL_PRACTICE else "Duty",
        clause=cited(row.rule.clause),
        clause_words=row.rule.clause.words,
        due=plain_date(obligation.due_on),
        done=plain_date(obligation.met_on) if obligation.met_on else "",
        days=days,
        days_words=_days_words(days),
        tag=_tag(row, today),
        evidence=obligation.evidence,
        reason=row.reason,
        decide_href=reverse("ledger_decision", args=[*address_of(board), obligation.pk]) if may_decide else "",
        waiver=_waiver_words(row),
        waive_href=reverse("ledger_waiver", args=[*address_of(board), obligation.pk]) if _may_waive(row, roles) else "",
    )


def _may_waive(row: DutyOfYear, roles: Collection[str]) -> bool:
    """Whether the terms let one of these roles waive it, or say of its waiver that it is withdrawn."""
    is_named = row.rule.waiver is not None and not set(row.rule.waiver.by).isdisjoint(roles)
    return is_named and row.obligation.met_on is None


def _waiver_words(row: DutyOfYear) -> str:
    """`Waived by the chair, Ada Park, on 17 March 2027 (clause c): no quorum could come`; empty where it is not."""
    waiver = row.waiver
    if waiver is None:
        return ""
    on = plain_date(waiver.at.astimezone(LONDON).date())
    return f"Waived by the {waiver.role}, {waiver.by.name}, on {on} ({waiver.clause}): {waiver.reason}"


def _days(row: DutyOfYear, today: date) -> int | None:
    """From the day it was due; None of what is waived, and of what is to come."""
    obligation = row.obligation
    is_to_come = obligation.met_on is None and obligation.due_on >= today
    if is_to_come or obligation.waived_at is not None:
        return None
    return ((obligation.met_on or today) - obligation.due_on).days


def _days_words(days: int | None) -> str:
    if days is None:
        return ""
    if days == 0:
        return "on the day"
    return f"{counted(abs(days), 'day')} {'late' if days > 0 else 'early'}"


def _tag(row: DutyOfYear, today: date) -> Tag:
    met_on, due_on = row.obligation.met_on, row.obligation.due_on
    if row.obligation.waived_at is not None:
        return Tag("Waived", "plain")
    if met_on is None:
        return Tag("Overdue", "no") if due_on < today else Tag("To come", "plain")
    return Tag("Done late", "soon") if met_on > due_on else Tag("Done on time", "yes")


def decision_words(decision: Decision) -> str:
    """`22 April 2027: The neglect strategy is adopted`."""
    return f"{plain_date(decision.item.meeting.on)}: {decision.text}"


def wording_of(obligation: Obligation) -> Wording:
    """How a message would name it."""
    cause = loaded([obligation])[obligation.pk]
    return cause_of(obligation.cause_type).wording(cause, obligation)
