"""Corners of the quorum that a change of one sign in the code would move, each worked out by hand."""

from __future__ import annotations

from fractions import Fraction

from partnership.rules.quorum.assess import assess
from partnership.rules.quorum.facts import Attendee, Facts, Withdrawal
from partnership.rules.quorum.terms import (
    Base,
    Choice,
    Combination,
    Conflict,
    ConflictRule,
    Count,
    Counting,
    Group,
    Measure,
    Office,
    OfficeHeld,
    Organisations,
    QuorumRule,
    QuorumTerms,
    Seat,
    SeparateOfficesRule,
    Share,
    Test,
    Who,
)
from tests.rules.boards import QUORACY

AWAY = (Withdrawal(),)
HALF_THE_VOTES = Share(
    id="half", fraction=Fraction(1, 2), is_strict=False, base=Base.SEATS, measure=Measure.VOTES
)  # fmt: skip


def terms(test: Test, *seats: Seat, counting: Counting | None = None, offices: tuple[str, ...] = ()) -> QuorumTerms:
    return QuorumTerms(
        body="body",
        seats=seats,
        offices={name: Office(id=name, clause=QUORACY, name=name) for name in offices},
        counting=counting or Counting(),
        rules=(QuorumRule(id="quorum", clause=QUORACY, test=test),),
    )


def seats(number: int, votes: int = 1) -> tuple[Seat, ...]:
    return tuple(Seat(id=f"s{place}", name=f"Seat {place}", votes=Fraction(votes)) for place in range(number))


def interests(effect: Conflict) -> Counting:
    return Counting(conflicted=ConflictRule(id="interests", clause=QUORACY, effect=effect))


def test_a_member_with_an_interest_who_is_not_there_does_not_count_although_the_conflicted_do() -> None:
    body = terms(Count(id="two", minimum=2), *seats(3), counting=interests(Conflict.STILL_COUNTED))
    there, away = Attendee(seat="s0"), Attendee(seat="s1", withdrawals=AWAY)
    gone = Attendee(seat="s1", withdrawals=AWAY, here=())
    assert assess(body, Facts(attendees=(there, away))).heads == 2
    assert assess(body, Facts(attendees=(there, gone))).heads == 1


def test_a_person_without_a_seat_who_has_an_interest_twice_leaves_the_base_once() -> None:
    half = Share(id="half", fraction=Fraction(1, 2), is_strict=False, base=Base.SEATS)
    body = terms(half, counting=interests(Conflict.BASE_SHRINKS))
    twice = (Attendee(person="p", withdrawals=AWAY), Attendee(person="p", withdrawals=AWAY))
    assert assess(body, Facts(attendees=twice, sizes={"seats": 9})).tests[0].base == 8
    others = (Attendee(person="p", withdrawals=AWAY), Attendee(withdrawals=AWAY), Attendee(withdrawals=AWAY))
    assert assess(body, Facts(attendees=others, sizes={"seats": 9})).tests[0].base == 6


def test_the_number_of_seats_is_not_a_weight_of_votes() -> None:
    row = Attendee(seat="s0")
    weighted = assess(terms(HALF_THE_VOTES, *seats(4, votes=3)), Facts(attendees=(row,), sizes={"seats": 2}))
    assert weighted.tests[0].base == 12
    assert weighted.is_quorate is False
    alike = assess(terms(HALF_THE_VOTES, *seats(4)), Facts(attendees=(row,), sizes={"seats": 2}))
    assert alike.tests[0].base == 2
    assert alike.is_quorate is True


def test_two_in_one_row_fill_an_office_twice_where_offices_are_separate() -> None:
    apart = SeparateOfficesRule(id="apart", clause=QUORACY, offices=("chair", "lay"))
    tests = (OfficeHeld(id="chair", any_of=("chair",)), OfficeHeld(id="lay", any_of=("lay",), minimum=3))
    body = terms(
        Group(id="both", combination=Combination.ALL, of=tests),
        counting=Counting(separate_offices=(apart,)),
        offices=("chair", "lay"),
    )
    chair, lay = Attendee(offices=frozenset({"chair"})), Attendee(offices=frozenset({"lay"}), number=2)
    assert not assess(body, Facts(attendees=(chair, lay))).is_quorate
    assert assess(body, Facts(attendees=(chair, lay, Attendee(offices=frozenset({"lay"}))))).is_quorate


def test_a_count_without_a_name_says_whom_it_counts() -> None:
    elected = Attendee(categories=frozenset({"elected"}))
    for who, words in (
        (Who(category="elected"), "too few elected members (1 present, 3 needed)"),
        (Who(not_category="appointed"), "too few members other than appointed (1 present, 3 needed)"),
    ):
        body = terms(Count(id="three", minimum=3, who=who))
        assert assess(body, Facts(attendees=(elected,))).tests[0].sentence == f"{words.capitalize()}."


def test_more_organisations_asked_for_than_are_listed_says_how_many_are_short() -> None:
    both = Organisations(id="two", of=(Choice(any_of=("police",)),), minimum=3)
    answer = assess(terms(both), Facts(attendees=(Attendee(organisation="police"),)))
    assert (answer.is_quorate, answer.tests[0].missing) == (False, ("2 more",))


def test_a_row_represents_its_own_organisation_and_not_that_of_the_seat() -> None:
    asked = Organisations(id="partners", of=(Choice(any_of=("trust",)),))
    body = terms(asked, Seat(id="s0", name="Health", organisation="icb"))
    assert assess(body, Facts(attendees=(Attendee(seat="s0", organisation="trust"),))).is_quorate is True
    assert assess(body, Facts(attendees=(Attendee(seat="s0"),))).is_quorate is False


def test_a_choice_says_how_many_organisations_of_which_are_still_wanted() -> None:
    two = Organisations(id="two", of=tuple(Choice(any_of=(name,)) for name in ("a", "b", "c")), minimum=2)
    either = Group(id="either", combination=Combination.ANY, of=(two, Count(id="nine", minimum=9)))
    answer = assess(terms(either), Facts(attendees=(Attendee(organisation="a"),)))
    assert answer.tests[0].missing == ("one of these is needed: 1 more of b and c; 8 more members",)
