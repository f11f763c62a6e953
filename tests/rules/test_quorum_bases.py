"""What a fraction is a fraction of, exact arithmetic, and numbers that depend on a size."""

from dataclasses import replace
from fractions import Fraction

import pytest

from partnership.rules.quorum.assess import assess
from partnership.rules.quorum.base import SizeNotGiven
from partnership.rules.quorum.facts import Attendee, Facts, Withdrawal
from partnership.rules.quorum.terms import (
    Base,
    Conflict,
    ConflictRule,
    Counting,
    Linear,
    Measure,
    QuorumTerms,
    Rounding,
    Seat,
    Share,
    Step,
    Stepped,
    Who,
    YesNoRule,
)
from tests.rules.boards import HALF, QUORACY, body, capacity, count, finding, in_seats, meeting, people, seats, share

THIRD = Fraction(1, 3)
AWAY = (Withdrawal(),)


def needed(terms: QuorumTerms, facts: Facts, key: str = "half") -> Fraction:
    return finding(assess(terms, facts), key).needed


@pytest.mark.parametrize(
    ("fraction", "is_strict", "of", "least"),
    [
        (HALF, False, 24, 12),
        (HALF, False, 13, 7),
        (HALF, True, 24, 13),
        (HALF, True, 13, 7),
        (THIRD, False, 9, 3),
        (THIRD, False, 10, 4),
        (THIRD, False, 13, 5),
        (Fraction(2, 3), False, 7, 5),
        (Fraction(2, 3), False, 21, 14),
        (Fraction(2, 5), False, 50, 20),
        (Fraction(1), False, 5, 5),
        (Fraction(3, 4), True, 4, 4),
    ],
)
def test_the_least_number_satisfying_a_fraction(fraction: Fraction, of: int, least: int, *, is_strict: bool) -> None:
    terms = body(share(fraction, is_strict=is_strict), of=of)
    assert needed(terms, meeting()) == least
    assert assess(terms, meeting(people(least))).is_quorate
    assert not assess(terms, meeting(people(least - 1))).is_quorate


@pytest.mark.parametrize(
    ("rounding", "is_strict", "least"),
    [
        (Rounding.NONE, False, 5),
        (Rounding.UP, False, 5),
        (Rounding.DOWN, False, 4),
        (Rounding.NONE, True, 5),
        (Rounding.UP, True, 6),
        (Rounding.DOWN, True, 5),
    ],
)
def test_rounding_comes_before_the_comparison(rounding: Rounding, least: int, *, is_strict: bool) -> None:
    terms = body(replace(share(THIRD, is_strict=is_strict), rounding=rounding), of=13)
    assert needed(terms, meeting()) == least
    assert [assess(terms, meeting(people(number))).is_quorate for number in (least - 1, least)] == [False, True]


BASES = [
    (Base.SEATS, 10),
    (Base.FILLED_SEATS, 8),
    (Base.IN_OFFICE, 7),
    (Base.REMAINING, 5),
    (Base.ENTITLED, 6),
]


@pytest.mark.parametrize(("base", "size"), BASES)
def test_what_each_base_leaves_out(base: Base, size: int) -> None:
    """Ten seats, two vacant, one suspended, two conflicted; one of those in office does not vote."""
    mute = capacity("mute", votes=False, in_base=True)
    terms = body(share(base=base), of=[*seats(9), Seat(id="mute", name="Mute", capacity="mute")], capacities=[mute])
    attendees = (
        Attendee(seat="seat-1", is_suspended=True),
        Attendee(seat="seat-2", withdrawals=AWAY),
        Attendee(seat="seat-3", withdrawals=AWAY, here=()),
        *in_seats("seat-4", "seat-5", "mute"),
    )
    facts = Facts(attendees=attendees, vacant=frozenset({"seat-8", "seat-9"}))
    assert finding(assess(terms, facts), "half").base == size


@pytest.mark.parametrize(
    ("base", "sizes", "size"),
    [
        (Base.SEATS, {"seats": 16}, 16),
        (Base.SEATS, {"seats": 16, "vacancies": 4}, 16),
        (Base.FILLED_SEATS, {"vacancies": 4}, 6),
        (Base.IN_OFFICE, {"seats": 16, "vacancies": 4}, 12),
        (Base.IN_OFFICE, {"excluded": 1}, 9),
        (Base.REMAINING, {"seats": 15, "disqualified": 6}, 9),
        (Base.REMAINING, {"conflicted": 3, "disqualified": 2}, 7),
        (Base.REMAINING, {"disqualified": 30}, 0),
        (Base.ENTITLED, {"entitled to vote": 4}, 4),
        (Base.ENTITLED, {"seats": 600}, 600),
    ],
)
def test_sizes_given_stand_in_place_of_the_seats(base: Base, sizes: dict[str, int], size: int) -> None:
    terms = body(share(base=base), of=10)
    assert finding(assess(terms, meeting(people(1), **sizes)), "half").base == size


def test_the_suspended_stay_in_the_base_where_the_terms_say_so() -> None:
    kept = Counting(suspended_in_base=YesNoRule(id="kept", clause=QUORACY, value=True))
    facts = meeting(Attendee(seat="seat-1", is_suspended=True))
    for counting, size in ((kept, 4), (Counting(), 3)):
        terms = body(share(base=Base.IN_OFFICE), of=4, counting=counting)
        assert finding(assess(terms, facts), "half").base == size


