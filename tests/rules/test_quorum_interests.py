"""Members who withdraw for an interest, and what the terms make of it for the item."""

from dataclasses import replace

import pytest

from partnership.rules.quorum.assess import assess
from partnership.rules.quorum.facts import Attendee, Facts, Withdrawal
from partnership.rules.quorum.terms import (
    AnyoneConflicted,
    Base,
    Conflict,
    ConflictRule,
    Counting,
    EveryoneConflicted,
    Phase,
    QuorumTerms,
    Rounding,
)
from tests.rules.boards import HALF, QUORACY, body, clock, count, each_of, every, finding, here, meeting, people, share

ITEM_4 = (Withdrawal(item="4"),)


def treating(effect: Conflict | None, *, floor: int = 0, of: int = 12) -> QuorumTerms:
    rule = ConflictRule(id="interests", clause=QUORACY, effect=effect, floor=floor) if effect else None
    half = replace(share(HALF, Base.IN_OFFICE), rounding=Rounding.UP)
    return body(half, of=of, counting=Counting(conflicted=rule))


def attendees(counted: int, withdrawn: int) -> tuple[Attendee, ...]:
    return (people(counted), Attendee(number=withdrawn, withdrawals=ITEM_4))


@pytest.mark.parametrize(
    ("effect", "heads", "base", "is_quorate"),
    [
        (None, 5, 12, False),
        (Conflict.NOT_COUNTED, 5, 12, False),
        (Conflict.STILL_COUNTED, 7, 12, True),
        (Conflict.BASE_SHRINKS, 5, 10, True),
        (Conflict.REMAINING_ARE_QUORUM, 5, 12, True),
    ],
)
def test_what_an_interest_does_to_the_quorum(
    effect: Conflict | None, heads: int, base: int, *, is_quorate: bool
) -> None:
    terms = treating(effect)
    answer = assess(terms, meeting(*attendees(5, 2)), phase=Phase.ITEM, item="4")
    assert (answer.heads, answer.base) == (heads, base)
    assert answer.is_quorate is is_quorate


@pytest.mark.parametrize("effect", list(Conflict))
def test_an_interest_in_one_item_leaves_the_others_alone(effect: Conflict) -> None:
    facts = meeting(*attendees(5, 2))
    for item in (None, "5"):
        answer = assess(treating(effect), facts, phase=Phase.ITEM, item=item)
        assert (answer.heads, answer.base, answer.is_quorate) == (7, 12, True)


@pytest.mark.parametrize(("floor", "is_quorate"), [(0, True), (5, True), (6, False)])
def test_the_members_left_are_a_quorum_down_to_a_floor(floor: int, *, is_quorate: bool) -> None:
    terms = treating(Conflict.REMAINING_ARE_QUORUM, floor=floor)
    answer = assess(terms, meeting(*attendees(5, 2)), item="4")
    assert answer.is_quorate is is_quorate
    assert answer.margin == (5 - max(floor, 1) if is_quorate else -1)


@pytest.mark.parametrize(
    ("counted", "withdrawn"),
    [(3, 2), (0, 7)],
)
def test_the_members_left_are_none_where_all_together_would_not_be(counted: int, withdrawn: int) -> None:
    terms = treating(Conflict.REMAINING_ARE_QUORUM)
    assert not assess(terms, meeting(*attendees(counted, withdrawn)), item="4").is_quorate


def test_a_rule_on_interests_may_be_for_some_members_only() -> None:
    rule = ConflictRule(
        id="interests",
        clause=QUORACY,
        effect=Conflict.REMAINING_ARE_QUORUM,
        when=AnyoneConflicted("non-executive"),
    )
    terms = body(count(4), counting=Counting(conflicted=rule))
    executive = Attendee(withdrawals=ITEM_4)
    other = replace(executive, categories=frozenset({"non-executive"}))
    assert not assess(terms, meeting(people(3), executive), item="4").is_quorate
    assert assess(terms, meeting(people(3), other), item="4").is_quorate
    only = replace(rule, when=EveryoneConflicted("non-executive"))
    alone = replace(terms, counting=Counting(conflicted=only))
    second = Attendee(categories=frozenset({"non-executive"}))
    assert assess(alone, meeting(people(3), other), item="4").is_quorate
    assert not assess(alone, meeting(people(2), second, other), item="4").is_quorate


def test_who_has_withdrawn_does_not_represent_for_that_item() -> None:
    terms = body(every(count(1), each_of("police")))
    police = Attendee(organisation="police", withdrawals=ITEM_4)
    facts = meeting(people(3), police)
    assert assess(terms, facts, item="3").is_quorate
    assert assess(terms, facts, item="4").sentence == "Not quorate: police is not represented."


def test_a_withdrawal_may_last_from_one_time_to_another() -> None:
    withdrawal = Withdrawal(item="4", interval=here(clock(10, 30), clock(11))[0])
    facts = Facts(attendees=(people(5), Attendee(withdrawals=(withdrawal,))))
    terms = treating(Conflict.NOT_COUNTED)
    told = [assess(terms, facts, at=clock(10, 29 + more), item="4").heads for more in (0, 1, 30)]
    assert told == [6, 5, 5]
    assert assess(terms, facts, at=clock(11), item="4").heads == 6


def test_the_base_stays_small_when_the_conflicted_go_home() -> None:
    gone = Attendee(number=2, withdrawals=ITEM_4, here=())
    answer = assess(treating(Conflict.BASE_SHRINKS), meeting(people(5), gone), item="4")
    assert (answer.base, answer.is_quorate) == (10, True)


def test_a_conflicted_deputy_takes_the_seat_off_the_base() -> None:
    terms = treating(Conflict.BASE_SHRINKS)
    deputy = Attendee(seat="seat-1", capacity="deputy", withdrawals=ITEM_4)
    representative = Attendee(seat="seat-1", withdrawals=ITEM_4)
    answer = assess(terms, meeting(people(5), deputy, representative), item="4")
    assert finding(answer, "half").base == 11


def test_the_tests_shown_are_those_of_all_members_where_the_others_are_a_quorum() -> None:
    answer = assess(treating(Conflict.REMAINING_ARE_QUORUM), meeting(*attendees(5, 2)), item="4")
    assert finding(answer, "half").sentence == "7 of 12 members present (6 needed)."
    assert answer.sentence == "Quorate: the 5 members without an interest are a quorum for this item."
