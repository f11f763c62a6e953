"""Groups, strength, dates and conditions of the tree; what each finding carries."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from partnership.rules.clauses import Clause, Reading
from partnership.rules.quorum.assess import assess
from partnership.rules.quorum.facts import Attendee, Facts, MeetingFacts, Withdrawal
from partnership.rules.quorum.terms import (
    AnyoneConflicted,
    Choice,
    Circumstance,
    Condition,
    Count,
    Distinct,
    EveryoneConflicted,
    OfficeHeld,
    Organisations,
    Period,
    QuorumTerms,
    ShareOfSeats,
    SizeWithin,
    Strength,
    Test,
    Who,
)
from tests.rules.boards import (
    at_least,
    body,
    count,
    each_of,
    either,
    every,
    finding,
    held,
    isle_of_wight,
    meeting,
    office,
    people,
    share,
)

MET, FAILED = count(1), count(99)


@pytest.mark.parametrize(
    ("test", "is_quorate"),
    [
        (every(MET, MET), True),
        (every(MET, FAILED), False),
        (either(MET, FAILED), True),
        (either(FAILED, FAILED), False),
        (at_least(2, MET, FAILED, MET), True),
        (at_least(2, MET, FAILED, FAILED), False),
        (at_least(3, MET, MET), False),
        (every(either(FAILED, MET), at_least(1, MET, FAILED)), True),
        (either(every(MET, FAILED), every(FAILED)), False),
    ],
)
def test_groups_join_their_parts(test: Test, *, is_quorate: bool) -> None:
    assert assess(body(test), meeting(people(1))).is_quorate is is_quorate


@pytest.mark.parametrize(
    ("minimum", "organisations", "is_quorate"),
    [(None, "x y z", True), (None, "x y", False), (2, "x y", True), (2, "x", False), (2, "x x", False)],
)
def test_each_or_so_many_of_the_organisations(minimum: int | None, organisations: str, *, is_quorate: bool) -> None:
    test = Organisations(id="o", minimum=minimum, of=each_of("x", "y", "z").of)
    attendees = [Attendee(organisation=one) for one in organisations.split()]
    assert assess(body(test), meeting(*attendees)).is_quorate is is_quorate


@pytest.mark.parametrize(
    ("test", "organisations", "counted"),
    [
        (Distinct(id="d", minimum=3), "x x y", 2),
        (Distinct(id="d", minimum=3), "x y z", 3),
        (Distinct(id="d", minimum=3, of=("x", "y")), "x y z", 2),
        (Distinct(id="d", minimum=3, who=Who(category="council")), "x y", 0),
    ],
)
def test_different_organisations(test: Distinct, organisations: str, counted: int) -> None:
    attendees = [Attendee(organisation=one) for one in organisations.split()]
    answer = assess(body(test), meeting(*attendees))
    assert finding(answer, "d").counted == counted
    assert answer.is_quorate is (counted >= 3)


@pytest.mark.parametrize(
    ("minimum", "numbers", "is_quorate"), [(1, [1], True), (2, [1], False), (2, [2], True), (2, [1, 1], True)]
)
def test_so_many_holders_of_an_office(minimum: int, numbers: list[int], *, is_quorate: bool) -> None:
    test = OfficeHeld(id="o", any_of=("chair", "vice"), minimum=minimum)
    attendees = [Attendee(number=number, offices=frozenset({"vice"})) for number in numbers]
    assert assess(body(test, offices=[office("chair"), office("vice")]), meeting(*attendees)).is_quorate is is_quorate


# --- dates --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "needed", "is_quorate"),
    [(date(2027, 3, 31), 2, True), (date(2027, 4, 1), 3, False), (None, 2, True), (date(2028, 4, 1), 2, True)],
)
def test_a_further_organisation_comes_into_force_by_its_date(on: date | None, needed: int, *, is_quorate: bool) -> None:
    later = Choice(any_of=("education",), in_force=Period(date(2027, 4, 1), date(2028, 4, 1)))
    test = Organisations(id="o", of=(*each_of("police", "icb").of, later))
    attendees = (Attendee(organisation="police"), Attendee(organisation="icb"))
    answer = assess(body(test), Facts(attendees=attendees, meeting=MeetingFacts(on=on)))
    assert finding(answer, "o").needed == needed
    assert answer.is_quorate is is_quorate
    assert finding(answer, "o").missing == (() if is_quorate else ("education",))


def test_what_is_not_in_force_is_left_out_and_says_so() -> None:
    later = replace(count(99), id="later", in_force=Period(date(2027, 4, 1)))
    facts = Facts(attendees=(people(1),), meeting=MeetingFacts(on=date(2027, 1, 1)))
    answer = assess(body(every(MET, later)), facts)
    assert answer.is_quorate
    left_out = finding(answer, "later")
    assert (left_out.is_applied, left_out.passed, left_out.missing) == (False, True, ())
    assert left_out.sentence == "Not asked at this meeting: its date or its condition leaves it out."


LATER = Period(date(2099, 1, 1))


@pytest.mark.parametrize(
    ("test", "is_quorate"),
    [
        (every(replace(FAILED, in_force=LATER)), True),
        (every(MET, either(replace(FAILED, in_force=LATER))), True),
        (either(replace(MET, in_force=LATER), FAILED), False),
        (either(replace(MET, in_force=LATER)), None),
        (at_least(1, replace(MET, in_force=LATER)), None),
        (replace(FAILED, in_force=LATER), None),
        (every(MET, replace(either(FAILED), in_force=LATER)), True),
        (every(MET, Organisations(id="o", of=(Choice(any_of=("x",), in_force=LATER),))), True),
        (Organisations(id="o", minimum=2, of=(*each_of("x").of, Choice(any_of=("y",), in_force=LATER))), False),
    ],
)
def test_groups_go_by_what_is_left(test: Test, *, is_quorate: bool | None) -> None:
    facts = Facts(attendees=(Attendee(organisation="x"),), meeting=MeetingFacts(on=date(2027, 1, 1)))
    assert assess(body(test), facts).is_quorate is is_quorate


def test_nothing_below_a_group_left_out_is_asked() -> None:
    unknown = every(Count(id="inner", minimum=9, when=SizeWithin(size="nobody gives this", at_least=1)))
    answer = assess(body(every(MET, replace(unknown, id="outer", in_force=LATER))), meeting(people(1)))
    assert [finding(answer, key).is_applied for key in ("outer", "inner")] == [False, False]


# --- strength -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("test", "is_quorate"),
    [
        (every(MET, replace(FAILED, strength=Strength.EXPECTED)), True),
        (either(FAILED, replace(MET, strength=Strength.EXPECTED)), False),
        (every(MET, replace(every(FAILED), strength=Strength.EXPECTED)), True),
        (replace(FAILED, strength=Strength.EXPECTED), True),
    ],
)
def test_what_is_expected_never_decides(test: Test, *, is_quorate: bool) -> None:
    answer = assess(body(test), meeting(people(1)))
    assert answer.is_quorate is is_quorate
    assert any(one.strength is Strength.EXPECTED and one.is_applied for one in answer.tests)


# --- conditions ---------------------------------------------------------------------------------

THIRD = Fraction(1, 3)
AWAY = (Withdrawal(),)


def asked(condition: Condition, facts: Facts, terms: QuorumTerms | None = None) -> bool:
    """Whether a test with this condition is asked."""
    of = terms.seats if terms else 15
    answer = assess(body(every(replace(FAILED, id="when", when=condition)), of=of), facts)
    return finding(answer, "when").is_applied


@pytest.mark.parametrize(
    ("condition", "sizes", "holds"),
    [
        (ShareOfSeats("disqualified", THIRD, is_strict=True), {"disqualified": 5}, False),
        (ShareOfSeats("disqualified", THIRD, is_strict=True), {"disqualified": 6}, True),
        (ShareOfSeats("disqualified", THIRD, is_strict=False), {"disqualified": 5}, True),
        (ShareOfSeats("vacancies", THIRD, is_strict=True), {}, False),
        (SizeWithin("seats", at_least=15), {}, True),
        (SizeWithin("seats", at_least=16), {}, False),
        (SizeWithin("seats", at_most=14), {}, False),
        (SizeWithin("branches", at_least=2, at_most=4), {"branches": 3}, True),
    ],
)
def test_conditions_on_sizes(condition: Condition, sizes: dict[str, int], *, holds: bool) -> None:
    assert asked(condition, meeting(people(1), **sizes)) is holds


LAY = frozenset({"lay"})


@pytest.mark.parametrize(
    ("condition", "attendees", "holds"),
    [
        (EveryoneConflicted("lay"), [Attendee(categories=LAY, withdrawals=AWAY)], True),
        (EveryoneConflicted("lay"), [Attendee(categories=LAY, withdrawals=AWAY), Attendee(categories=LAY)], False),
        (EveryoneConflicted("lay"), [Attendee(withdrawals=AWAY)], False),
        (EveryoneConflicted("lay"), [], False),
        (AnyoneConflicted("lay"), [Attendee(categories=LAY, withdrawals=AWAY), Attendee(categories=LAY)], True),
        (AnyoneConflicted("lay"), [Attendee(withdrawals=AWAY)], False),
        (AnyoneConflicted(), [Attendee(withdrawals=AWAY)], True),
        (AnyoneConflicted(), [Attendee(capacity="observer", withdrawals=AWAY)], False),
    ],
)
def test_conditions_on_interests(condition: Condition, attendees: list[Attendee], *, holds: bool) -> None:
    assert asked(condition, meeting(*attendees)) is holds


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (Circumstance("requisitioned"), True),
        (Circumstance("urgent"), False),
        (Circumstance("extraordinary"), True),
        (Circumstance("requisitioned", is_absent=True), False),
        (Circumstance("urgent", is_absent=True), True),
    ],
)
def test_conditions_on_circumstances(condition: Condition, *, holds: bool) -> None:
    facts = Facts(meeting=MeetingFacts(kind="extraordinary", circumstances=frozenset({"requisitioned"})))
    assert asked(condition, facts) is holds


# --- findings -----------------------------------------------------------------------------------


def test_findings_stand_in_tree_order_with_their_places() -> None:
    answer = assess(isle_of_wight(), meeting())
    assert [(one.path, one.group, one.kind) for one in answer.tests] == [
        ("all", "", "all"),
        ("all/half", "all", "share"),
        ("all/chair-here", "all", "office"),
        ("all/scrutineer-here", "all", "office"),
        ("all/partners", "all", "organisations"),
    ]


def test_a_finding_names_who_is_there_and_who_is_missing() -> None:
    police = Attendee(name="Tess Marlowe", organisation="police", offices=frozenset({"chair"}))
    tests = every(count(3), held("chair", "vice"), each_of("police", "icb"))
    answer = assess(body(tests, offices=[office("chair"), office("vice")]), meeting(police))
    assert finding(answer, "enough").missing == ("2 more",)
    assert finding(answer, "enough").present == ("Tess Marlowe",)
    assert finding(answer, "chair-here").present == ("Tess Marlowe",)
    assert finding(answer, "partners").present == ("Tess Marlowe",)
    assert finding(answer, "partners").missing == ("icb",)
    assert finding(answer, "all").missing == ("2 more", "icb")
    assert finding(answer, "all").sentence == "1 of 3 parts met, and all are needed."


def test_a_finding_rests_on_its_own_clause_or_on_the_one_around_it() -> None:
    own, reading = Clause("b", "The chair."), Reading("required", why="so it says")
    chair = replace(held("chair"), clause=own)
    read = replace(count(1), reading=reading)
    answer = assess(body(replace(every(chair, read, share()), clause=Clause("a", "All.")), of=4), meeting())
    assert [finding(answer, key).clause.ref for key in ("all", "chair-here", "enough", "half")] == ["a", "b", "a", "a"]
    assert finding(answer, "enough").reading == reading
    assert finding(answer, "half").reading is None


@pytest.mark.parametrize(
    ("test", "margin"),
    [
        (count(3), 2),
        (count(7), -2),
        (every(count(3), count(4, "b")), 1),
        (either(count(3), count(9, "b")), 2),
        (at_least(2, count(1), count(3, "b"), count(9, "c")), 2),
        (every(count(3), replace(count(9, "b"), strength=Strength.EXPECTED)), 2),
        (every(count(3), each_of("x")), 2),
        (either(count(9), Distinct(id="d", minimum=0)), None),
        (each_of("x"), None),
        (held("chair"), None),
    ],
)
def test_the_margin_is_that_of_the_number_that_decides(test: Test, margin: int | None) -> None:
    assert assess(body(test), meeting(people(5))).margin == margin
