"""What is looked up once per terms, the matching of people to places, and exact numbers."""

from fractions import Fraction

import pytest

from partnership.rules.quorum.assess import assess
from partnership.rules.quorum.exact import exact, rounded_down, rounded_up, threshold_of
from partnership.rules.quorum.matching import matched
from partnership.rules.quorum.preparation import KEPT, prepared
from partnership.rules.quorum.terms import Organisation, Seat
from tests.rules.boards import HALF, body, capacity, count, meeting, people, share


def test_the_same_terms_are_prepared_once() -> None:
    terms = body(count(3), of=4)
    assert prepared(terms) is prepared(terms)


def test_equal_terms_are_prepared_apart_and_answer_alike() -> None:
    one, other = body(count(3), of=4), body(count(3), of=4)
    assert prepared(one) is not prepared(other)
    assert assess(one, meeting(people(3))) == assess(other, meeting(people(3)))


def test_more_terms_than_are_kept_still_answer_rightly() -> None:
    boards = [body(share(), of=seats) for seats in range(1, KEPT + 20)]
    for board in (*boards, *boards):
        assert assess(board, meeting()).base == len(board.seats)


def test_only_seats_of_a_capacity_in_the_base_are_in_it() -> None:
    seats = [
        Seat(id="a", name="A", count=3),
        Seat(id="b", name="B", capacity="observer"),
        Seat(id="c", name="C", capacity="ex officio"),
        Seat(id="d", name="D", capacity="nobody declared this"),
    ]
    ready = prepared(body(of=seats, capacities=[capacity("ex officio", in_base=True)]))
    assert ready.seats == 4
    assert [place.seat.id for place in ready.base] == ["a", "c"]


def test_an_organisation_represents_itself_and_those_it_stands_for() -> None:
    ready = prepared(body(organisations=[Organisation(id="trust", name="Trust", stands_for=("icb", "nhs"))]))
    assert ready.stands_for("trust") == {"trust", "icb", "nhs"}
    assert ready.stands_for("somebody else") == {"somebody else"}
    assert ready.stands_for(None) == frozenset()
    assert (ready.name_of("trust"), ready.name_of("icb")) == ("Trust", "icb")


@pytest.mark.parametrize(
    ("wants", "room", "given"),
    [
        ([["a"], ["a"]], {"a": 1}, ["a", None]),
        ([["a"], ["a"]], {"a": 2}, ["a", "a"]),
        ([["a", "b"], ["a"]], {"a": 1, "b": 1}, ["b", "a"]),
        ([["a", "b"], ["a", "c"], ["a"]], {"a": 1, "b": 1, "c": 1}, ["b", "c", "a"]),
        ([["a", "b"], ["a"], ["b"]], {"a": 1, "b": 1}, ["a", None, "b"]),
        ([[], ["a"]], {"a": 1}, [None, "a"]),
        ([["a"], ["a"]], {"a": 0}, [None, None]),
    ],
)
def test_as_many_as_possible_are_given_a_place(
    wants: list[list[str]], room: dict[str, int], given: list[str | None]
) -> None:
    found = matched(wants, room)
    assert [place is not None for place in found].count(True) == [place is not None for place in given].count(True)
    assert found[0] is None or found[0] in wants[0]
    assert all(found.count(place) <= room[place] for place in room)


def test_whoever_comes_first_keeps_a_place() -> None:
    assert matched([["a"], ["a", "b"], ["b"]], {"a": 1, "b": 1}) == ["a", "b", None]


@pytest.mark.parametrize(
    ("fraction", "base", "threshold", "up", "down"),
    [
        (HALF, 24, 12, 12, 12),
        (HALF, 13, Fraction(13, 2), 7, 6),
        (Fraction(1, 3), 13, Fraction(13, 3), 5, 4),
        (Fraction(2, 3), Fraction(21, 2), 7, 7, 7),
        (HALF, 0, 0, 0, 0),
    ],
)
def test_fractions_of_a_base_are_exact(
    fraction: Fraction, base: int | Fraction, threshold: int | Fraction, up: int, down: int
) -> None:
    found = threshold_of(fraction, base)
    assert found == threshold
    assert (rounded_up(found), rounded_down(found)) == (up, down)


@pytest.mark.parametrize("amount", [0, 12, 127, 128, 5000, -3, Fraction(1, 2)])
def test_an_exact_amount_is_a_fraction_of_the_same_value(amount: int | Fraction) -> None:
    assert isinstance(exact(amount), Fraction)
    assert exact(amount) == amount