def test_the_base_keeps_both_seats_of_one_person() -> None:
    terms = body(share(), of=24)
    answer = assess(terms, meeting(Attendee(person="ann", seat="seat-1"), Attendee(person="ann", seat="seat-2")))
    assert (answer.heads, answer.base) == (1, 24)


def test_a_base_of_one_category_counts_its_seats_or_the_size_given() -> None:
    elected = [replace(seat, categories=("elected",)) for seat in seats(6)]
    test = replace(share(is_strict=True), who=Who(category="elected"))
    terms = body(test, of=[*elected, *(Seat(id=f"x{place}", name="X") for place in range(4))])
    assert finding(assess(terms, meeting()), "half").base == 6
    assert finding(assess(terms, meeting(elected=5)), "half").base == 5
    assert finding(assess(terms, meeting(seats=99)), "half").base == 6
    assert finding(assess(body(test, of=10), meeting()), "half").base == 10


def test_a_base_of_some_organisations_counts_their_seats() -> None:
    test = replace(share(), who=Who(organisations=("police",)))
    terms = body(test, of=[Seat(id="p", name="P", count=3, organisation="police"), *seats(4)])
    assert finding(assess(terms, meeting()), "half").base == 3


def test_votes_are_weighed_exactly() -> None:
    test = Share(id="half", fraction=HALF, is_strict=False, base=Base.SEATS, measure=Measure.VOTES)
    terms = body(test, of=[Seat(id=f"s{place}", name="S", votes=Fraction(place, 2)) for place in range(1, 7)])
    answer = finding(assess(terms, meeting(*in_seats("s5", "s4"))), "half")
    assert (answer.base, answer.counted, answer.needed, answer.passed) == (
        Fraction(21, 2),
        Fraction(9, 2),
        Fraction(21, 4),
        False,
    )
    assert assess(terms, meeting(*in_seats("s6", "s5"))).is_quorate
    assert finding(assess(terms, meeting(votes=7)), "half").base == 7
    assert finding(assess(body(test), meeting(people(3), seats=5)), "half").base == 5


def test_heads_without_a_vote_do_not_help_a_base_of_voters() -> None:
    mute = capacity("mute", votes=False)
    terms = body(share(base=Base.ENTITLED), of=4, capacities=[mute])
    assert not assess(terms, meeting(people(1), Attendee(capacity="mute"))).is_quorate
    assert assess(terms, meeting(people(2))).is_quorate


@pytest.mark.parametrize(("size", "least"), [(1, 4), (6, 4), (7, 5), (40, 5)])
def test_a_stepped_number(size: int, least: int) -> None:
    test = Stepped(id="half", by="non_executives", steps=(Step(6, 4), Step(None, 5)))
    assert needed(body(test), meeting(non_executives=size)) == least


def test_beyond_the_last_step_the_last_one_holds() -> None:
    test = Stepped(id="half", by="members", steps=(Step(6, 4), Step(9, 5)))
    assert needed(body(test), meeting(members=40)) == 5


@pytest.mark.parametrize(("size", "least"), [(7, 15), (6, 13), (0, 1)])
def test_twice_a_committee_and_one_more(size: int, least: int) -> None:
    test = Linear(id="half", by="committee_size", times=Fraction(2), plus=1)
    assert needed(body(test), meeting(committee_size=size)) == least


def test_a_size_is_known_from_the_seats_where_it_can_be() -> None:
    lay = [Seat(id=f"lay-{place}", name="Lay", categories=("lay",)) for place in range(3)]
    known = {"seats": 8, "filled seats": 6, "in office": 5, "vacancies": 2, "excluded": 1, "conflicted": 1, "lay": 2}
    facts = Facts(
        attendees=(Attendee(seat="seat-1", is_suspended=True), Attendee(seat="seat-2", withdrawals=AWAY)),
        vacant=frozenset({"seat-5", "lay-0"}),
    )
    for name, size in known.items():
        test = Linear(id="half", by=name, times=Fraction(1))
        assert needed(body(test, of=[*seats(5), *lay]), facts) == size


def test_a_size_nobody_gives_is_an_error_that_names_it() -> None:
    test = Linear(id="half", by="committee_size", times=Fraction(2), plus=1)
    with pytest.raises(SizeNotGiven, match='The quorum depends on "committee_size", which is not given'):
        assess(body(test, of=5), meeting())


@pytest.mark.parametrize("base", list(Base))
def test_the_number_of_seats_is_never_invented(base: Base) -> None:
    with pytest.raises(SizeNotGiven, match='"seats"'):
        assess(body(share(base=base)), meeting(people(2)))
    assert assess(body(count(1)), meeting(people(2))).base is None
    assert assess(body(share(base=base)), meeting(people(2), seats=4)).is_quorate


def test_a_base_that_shrinks_with_conflicts_never_falls_below_its_floor() -> None:
    shrinks = ConflictRule(id="interests", clause=QUORACY, effect=Conflict.BASE_SHRINKS, floor=3)
    terms = body(share(), of=10, counting=Counting(conflicted=shrinks))
    away = [Attendee(seat=f"seat-{place}", withdrawals=AWAY) for place in range(5, 11)]
    facts = meeting(*in_seats("seat-1", "seat-2"), *away)
    assert needed(terms, facts) == 3
    assert not assess(terms, facts).is_quorate
    assert assess(terms, meeting(*in_seats("seat-1", "seat-2", "seat-3"), *away)).is_quorate


def test_an_empty_base_is_no_quorum_for_nobody() -> None:
    terms = body(share(base=Base.REMAINING), of=4)
    assert assess(terms, meeting(disqualified=4)).sentence == "Not quorate: nobody who counts is present."
