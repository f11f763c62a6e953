"""What falls due because a year or a quarter goes by: dates agreed, meetings held, and what a board decides each year.

Holding the meetings meets the duties to hold them; what is to be agreed is met by the decision that agrees it
(`operations.decided_duties`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from meetings.models import Meeting, MeetingKind, MeetingStatus
from meetings.queries.deadlines import kind_in_terms
from partnership import clock
from partnership.models import Board, Obligation, User
from partnership.models.obligation import ObligationQuerySet
from partnership.navigation import address_of
from partnership.obligations.causes import Cause, Wording, key_of
from partnership.obligations.features import register
from partnership.obligations.kept_rules import falls_due, rules_on
from partnership.obligations.operations import (
    asked_on,
    cancel_obligations,
    ensure_obligation,
    meet_obligation,
    reopen_obligation,
)
from partnership.obligations.team import team_recipients
from partnership.queries import constitution_in_force, terms_of
from partnership.rules.attendance.attendance import Period
from partnership.rules.deadlines.deadlines import Anchor, Deadline
from partnership.rules.deadlines.due_dates import anchor_in, months_from
from partnership.rules.deadlines.frequency import Frequency, Per, periods_of_year

HELD_IN_YEAR, HELD_IN_QUARTER, DATES = "meetings-held", "quarterly-meeting", "dates-agreed"
HELD = (HELD_IN_YEAR, HELD_IN_QUARTER)
# What a board decides each year.
DECIDED = (DATES, "budget-and-plan", "scrutiny-programme", "yearly-review")
DUTIES = (*HELD, *DECIDED)
WORDS = {
    HELD_IN_YEAR: "the meetings of the year",
    HELD_IN_QUARTER: "the meeting of the quarter",
    DATES: "the dates of the year",
    "budget-and-plan": "the budget and plan",
    "scrutiny-programme": "the programme of the year",
    "yearly-review": "the yearly review",
}
# How far ahead a year or a quarter is entered: a year's dates have their first reminder on 1 December before.
AHEAD = timedelta(days=400)
MONTHS_IN_QUARTER, QUARTERS = 3, (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A year or a quarter: `name` tells it apart ("2027", "2027-Q1"); `ends_on` is its last day."""

    name: str
    ends_on: date


def plan_board(board: Board, by: User) -> None:
    """Enter what the coming year asks of the board and is not entered yet. What has passed already is left.

    Five queries where nothing changes.
    """
    today = clock.today()
    rules, known = rules_on(board=board, duties=DUTIES, on=today), asked_on(board=board, duties=DUTIES)
    done = set(_met(board).values_list("duty", "occurrence", "due_on", "constitution"))
    done |= {
        (each.duty, each.occurrence, each.due_on, each.constitution_id) for rows in known.values() for each in rows
    }
    for duty in DUTIES:
        if duty not in rules:
            if (*key_of(board), duty) in known:
                cancel_obligations(cause=board, duty=duty, reason="The terms of today do not ask for it.", by=by)
            continue
        rule, constitution = rules[duty]
        for stretch, due in _stretches(rule, board, today):
            if (duty, stretch.name, due, constitution.pk) not in done:
                ensure_obligation(
                    duty=duty,
                    cause=board,
                    occurrence=stretch.name,
                    owner=rule.owner,
                    due_on=due,
                    constitution=constitution,
                    by=by,
                )
    meetings_changed(board=board, by=by)


def _met(board: Board) -> ObligationQuerySet:
    cause_type, cause_id = key_of(board)
    return Obligation.objects.filter(cause_type=cause_type, cause_id=cause_id, duty__in=DUTIES, met_on__isnull=False)


def _stretches(rule: Deadline, board: Board, today: date) -> Iterator[tuple[Stretch, date]]:
    """The years, or quarters, whose due date lies ahead and near enough."""
    for year in (today.year, today.year + 1):
        for stretch in _quarters(year) if rule.anchor is Anchor.END_OF_QUARTER else [Stretch(str(year), date.max)]:
            anchor_on = stretch.ends_on if rule.anchor is Anchor.END_OF_QUARTER else anchor_in(rule, year)
            due = falls_due(rule, board=board, after=anchor_on)
            if today <= due <= today + AHEAD:
                yield stretch, due


def _quarters(year: int) -> list[Stretch]:
    ends = ((number, months_from(date(year, 1, 1), MONTHS_IN_QUARTER * number)) for number in QUARTERS)
    return [Stretch(f"{year}-Q{number}", end - timedelta(days=1)) for number, end in ends]


