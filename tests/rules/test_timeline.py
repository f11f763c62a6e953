"""The quorum over a meeting: spans from arrivals, departures, withdrawals and determinations."""

from dataclasses import replace
from datetime import datetime
from fractions import Fraction

import pytest

from partnership.rules.quorum.facts import Attendee, Determined, Facts, Interval, MeetingFacts, Withdrawal
from partnership.rules.quorum.terms import Applies, DeterminationRule, Phase, QuorumTerms, Scope
from partnership.rules.quorum.terms import Tested as WhenTested
from partnership.rules.quorum.timeline import Span, timeline, without_quorum
from tests.rules.boards import (
    COUNCIL,
    ICB,
    POLICE,
    QUORACY,
    body,
    clock,
    count,
    here,
    in_seats,
    isle_of_wight,
    meeting,
    office,
    others,
    people,
    portsmouth,
    rule,
    share,
    timed,
)

TEN, NOON = clock(10), clock(12)
Told = tuple[datetime, datetime | None, bool | None]


def told(spans: tuple[Span, ...]) -> list[Told]:
    return [(span.starts_at, span.ends_at, span.answer.is_quorate) for span in spans]


def three(tested: WhenTested) -> QuorumTerms:
    return body(rules=[rule(count(3), tested=tested)])


GOES = Attendee(here=here(None, clock(11)))


@pytest.mark.parametrize(
    ("tested", "expected"),
    [
        (WhenTested.START, [(TEN, NOON, True)]),
        (WhenTested.EVERY_VOTE, [(TEN, NOON, True)]),
        (WhenTested.THROUGHOUT, [(TEN, clock(11), True), (clock(11), NOON, False)]),
    ],
)
def test_a_departure_ends_only_a_quorum_that_must_hold(tested: WhenTested, expected: list[Told]) -> None:
    assert told(timeline(three(tested), timed(people(2), GOES, opened=TEN, closed=NOON))) == expected


def test_the_scrutineer_who_is_late_makes_two_spans() -> None:
    late = replace(in_seats("scrutineer")[0], here=here(clock(10, 6)))
    early = [replace(one, here=here(clock(9, 50))) for one in (*in_seats("chair", POLICE, COUNCIL, ICB), *others(8))]
    spans = timeline(isle_of_wight(), timed(*early, late, opened=TEN))
    assert [(span.starts_at, span.ends_at, span.answer.sentence) for span in spans] == [
        (TEN, clock(10, 6), "Not quorate: the independent scrutineer is not present."),
        (clock(10, 6), None, "Quorate: 13 of 24 members present (12 needed)."),
    ]


def test_a_chair_who_leaves_half_way_ends_the_quorum() -> None:
    chair = replace(in_seats("chair")[0], here=here(None, clock(11)))
    spans = timeline(
        isle_of_wight(), timed(chair, *in_seats("scrutineer", POLICE, COUNCIL, ICB), *others(9), opened=TEN)
    )
    assert told(spans) == [(TEN, clock(11), True), (clock(11), None, False)]
    assert spans[1].answer.sentence == "Not quorate: the partnership chair is not present."


def test_police_who_leave_at_item_six_leave_items_six_onward_without_a_quorum() -> None:
    police = replace(in_seats(POLICE)[0], here=here(TEN, clock(11, 12)))
    spans = timeline(portsmouth(), timed(police, *in_seats(COUNCIL, ICB), *others(2), opened=TEN, closed=NOON))
    items = {str(number): Interval(clock(10, 14 * number), clock(10, 14 * number + 14)) for number in range(1, 4)}
    items |= {
        "5": Interval(clock(10, 56), clock(11, 12)),
        "6": Interval(clock(11, 12), clock(11, 20)),
        "7": Interval(clock(11, 20), None),
    }
    assert without_quorum(spans, items) == ("6", "7")
    assert spans[1].answer.sentence == "Not quorate: Hampshire Constabulary is not represented."


@pytest.mark.parametrize(
    ("taken", "is_labelled"),
    [
        (Interval(clock(10, 30), clock(11)), False),
        (Interval(clock(10, 30), clock(11, 1)), True),
        (Interval(clock(10, 59), clock(10, 59)), False),
        (Interval(clock(11), clock(11)), True),
        (Interval(clock(11, 30), clock(11, 30)), False),
        (Interval(clock(11, 29), clock(11, 29)), True),
        (Interval(clock(11, 30), None), False),
        (Interval(None, clock(10, 30)), False),
        (Interval(None, None), True),
    ],
)
def test_an_item_is_labelled_by_the_half_open_time_it_took(taken: Interval, *, is_labelled: bool) -> None:
    back = Attendee(here=(Interval(TEN, clock(11)), Interval(clock(11, 30), None)))
    spans = timeline(three(WhenTested.THROUGHOUT), timed(people(2), back, opened=TEN))
    assert told(spans) == [(TEN, clock(11), True), (clock(11), clock(11, 30), False), (clock(11, 30), None, True)]
    assert without_quorum(spans, {"4": taken}) == (("4",) if is_labelled else ())


