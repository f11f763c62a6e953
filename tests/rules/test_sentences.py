"""Golden sentences: journey 7 word for word, and the form of every other verdict."""

from dataclasses import replace
from fractions import Fraction

import pytest

from partnership.rules.quorum import sentences
from partnership.rules.quorum.answers import Outcome
from partnership.rules.quorum.assess import assess
from partnership.rules.quorum.facts import Attendee, DeputyCheck, Determined, Facts, MeetingFacts, Withdrawal
from partnership.rules.quorum.terms import (
    Applies,
    Base,
    Choice,
    Conflict,
    ConflictRule,
    Count,
    Counting,
    DeterminationRule,
    Distinct,
    Measure,
    OfficeHeld,
    Organisation,
    Organisations,
    QuorumTerms,
    Scope,
    Seat,
    Share,
    Strength,
    Who,
)
from tests.rules.boards import (
    COUNCIL,
    HALF,
    ICB,
    POLICE,
    QUORACY,
    at_least,
    body,
    capacity,
    clock,
    count,
    each_of,
    either,
    every,
    held,
    in_seats,
    isle_of_wight,
    meeting,
    office,
    others,
    people,
    portsmouth,
    rule,
    share,
)

ALL_FIVE = ("chair", "scrutineer", POLICE, COUNCIL, ICB)


def said(terms: QuorumTerms, *attendees: Attendee) -> str:
    return assess(terms, meeting(*attendees)).sentence


def test_twelve_of_twenty_four_with_all_five_is_quorate() -> None:
    attendees = (*in_seats(*ALL_FIVE), *others(7))
    assert said(isle_of_wight(), *attendees) == "Quorate: 12 of 24 members present (12 needed)."


def test_one_fewer_needs_one_more_and_the_cabinet_member_never_counts() -> None:
    eleven = (*in_seats(*ALL_FIVE), *others(6))
    observer = Attendee(seat="cabinet", capacity="observer")
    expected = "Not quorate: 11 of 24 present. 1 more member needed."
    assert said(isle_of_wight(), *eleven) == expected
    assert said(isle_of_wight(), *eleven, observer) == expected


def test_fourteen_without_the_icb_names_the_icb() -> None:
    attendees = (*in_seats("chair", "scrutineer", POLICE, COUNCIL), *others(10))
    expected = "Not quorate: NHS Hampshire and Isle of Wight ICB is not represented."
    assert said(isle_of_wight(), *attendees) == expected


def test_three_partners_and_one_other_are_enough_in_portsmouth() -> None:
    attendees = (*in_seats(POLICE, COUNCIL, ICB), *others(1))
    assert said(portsmouth(), *attendees) == "Quorate: all 3 statutory safeguarding partners are present."


def test_thirteen_without_the_constabulary_are_not() -> None:
    attendees = (*in_seats(COUNCIL, ICB), *others(11))
    assert said(portsmouth(), *attendees) == "Not quorate: Hampshire Constabulary is not represented."


def test_a_police_deputy_makes_it_quorate_and_one_two_grades_too_low_does_not() -> None:
    attendees = (*in_seats(COUNCIL, ICB), *others(2))
    deputy = Attendee(name="Tess Marlowe", seat=POLICE, capacity="deputy")
    too_low = replace(deputy, deputy_check=DeputyCheck.IMPROPER)
    assert said(portsmouth(), *attendees, deputy) == "Quorate: all 3 statutory safeguarding partners are present."
    assert said(portsmouth(), *attendees, too_low) == "Not quorate: Hampshire Constabulary is not represented."
    notes = assess(portsmouth(), meeting(*attendees, too_low)).notes
    assert notes == ("Tess Marlowe is not counted: not a proper deputy for Hampshire Constabulary under these terms.",)


def test_a_missing_chair_is_named_as_an_office() -> None:
    attendees = (*in_seats("scrutineer", POLICE, COUNCIL, ICB), *others(10))
    assert said(isle_of_wight(), *attendees) == "Not quorate: the partnership chair is not present."


def test_two_reasons_are_two_sentences_with_the_number_first() -> None:
    attendees = (*in_seats("scrutineer", COUNCIL, ICB), *others(7))
    assert said(isle_of_wight(), *attendees) == (
        "Not quorate: 10 of 24 present. 2 more members needed. The partnership chair is not present."
        " Hampshire Constabulary is not represented."
    )


