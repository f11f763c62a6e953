"""Which rule answers, and as at which moment: start, hold, vote, item; kinds, calls and business."""

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from partnership.rules.quorum.assess import assess
from partnership.rules.quorum.facts import Attendee, Facts, Interval, MeetingFacts, Withdrawal, precedes
from partnership.rules.quorum.moments import changes
from partnership.rules.quorum.selection import selected
from partnership.rules.quorum.terms import Applies, Base, Call, Period, Phase, QuorumRule, QuorumTerms
from partnership.rules.quorum.terms import Tested as WhenTested
from tests.rules.boards import body, clock, count, here, meeting, people, rule, share, timed

TEN, ELEVEN, NOON = clock(10), clock(11), clock(12)


def of_phases(*phases: Phase, business: str = "", kind: str = "", call: Call | None = None) -> Applies:
    return Applies(
        phases=frozenset(phases),
        business=frozenset([business] if business else []),
        meetings=frozenset([kind] if kind else []),
        calls=frozenset([call] if call else []),
    )


# Three are here at ten; one leaves at eleven.
LEAVES = (Attendee(number=2), Attendee(here=here(None, ELEVEN)))


@pytest.mark.parametrize(
    ("tested", "phase", "is_quorate"),
    [
        (WhenTested.START, Phase.START, True),
        (WhenTested.START, Phase.HOLD, True),
        (WhenTested.START, Phase.VOTE, True),
        (WhenTested.START, Phase.ITEM, True),
        (WhenTested.EVERY_VOTE, Phase.START, True),
        (WhenTested.EVERY_VOTE, Phase.HOLD, True),
        (WhenTested.EVERY_VOTE, Phase.VOTE, False),
        (WhenTested.EVERY_VOTE, Phase.ITEM, False),
        (WhenTested.THROUGHOUT, Phase.HOLD, False),
        (WhenTested.THROUGHOUT, Phase.VOTE, False),
        (WhenTested.THROUGHOUT, Phase.ITEM, False),
    ],
)
def test_when_a_quorum_must_hold(tested: WhenTested, phase: Phase, *, is_quorate: bool) -> None:
    terms = body(rules=[rule(count(3), tested=tested)])
    at = TEN if phase is Phase.START else NOON
    answer = assess(terms, timed(*LEAVES, opened=TEN), at=at, phase=phase)
    assert answer.is_quorate is is_quorate


def test_an_answer_of_the_opening_says_so() -> None:
    terms = body(rules=[rule(count(3), tested=WhenTested.START)])
    answer = assess(terms, timed(*LEAVES, opened=TEN), at=NOON)
    assert (answer.at, answer.phase) == (TEN, Phase.HOLD)
    assert answer.notes == ("This quorum is tested at the start, so it is judged as at the opening, 10am.",)
    unrecorded = assess(terms, timed(*LEAVES), at=NOON)
    assert not unrecorded.is_quorate
    assert unrecorded.notes == (
        "The opening of the meeting is not recorded, so this is judged at the moment asked about.",
    )
    assert assess(terms, meeting(*LEAVES)).notes == ()


def test_an_item_withdrawn_from_later_does_not_undo_the_start() -> None:
    terms = body(rules=[rule(count(3), tested=WhenTested.START)])
    away = Attendee(withdrawals=(Withdrawal(item="4"),))
    assert assess(terms, timed(people(2), away, opened=TEN), at=NOON, phase=Phase.ITEM, item="4").is_quorate


@pytest.mark.parametrize(
    ("at", "is_here"),
    [(clock(9, 59), False), (TEN, True), (clock(10, 59), True), (ELEVEN, False), (clock(11, 30), True)],
)
def test_intervals_are_half_open_and_may_be_several(at: datetime, *, is_here: bool) -> None:
    comes_and_goes = Attendee(here=(Interval(TEN, ELEVEN), Interval(clock(11, 30), None)))
    assert assess(body(count(1)), meeting(comes_and_goes), at=at).is_quorate is is_here


# --- a lower number to go on --------------------------------------------------------------------

SENATE = body(
    of=50,
    rules=[
        rule(share(is_strict=True), key="to-start", applies=of_phases(Phase.START)),
        rule(share(Fraction(2, 5)), key="to-go-on", applies=of_phases(Phase.HOLD, Phase.VOTE, Phase.ITEM)),
    ],
)


@pytest.mark.parametrize(
    ("at_opening", "later", "phase", "is_quorate", "answers"),
    [
        (26, 26, Phase.START, True, "to-start"),
        (25, 25, Phase.START, False, "to-start"),
        (26, 20, Phase.HOLD, True, "to-go-on"),
        (26, 19, Phase.HOLD, False, "to-go-on"),
        (26, 20, Phase.VOTE, True, "to-go-on"),
        (25, 25, Phase.HOLD, False, "to-start"),
        (25, 24, Phase.VOTE, False, "to-start"),
    ],
)
def test_a_meeting_that_has_started_goes_on_with_fewer(
    at_opening: int, later: int, phase: Phase, answers: str, *, is_quorate: bool
) -> None:
    leaving = [Attendee(number=at_opening - later, here=here(None, ELEVEN))] if at_opening > later else []
    at = TEN if phase is Phase.START else NOON
    answer = assess(SENATE, timed(people(later), *leaving, opened=TEN), at=at, phase=phase)
    assert (answer.is_quorate, answer.rule) == (is_quorate, answers)


