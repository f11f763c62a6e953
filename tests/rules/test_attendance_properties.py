"""What must hold of every register and every vote."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from partnership.rules.attendance.attendance import (
    AttendancePolicy,
    AttendanceReport,
    Attended,
    Meeting,
    MeetingState,
    Period,
    Record,
    Seat,
    Tenure,
    report,
)
from partnership.rules.clauses import Clause
from partnership.rules.decisions.decisions import DecisionRecord, DecisionRule, Manner, judge
from partnership.rules.decisions.voting import SIMPLE_MAJORITY_OF_PRESENT, Ballot, Choice, Threshold, VoteBase, count
from partnership.rules.meeting_kinds import MeetingKind

PATIENT = settings(max_examples=150, deadline=None)
CLAUSE = Clause("f", "As the body states it.")
POLICY = AttendancePolicy(id="a", clause=CLAUSE, representative=Fraction(3, 4), seat=Fraction(1))
YEAR = Period(date(2027, 1, 1), date(2028, 1, 1))
SEAT = Seat("seat", "agency", Period(date(2020, 1, 1)), (Tenure("person", Period(date(2020, 1, 1))),))

meetings = st.lists(
    st.tuples(st.dates(YEAR.start, date(2027, 12, 31)), st.sampled_from(MeetingKind), st.sampled_from(MeetingState)),
    max_size=12,
).map(lambda rows: [Meeting(str(n), *row) for n, row in enumerate(rows)])
choices = st.sampled_from(Choice)
rolls = st.lists(st.tuples(choices, st.booleans()), min_size=1, max_size=12).map(
    lambda rows: [
        Ballot(voter=str(n), choice=choice, categories=frozenset({"x"} if in_class else ()))
        for n, (choice, in_class) in enumerate(rows)
    ]
)
thresholds = st.builds(
    Threshold,
    share=st.fractions(Fraction(1, 10), 1, max_denominator=10),
    base=st.sampled_from(VoteBase),
    more_than=st.booleans(),
    among=st.sampled_from(["", "x"]),
)


@st.composite
def registers(draw: st.DrawFn) -> tuple[list[Meeting], list[Record]]:
    held = draw(meetings)
    came = draw(st.lists(st.sampled_from(Attended), min_size=len(held), max_size=len(held)))
    return held, [Record(meeting.id, "seat", attended) for meeting, attended in zip(held, came, strict=True)]


def reported(held: list[Meeting], records: list[Record]) -> AttendanceReport:
    return report(policy=POLICY, period=YEAR, seats=[SEAT], meetings=held, records=records)


@PATIENT
@given(registers())
def test_seat_does_at_least_as_well_as_its_only_representative(register: tuple[list[Meeting], list[Record]]) -> None:
    (row,) = reported(*register).seats
    assert row.people[0].rate.attended <= row.rate.attended <= row.rate.expected
    assert row.people[0].rate.expected == row.rate.expected


@PATIENT
@given(registers(), st.randoms())
def test_order_of_the_register_is_irrelevant(register: tuple[list[Meeting], list[Record]], chance: Random) -> None:
    held, records = register
    shuffled = reported(chance.sample(held, len(held)), chance.sample(records, len(records)))
    assert shuffled == reported(held, records)


@PATIENT
@given(registers(), st.sampled_from(Attended))
def test_cancelled_meeting_changes_nothing(register: tuple[list[Meeting], list[Record]], came: Attended) -> None:
    held, records = register
    cancelled = Meeting("cancelled", date(2027, 5, 5), state=MeetingState.CANCELLED)
    more = reported([*held, cancelled], [*records, Record("cancelled", "seat", came)])
    assert more == reported(held, records)


@PATIENT
@given(registers())
def test_agency_of_one_seat_has_that_seats_count(register: tuple[list[Meeting], list[Record]]) -> None:
    whole = reported(*register)
    ((_, agency),) = whole.agencies
    assert (agency.attended, agency.expected) == (whole.seats[0].rate.attended, whole.seats[0].rate.expected)


@PATIENT
@given(rolls, thresholds, st.integers(0, 11))
def test_one_more_vote_for_never_undoes_a_majority(roll: list[Ballot], threshold: Threshold, n: int) -> None:
    turned = n % len(roll)
    worse = [replace(b, choice=Choice.AGAINST) if i == turned else b for i, b in enumerate(roll)]
    better = [replace(b, choice=Choice.FOR) if i == turned else b for i, b in enumerate(roll)]
    assert count(threshold, better).is_met >= count(threshold, worse).is_met


@PATIENT
@given(rolls, thresholds)
def test_least_number_of_votes_is_where_the_share_is_first_met(roll: list[Ballot], threshold: Threshold) -> None:
    counted = count(threshold, roll)
    if counted.base:
        assert counted.is_met is (counted.votes_for >= threshold.least_for(counted.base))


@PATIENT
@given(rolls)
def test_adding_an_observer_changes_no_decision(roll: list[Ballot]) -> None:
    rule = DecisionRule(id="d", clause=CLAUSE, thresholds=(SIMPLE_MAJORITY_OF_PRESENT,))
    observer = Ballot(voter="observer", choice=Choice.NO_ANSWER, may_vote=False)
    record = DecisionRecord(manner=Manner.VOTE, ballots=tuple(roll))
    watched = DecisionRecord(manner=Manner.VOTE, ballots=(*roll, observer))
    assert judge(rule, record) == judge(rule, watched)


@PATIENT
@given(st.integers(1, 200))
def test_half_of_an_odd_number_is_never_a_majority(members: int) -> None:
    votes_for = members // 2
    cast = [Ballot(voter=str(n), choice=Choice.FOR if n < votes_for else Choice.AGAINST) for n in range(members)]
    assert not count(SIMPLE_MAJORITY_OF_PRESENT, cast).is_met
    at_least_half = Threshold(share=Fraction(1, 2), base=VoteBase.VOTING)
    assert count(at_least_half, cast).is_met is (members % 2 == 0)