@pytest.mark.parametrize(
    ("present", "sentence"),
    [
        (0, "These terms state no quorum; nobody is present."),
        (1, "These terms state no quorum; 1 is present."),
        (7, "These terms state no quorum; 7 are present."),
    ],
)
def test_terms_that_state_no_quorum_say_how_many_are_present(present: int, sentence: str) -> None:
    answer = assess(body(of=12), meeting(*([people(present)] if present else [])))
    assert (answer.sentence, answer.outcome, answer.is_quorate) == (sentence, Outcome.NOT_STATED, None)


def test_a_chair_who_may_determine_otherwise_is_named_in_the_verdict() -> None:
    terms = replace(
        body(count(4), of=12, offices=[office("chair")]),
        determination=DeterminationRule(id="by-chair", clause=QUORACY, by="chair", scope=Scope.MEETING),
    )
    answer = assess(terms, meeting(people(3)))
    assert answer.sentence == (
        "Not quorate unless the chair determines otherwise: 3 of 12 present. 1 more member needed."
    )
    assert answer.outcome is Outcome.NOT_QUORATE_UNLESS_DETERMINED
    made = Determined(by="chair", at=clock(10, 15), reason="The item cannot wait.")
    answer = assess(terms, Facts(attendees=(people(3),), determinations=(made,)))
    assert answer.sentence == (
        "Quorate: the chair determined at 10:15am that the meeting may go ahead. Reason: The item cannot wait."
    )


CARE = Organisation(id="care", name="the care trust")
SENTENCES = [
    (count(5), [people(5)], "Quorate: 5 members present (5 needed)."),
    (count(5), [people(1)], "Not quorate: 1 present. 4 more members needed."),
    (count(1), [people(1)], "Quorate: 1 member present (1 needed)."),
    (
        Count(id="elected", minimum=5, who=Who(category="elected")),
        [people(4)],
        "Not quorate: too few elected members (0 present, 5 needed).",
    ),
    (
        Count(id="elected", minimum=1, name="elected director", who=Who(category="elected")),
        [Attendee(categories=frozenset({"elected"}))],
        "Quorate: 1 present as elected director (1 needed).",
    ),
    (
        Count(id="lay", minimum=1, who=Who(not_category="officer")),
        [Attendee(categories=frozenset({"officer"}))],
        "Not quorate: nobody present as member other than officer (1 needed).",
    ),
    (
        Count(id="named", minimum=2, who=Who(organisations=("x", "y"))),
        [Attendee(organisation="x")],
        "Not quorate: too few members from the organisations named (1 present, 2 needed).",
    ),
    (
        Count(id="votes", minimum=3, measure=Measure.VOTES),
        [Attendee(votes=Fraction(5, 2))],
        "Not quorate: 2.5 votes present. 0.5 more votes needed.",
    ),
    (
        Organisations(id="two", name="education associations", minimum=2, of=(*each_of("x", "y", "z").of,)),
        [Attendee(organisation="x")],
        "Not quorate: 1 of 3 education associations present (2 needed).",
    ),
    (each_of("x", "y"), [Attendee()], "Not quorate: x and y are not represented."),
    (each_of("x"), [Attendee(organisation="x")], "Quorate: x is represented."),
    (
        Organisations(id="or", of=(Choice(any_of=(ICB, "care")),)),
        [Attendee()],
        "Not quorate: icb or the care trust is not represented.",
    ),
    (
        Distinct(id="three", minimum=3),
        [Attendee(organisation="x"), Attendee(organisation="x")],
        "Not quorate: 1 different organisation present (3 needed).",
    ),
    (held("chair", "vice"), [Attendee()], "Not quorate: neither the chair nor the vice-chair is present."),
    (
        held("chair", "vice"),
        [Attendee(offices=frozenset({"vice"}))],
        "Quorate: the vice-chair is present for the chair.",
    ),
    (held("director"), [Attendee()], "Not quorate: the Director of Public Health is not present."),
    (
        OfficeHeld(id="two", any_of=("chair", "vice"), minimum=2),
        [Attendee(offices=frozenset({"chair"})), Attendee(offices=frozenset({"vice"}))],
        "Quorate: the chair and the vice-chair are present.",
    ),
    (
        OfficeHeld(id="two", any_of=("chair",), minimum=2),
        [Attendee(number=2, offices=frozenset({"chair"}))],
        "Quorate: 2 present as the chair.",
    ),
    (
        OfficeHeld(id="two", any_of=("chair", "vice"), minimum=2),
        [Attendee(offices=frozenset({"chair"}))],
        "Not quorate: 1 present as the chair or the vice-chair (2 needed).",
    ),
    (
        either(count(6), each_of("x", "y", name="partners")),
        [Attendee(organisation="x"), Attendee(organisation="y")],
        "Quorate: all 2 partners are present.",
    ),
    (
        either(every(count(1), each_of("x")), count(9)),
        [people(5)],
        "Not quorate: one of these is needed: x; 4 more members.",
    ),
    (
        either(held("chair"), each_of("x")),
        [Attendee()],
        "Not quorate: one of these is needed: the chair; x.",
    ),
    (
        at_least(2, held("chair"), each_of("x"), count(9)),
        [Attendee()],
        "Not quorate: 2 of these are needed: the chair; x; 8 more members.",
    ),
    (either(count(3), count(9)), [people(2)], "Not quorate: 2 present. 1 more member needed."),
    (every(), [people(2)], "Quorate: these terms ask for nobody at this meeting; 2 are present."),
]