def meetings_changed(*, board: Board, by: User) -> None:
    """A register was closed or opened again: the meetings held are enough, or no longer. One query where nothing is."""
    asked = Obligation.objects.filter(cause_type=CAUSE.model, cause_id=board.pk, duty__in=HELD, cancelled_at=None)
    rows = list(asked.select_related("constitution"))
    if not rows:
        return
    held = list(Meeting.objects.filter(board=board, status=MeetingStatus.HELD).order_by("on", "starts_at"))
    for row in rows:
        enough_on = _enough_on(row, held)
        if enough_on is not None and row.is_open:
            evidence = f"Held by {enough_on:%-d %B %Y}, by their registers"
            meet_obligation(
                duty=row.duty, cause=board, occurrence=row.occurrence, on=enough_on, evidence=evidence, by=by
            )
        elif enough_on is None and row.met_on is not None:
            reopen_obligation(
                duty=row.duty, cause=board, occurrence=row.occurrence, reason="A register was opened again", by=by
            )


def _enough_on(obligation: Obligation, held: list[Meeting]) -> date | None:
    """The day on which the last of the meetings that the terms ask for was held; None while any is missing."""
    terms = terms_of(constitution=obligation.constitution)
    if obligation.duty == HELD_IN_QUARTER:
        quarter = next(one for one in _quarters(int(obligation.occurrence[:4])) if one.name == obligation.occurrence)
        begins_on = months_from(quarter.ends_on + timedelta(days=1), -MONTHS_IN_QUARTER)
        inside = [one.on for one in _of_kind(held, MeetingKind.ORDINARY) if begins_on <= one.on <= quarter.ends_on]
        return inside[0] if inside else None
    days = [_reached_on(rule, int(obligation.occurrence), held) for rule in terms.frequency if rule.per is Per.YEAR]
    reached = [day for day in days if day is not None]
    return max(reached) if reached and len(reached) == len(days) else None


def _reached_on(rule: Frequency, year: int, held: list[Meeting]) -> date | None:
    period: Period = periods_of_year(rule, year)[0]
    days = [one.on for one in held if kind_in_terms(MeetingKind(one.kind)) is rule.kind and period.covers(one.on)]
    return days[rule.at_least - 1] if len(days) >= rule.at_least else None


def _of_kind(held: list[Meeting], kind: MeetingKind) -> list[Meeting]:
    return [one for one in held if one.kind == kind]


def missing_dates(*, board: Board, year: int) -> list[tuple[Frequency, int]]:
    """Which meetings of the year that the terms ask for have no date, and how many of each."""
    constitution = constitution_in_force(board=board, on=clock.today())
    rules = terms_of(constitution=constitution).frequency if constitution is not None else ()
    dated = list(Meeting.objects.filter(board=board).exclude(status=MeetingStatus.CANCELLED))
    found = []
    for rule in rules:
        if rule.per is Per.YEAR:
            period = periods_of_year(rule, year)[0]
            of_kind = [one for one in dated if kind_in_terms(MeetingKind(one.kind)) is rule.kind]
            missing = rule.at_least - sum(period.covers(one.on) for one in of_kind)
            if missing > 0:
                found.append((rule, missing))
    return found


# --- what the sweep asks ----------------------------------------------------------------------------------------------


def _loaded(ids: Collection[int]) -> dict[int, Board]:
    return Board.objects.select_related("partnership").in_bulk(ids)


def _due_again(board: Board, obligation: Obligation, rule: Deadline) -> date:
    year = int(obligation.occurrence[:4])
    if rule.anchor is not Anchor.END_OF_QUARTER:
        return falls_due(rule, board=board, after=anchor_in(rule, year))
    quarter = next(one for one in _quarters(year) if one.name == obligation.occurrence)
    return falls_due(rule, board=board, after=quarter.ends_on)


def _wording(board: Board, obligation: Obligation) -> Wording:
    stretch = obligation.occurrence.replace("-Q", ", quarter ")
    is_one = obligation.duty not in {HELD_IN_YEAR, DATES, "budget-and-plan"}
    return Wording(WORDS[obligation.duty], f"{board.short_name}, {stretch}", is_one=is_one)


CAUSE = Cause(
    model="partnership.board",
    board=lambda board: board,
    load=_loaded,
    is_open=lambda _, __: True,
    recipients=team_recipients,
    address=lambda board, _: reverse("meetings", args=address_of(board)),
    wording=_wording,
    due_again=_due_again,
)


def register_duties() -> None:
    """Make them known; once, when the app starts."""
    register(*DUTIES, cause=CAUSE, plan=plan_board)