def test_nothing_is_labelled_where_the_terms_state_no_quorum() -> None:
    spans = timeline(body(), timed(people(2), opened=TEN))
    assert spans[0].answer.is_quorate is None
    assert without_quorum(spans, {"1": Interval()}) == ()


def test_comings_and_goings_that_change_nothing_are_one_span() -> None:
    observer = Attendee(capacity="observer", here=here(clock(10, 10), clock(10, 20)))
    facts = timed(people(3), observer, opened=TEN, closed=NOON)
    assert told(timeline(three(WhenTested.THROUGHOUT), facts)) == [(TEN, NOON, True)]


def test_one_person_in_for_another_at_the_same_moment_leaves_no_gap() -> None:
    out, into = Attendee(here=here(TEN, clock(11))), Attendee(here=here(clock(11)))
    assert told(timeline(three(WhenTested.THROUGHOUT), timed(people(2), out, into, opened=TEN))) == [(TEN, None, True)]


def test_a_senate_starts_by_a_majority_and_goes_on_with_two_fifths() -> None:
    go_on = Applies(phases=frozenset({Phase.HOLD, Phase.VOTE, Phase.ITEM}))
    terms = body(
        of=50,
        rules=[
            rule(share(is_strict=True), key="start", applies=Applies(phases=frozenset({Phase.START}))),
            rule(share(Fraction(2, 5)), key="go-on", applies=go_on),
        ],
    )
    late = Attendee(here=here(clock(10, 5)))
    leaves = [Attendee(number=6, here=here(None, clock(11))), Attendee(here=here(None, clock(11, 30)))]
    spans = timeline(terms, timed(people(18), late, *leaves, opened=TEN, closed=NOON))
    assert [(span.starts_at, span.answer.rule, span.answer.is_quorate) for span in spans] == [
        (TEN, "start", False),
        (clock(10, 5), "go-on", True),
        (clock(11), "go-on", True),
        (clock(11, 30), "go-on", False),
    ]


def test_withdrawing_from_an_item_is_a_span_of_that_item() -> None:
    away = Withdrawal(item="4", interval=Interval(clock(10, 30), clock(10, 45)))
    facts = timed(people(2), Attendee(withdrawals=(away,)), opened=TEN, closed=NOON)
    assert told(timeline(three(WhenTested.THROUGHOUT), facts)) == [
        (TEN, clock(10, 30), True),
        (clock(10, 30), clock(10, 45), False),
        (clock(10, 45), NOON, True),
    ]


def test_an_item_is_judged_by_its_kind_of_business() -> None:
    fewer = rule(count(2), key="fewer", applies=Applies(business=frozenset({"class vote"})))
    terms = body(rules=[rule(count(3)), fewer])
    away = Withdrawal(item="4", interval=Interval(clock(10, 30), clock(10, 45)))
    facts = timed(people(2), Attendee(withdrawals=(away,)), opened=TEN, closed=NOON)
    rules = [span.answer.rule for span in timeline(terms, facts, business={"4": "class vote"})]
    assert rules == ["quorum", "fewer", "quorum"]


def test_a_determination_changes_the_span_from_its_moment() -> None:
    chair = DeterminationRule(id="by-chair", clause=QUORACY, by="chair", scope=Scope.MEETING)
    terms = replace(body(count(4), offices=[office("chair")]), determination=chair)
    made = Determined(by="chair", at=clock(10, 20), reason="It cannot wait")
    facts = replace(timed(people(3), opened=TEN, closed=NOON), determinations=(made,))
    assert told(timeline(terms, facts)) == [(TEN, clock(10, 20), False), (clock(10, 20), NOON, True)]


def test_without_an_opening_it_starts_with_the_first_to_come() -> None:
    facts = meeting(Attendee(number=3, here=here(clock(9, 50), clock(11))))
    assert told(timeline(three(WhenTested.THROUGHOUT), facts)) == [
        (clock(9, 50), clock(11), True),
        (clock(11), None, False),
    ]


def test_without_any_time_there_is_no_timeline() -> None:
    assert timeline(three(WhenTested.THROUGHOUT), meeting(people(3))) == ()


def test_what_comes_after_the_close_is_left_out() -> None:
    facts = Facts(
        attendees=(people(2), Attendee(here=here(None, clock(13)))),
        meeting=MeetingFacts(opened_at=TEN, closed_at=NOON),
    )
    assert told(timeline(three(WhenTested.THROUGHOUT), facts)) == [(TEN, NOON, True)]