@pytest.mark.parametrize(("test", "attendees", "sentence"), SENTENCES)
def test_each_form_of_verdict(test: Count, attendees: list[Attendee], sentence: str) -> None:
    terms = body(
        test,
        offices=[
            office("chair"),
            office("vice", called="Vice-chair"),
            office("director", called="Director of Public Health"),
        ],
        organisations=[CARE],
    )
    assert said(terms, *attendees) == sentence


def test_a_weighted_share_speaks_of_votes() -> None:
    seats = [Seat(id=f"s{place}", name="Unit", votes=Fraction(place)) for place in range(1, 5)]
    test = Share(id="half", fraction=HALF, is_strict=True, base=Base.SEATS, measure=Measure.VOTES)
    terms = body(test, of=seats)
    assert said(terms, *in_seats("s4")) == "Not quorate: 4 of 10 votes present. 2 more votes needed."
    assert said(terms, *in_seats("s4", "s2")) == "Quorate: 6 of 10 votes present (6 needed)."


def test_the_remaining_members_are_named_as_the_quorum() -> None:
    conflict = ConflictRule(id="interests", clause=QUORACY, effect=Conflict.REMAINING_ARE_QUORUM)
    terms = body(count(4), of=6, counting=Counting(conflicted=conflict))
    withdrawn = Attendee(withdrawals=(Withdrawal(),))
    assert said(terms, people(3), withdrawn) == (
        "Quorate: the 3 members without an interest are a quorum for this item."
    )
    assert said(terms, people(1), withdrawn) == "Not quorate: 1 of 6 present. 3 more members needed."


def test_what_is_only_expected_is_reported_so() -> None:
    expected = Organisations(id="youth", of=each_of("x").of, strength=Strength.EXPECTED)
    answer = assess(body(every(count(1), expected)), meeting(people(1)))
    assert answer.tests[2].sentence == "Expected, not required: x is not represented."
    assert answer.sentence == "Quorate: 1 member present (1 needed)."


def test_nobody_who_counts_is_never_a_quorum() -> None:
    terms = body(held("chair"), offices=[office("chair")], capacities=[])
    outside = body(held("chair"), offices=[office("chair")], capacities=[capacity("office", counts=False)])
    chair = Attendee(offices=frozenset({"chair"}), capacity="office")
    assert said(outside, chair) == "Not quorate: nobody who counts is present."
    assert said(terms, replace(chair, capacity="member")) == "Quorate: the chair is present."


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(12), "12"),
        (Fraction(13, 2), "6.5"),
        (Fraction(49, 4), "12.25"),
        (Fraction(13, 3), "13/3"),
        (Fraction(-1, 4), "-0.25"),
        (Fraction(1, 20), "0.05"),
    ],
)
def test_numbers_are_shown_exactly(value: Fraction, shown: str) -> None:
    assert sentences.number(value) == shown


def test_every_reason_of_the_empty_room() -> None:
    assert said(isle_of_wight()) == (
        "Not quorate: 0 of 24 present. 12 more members needed. The partnership chair is not present."
        " The independent scrutineer is not present. Hampshire Constabulary, Isle of Wight Council and"
        " NHS Hampshire and Isle of Wight ICB are not represented."
    )


def test_a_date_or_kind_without_a_rule_states_no_quorum_for_this() -> None:
    terms = body(rules=[rule(count(3), applies=Applies(meetings=frozenset({"annual"})))])
    assert said(terms, people(2)) == "These terms state no quorum for this; 2 are present."
    annual = Facts(attendees=(people(2),), meeting=MeetingFacts(kind="annual"))
    assert assess(terms, annual).sentence == "Not quorate: 2 present. 1 more member needed."


def test_half_of_an_odd_number_needs_the_next_whole_number() -> None:
    assert said(body(share(), of=13), people(6)) == "Not quorate: 6 of 13 present. 1 more member needed."
    assert said(body(share(), of=13), people(7)) == "Quorate: 7 of 13 members present (7 needed)."