def test_a_meeting_may_start_late_and_then_go_on_with_fewer() -> None:
    late = Attendee(number=6, here=here(clock(10, 20), ELEVEN))
    facts = timed(people(20), late, opened=TEN)
    told = [assess(SENATE, facts, at=at) for at in (TEN, clock(10, 19), clock(10, 20), ELEVEN)]
    assert [answer.is_quorate for answer in told] == [False, False, True, True]
    assert told[1].notes == (
        "The number to start has not been reached yet, so the lower number to go on does not apply.",
    )
    assert told[2].notes == ()


def test_without_times_the_phase_asked_about_decides() -> None:
    assert assess(SENATE, meeting(people(20)), phase=Phase.HOLD).is_quorate
    assert not assess(SENATE, meeting(people(20)), phase=Phase.START).is_quorate


# --- which rule ---------------------------------------------------------------------------------

GENERAL = rule(count(9), key="general")
CLASS_VOTE = rule(count(3), key="class-vote", applies=of_phases(business="class vote"))
CLASS_VOTE_AT_VOTES = rule(count(2), key="at-votes", applies=of_phases(Phase.VOTE, business="class vote"))
ANNUAL = rule(count(20), key="annual", applies=of_phases(kind="annual"))
RECONVENED = rule(count(1), key="reconvened", applies=of_phases(call=Call.SECOND))
ALL = (GENERAL, CLASS_VOTE, CLASS_VOTE_AT_VOTES, ANNUAL, RECONVENED)


@pytest.mark.parametrize(
    ("facts", "phase", "business", "answers"),
    [
        (MeetingFacts(), Phase.HOLD, None, "general"),
        (MeetingFacts(), Phase.VOTE, "class vote", "at-votes"),
        (MeetingFacts(), Phase.ITEM, "class vote", "class-vote"),
        (MeetingFacts(), Phase.ITEM, "another", "general"),
        (MeetingFacts(kind="annual"), Phase.START, None, "annual"),
        (MeetingFacts(call=Call.SECOND), Phase.START, None, "reconvened"),
        (MeetingFacts(kind="annual", call=Call.SECOND), Phase.START, None, "annual"),
    ],
)
def test_the_rule_that_names_the_most_answers(
    facts: MeetingFacts, phase: Phase, business: str | None, answers: str
) -> None:
    chosen = selected(body(rules=ALL), facts, phase=phase, business=business)
    assert chosen is not None
    assert chosen.rule.id == answers


@pytest.mark.parametrize(("on", "answers"), [(date(2026, 12, 31), "old"), (date(2027, 1, 1), "new"), (None, "old")])
def test_a_rule_answers_while_it_is_in_force(on: date | None, answers: str) -> None:
    new_year = date(2027, 1, 1)
    old = replace(rule(count(1), key="old"), in_force=Period(None, new_year))
    new = replace(rule(count(2), key="new"), in_force=Period(new_year, None))
    facts = Facts(attendees=(people(1),), meeting=MeetingFacts(on=on))
    assert assess(body(rules=[old, new]), facts).rule == answers


def fallback(*rules: QuorumRule) -> QuorumTerms:
    return body(rules=rules)


@pytest.mark.parametrize(
    ("phases", "asked", "is_stated"),
    [
        ([Phase.HOLD], Phase.VOTE, True),
        ([Phase.HOLD], Phase.ITEM, True),
        ([Phase.START], Phase.HOLD, True),
        ([Phase.START], Phase.VOTE, True),
        ([Phase.VOTE], Phase.HOLD, False),
        ([Phase.VOTE], Phase.START, False),
        ([Phase.HOLD], Phase.START, False),
        ([], Phase.VOTE, True),
    ],
)
def test_a_phase_without_a_rule_falls_back(phases: list[Phase], asked: Phase, *, is_stated: bool) -> None:
    terms = fallback(rule(count(1), applies=of_phases(*phases)))
    assert (assess(terms, meeting(people(1)), phase=asked).is_quorate is not None) is is_stated


def test_a_rule_for_the_start_alone_is_judged_by_the_opening() -> None:
    terms = fallback(rule(count(3), applies=of_phases(Phase.START)))
    assert assess(terms, timed(*LEAVES, opened=TEN), at=NOON, phase=Phase.VOTE).is_quorate


def test_members_present_are_a_quorum_when_reconvened() -> None:
    terms = body(rules=[rule(share(base=Base.IN_OFFICE)), RECONVENED], of=12)
    first = Facts(attendees=(people(5),))
    again = replace(first, meeting=MeetingFacts(call=Call.SECOND))
    assert [assess(terms, facts).is_quorate for facts in (first, again)] == [False, True]
    assert not assess(terms, Facts(meeting=MeetingFacts(call=Call.SECOND))).is_quorate


# --- the night the clocks go back ---------------------------------------------------------------

LONDON = ZoneInfo("Europe/London")


def test_the_hour_that_comes_twice_is_kept_in_order() -> None:
    first = datetime(2027, 10, 31, 1, 50, tzinfo=LONDON)
    second = datetime(2027, 10, 31, 1, 10, fold=1, tzinfo=LONDON)
    assert precedes(first, second)
    assert not precedes(second, first)
    watch = Attendee(here=here(first, second))
    assert watch.is_here(first)
    assert not watch.is_here(second)
    assert changes(meeting(watch, Attendee(here=here(first)))) == [first, second]
