"""Who counts as a head, represents an organisation and fills an office."""

from dataclasses import replace
from fractions import Fraction

import pytest

from partnership.rules.quorum.assess import assess
from partnership.rules.quorum.facts import Attendee, DeputyCheck, Facts, Withdrawal
from partnership.rules.quorum.terms import (
    Count,
    Counting,
    Measure,
    Organisation,
    SameOrganisation,
    SameOrganisationRule,
    Seat,
    SeparateOfficesRule,
    Who,
    YesNoRule,
)
from tests.rules.boards import (
    QUORACY,
    body,
    capacity,
    count,
    each_of,
    either,
    every,
    finding,
    held,
    in_seats,
    meeting,
    office,
    people,
)


def says(*, value: bool) -> YesNoRule:
    return YesNoRule(id="a-rule", clause=QUORACY, value=value)


ONCE = SameOrganisationRule(id="once", clause=QUORACY, value=SameOrganisation.ONCE)
EACH = SameOrganisationRule(id="each", clause=QUORACY, value=SameOrganisation.EACH)


@pytest.mark.parametrize(
    ("attendee", "heads"),
    [
        (Attendee(), 1),
        (Attendee(number=3), 3),
        (Attendee(capacity="deputy"), 1),
        (Attendee(capacity="observer"), 0),
        (Attendee(capacity="adviser"), 0),
        (Attendee(capacity="guest"), 0),
        (Attendee(capacity="emeritus"), 0),
        (Attendee(capacity="nobody declared this"), 0),
        (Attendee(is_remote=True), 1),
        (Attendee(is_suspended=True), 0),
        (Attendee(deputy_check=DeputyCheck.IMPROPER), 0),
        (Attendee(deputy_check=DeputyCheck.NOT_CHECKED), 1),
        (Attendee(withdrawals=(Withdrawal(),)), 0),
        (Attendee(here=()), 0),
        (Attendee(unknown=("superintendent",)), 1),
    ],
)
def test_who_is_a_head(attendee: Attendee, heads: int) -> None:
    terms = body(count(1), capacities=[capacity("emeritus", counts=False)])
    assert assess(terms, meeting(attendee)).heads == heads


@pytest.mark.parametrize(
    ("counting", "attendee", "heads"),
    [
        (Counting(remote_counts=says(value=False)), Attendee(is_remote=True), 0),
        (Counting(remote_counts=says(value=True)), Attendee(is_remote=True), 1),
        (Counting(improper_deputy_counts=says(value=True)), Attendee(deputy_check=DeputyCheck.IMPROPER), 1),
        (Counting(improper_deputy_counts=says(value=False)), Attendee(deputy_check=DeputyCheck.IMPROPER), 0),
    ],
)
def test_a_rule_of_counting_decides(counting: Counting, attendee: Attendee, heads: int) -> None:
    assert assess(body(count(1), counting=counting), meeting(attendee)).heads == heads


def test_an_observer_cannot_be_declared_to_count() -> None:
    terms = body(count(1), capacities=[capacity("observer")])
    assert assess(terms, meeting(Attendee(capacity="observer"))).heads == 0


@pytest.mark.parametrize(
    ("attendee", "note"),
    [
        (
            Attendee(name="Sam Lee", deputy_check=DeputyCheck.NOT_CHECKED),
            "Sam Lee is counted; whether they are a proper deputy has not been checked.",
        ),
        (
            Attendee(number=2, unknown=("superintendent", "OPCC")),
            '2 people: these terms do not name "superintendent" and "OPCC"; counted as plain heads.',
        ),
        (
            Attendee(organisation="police", capacity="ghost"),
            'These terms do not say what "ghost" counts as, so Somebody from police is not counted.',
        ),
    ],
)
def test_what_is_not_plain_is_noted(attendee: Attendee, note: str) -> None:
    assert assess(body(count(1)), meeting(attendee)).notes == (note,)


def test_a_person_in_two_seats_is_one_head_and_fills_both() -> None:
    terms = body(
        every(count(2), held("chair"), each_of("police")),
        of=[
            Seat(id="chair", name="Chair", offices=("chair",)),
            Seat(id="police", name="Police", organisation="police"),
        ],
        offices=[office("chair")],
    )
    both = (Attendee(person="ann", seat="chair"), Attendee(person="ann", seat="police"))
    answer = assess(terms, meeting(*both))
    assert answer.heads == 1
    assert finding(answer, "chair-here").passed
    assert finding(answer, "partners").passed
    assert assess(terms, meeting(*both, Attendee(person="ben"))).is_quorate


def test_offices_kept_separate_are_not_both_filled_by_one_person() -> None:
    offices = [office("chair"), office("scrutineer")]
    apart = SeparateOfficesRule(id="apart", clause=QUORACY, offices=("chair", "scrutineer"))
    terms = body(every(held("chair"), held("scrutineer")), offices=offices)
    separate = replace(terms, counting=Counting(separate_offices=(apart,)))
    ann = Attendee(name="Ann", offices=frozenset({"chair", "scrutineer"}))
    assert assess(terms, meeting(ann)).is_quorate
    answer = assess(separate, meeting(ann))
    assert answer.sentence == "Not quorate: the scrutineer is not present."
    ben = Attendee(name="Ben", offices=frozenset({"chair"}))
    answer = assess(separate, meeting(ann, ben))
    assert answer.is_quorate
    assert finding(answer, "chair-here").present == ("Ben",)
    assert finding(answer, "scrutineer-here").present == ("Ann",)


def test_several_alike_can_share_separate_offices_out() -> None:
    apart = SeparateOfficesRule(id="apart", clause=QUORACY, offices=("chair", "scrutineer"))
    terms = body(
        every(held("chair"), held("scrutineer")),
        offices=[office("chair"), office("scrutineer")],
        counting=Counting(separate_offices=(apart,)),
    )
    alike = Attendee(number=2, offices=frozenset({"chair", "scrutineer"}))
    assert assess(terms, meeting(alike)).is_quorate
    assert not assess(terms, meeting(replace(alike, number=1))).is_quorate


def test_separate_offices_are_shared_out_as_the_tree_needs_them() -> None:
    apart = SeparateOfficesRule(id="apart", clause=QUORACY, offices=("chair", "scrutineer"))
    terms = body(
        every(either(held("chair"), count(1)), held("scrutineer")),
        offices=[office("chair"), office("scrutineer")],
        counting=Counting(separate_offices=(apart,)),
    )
    assert assess(terms, meeting(Attendee(offices=frozenset({"chair", "scrutineer"})))).is_quorate


def test_a_representative_and_the_deputy_of_one_seat_are_one_head() -> None:
    terms = body(count(2), of=3)
    representative = Attendee(name="Ann", seat="seat-1")
    deputy = Attendee(name="Ben", seat="seat-1", capacity="deputy")
    for order in ((representative, deputy), (deputy, representative)):
        answer = assess(terms, meeting(*order))
        assert answer.heads == 1
        assert answer.notes == ("Ben is here for a place that is already counted, so is not counted again.",)
    assert assess(terms, meeting(replace(representative, withdrawals=(Withdrawal(),)), deputy)).heads == 1


def test_who_deputises_for_two_is_counted_where_room_is() -> None:
    terms = body(count(2), of=3)
    ann = Attendee(name="Ann", seat="seat-1")
    two = (Attendee(person="ben", seat="seat-1", capacity="deputy"), Attendee(person="ben", seat="seat-2"))
    for order in ((ann, *two), (*two, ann), (two[1], ann, two[0])):
        assert assess(terms, meeting(*order)).heads == 2


def test_a_class_of_seats_holds_no_more_heads_than_it_has_places() -> None:
    terms = body(count(3), of=[Seat(id="others", name="Others", count=2)])
    assert assess(terms, meeting(Attendee(seat="others", number=2))).heads == 2
    assert assess(terms, meeting(Attendee(seat="others", number=5))).heads == 2


@pytest.mark.parametrize(("rule", "heads"), [(ONCE, 2), (EACH, 4), (None, 4)])
def test_staff_of_one_organisation_count_once_or_each(rule: SameOrganisationRule | None, heads: int) -> None:
    terms = body(count(2), counting=Counting(same_organisation=rule))
    attendees = (Attendee(number=3, organisation="council"), Attendee(organisation="police"))
    assert assess(terms, meeting(*attendees)).heads == heads


@pytest.mark.parametrize(("once", "heads"), [(True, 12), (False, 24)])
def test_a_household_counts_once_however_many_come(*, once: bool, heads: int) -> None:
    terms = body(count(12), counting=Counting(unit_counts_once=says(value=once)))
    couples = [Attendee(unit=f"house {place}") for place in range(12) for _ in range(2)]
    assert assess(terms, meeting(*couples)).heads == heads


def test_staff_who_count_once_still_bring_each_category() -> None:
    terms = body(Count(id="officer", minimum=1, who=Who(category="officer")), counting=Counting(same_organisation=ONCE))
    ann = Attendee(name="Ann", organisation="council", categories=frozenset({"councillor"}))
    ben = Attendee(name="Ben", organisation="council", categories=frozenset({"officer"}))
    assert assess(terms, meeting(ann, ben)).is_quorate


def test_a_deputy_fills_an_office_only_where_the_office_lets_one() -> None:
    deputy = Attendee(capacity="deputy", offices=frozenset({"chair"}))
    strict = body(held("chair"), offices=[office("chair")])
    lenient = body(held("chair"), offices=[office("chair", deputy_may_fill=True)])
    neither = body(
        held("chair"),
        offices=[office("chair", deputy_may_fill=True)],
        capacities=[capacity("deputy", fills_offices=False)],
    )
    assert [assess(terms, meeting(deputy)).is_quorate for terms in (strict, lenient, neither)] == [False, True, False]


@pytest.mark.parametrize(
    "barred",
    [
        {"deputy_check": DeputyCheck.IMPROPER},
        {"is_suspended": True},
        {"withdrawals": (Withdrawal(),)},
        {"capacity": "observer"},
    ],
)
def test_who_is_barred_neither_represents_nor_fills(barred: dict[str, object]) -> None:
    terms = body(either(held("chair"), each_of("police")), offices=[office("chair")])
    attendee = Attendee(organisation="police", offices=frozenset({"chair"}))
    assert assess(terms, meeting(attendee)).is_quorate
    assert assess(terms, meeting(replace(attendee, **barred))).is_quorate is False  # type: ignore[arg-type]


def test_an_organisation_may_stand_for_another() -> None:
    merged = Organisation(id="trust", name="Health trust", stands_for=("icb",))
    terms = body(each_of("icb"), organisations=[merged])
    assert assess(terms, meeting(Attendee(organisation="trust"))).is_quorate
    assert not assess(terms, meeting(Attendee(organisation="other trust"))).is_quorate


def test_a_seat_lends_its_labels_to_whoever_sits_in_it() -> None:
    seat = Seat(id="s", name="S", organisation="police", categories=("officer",), votes=Fraction(3))
    officer = Count(id="officer", minimum=1, who=Who(category="officer"))
    votes = Count(id="votes", minimum=3, measure=Measure.VOTES)
    terms = body(every(each_of("police"), officer, votes), of=[seat])
    assert assess(terms, meeting(*in_seats("s"))).is_quorate
    assert finding(assess(terms, meeting(Attendee(seat="s", votes=Fraction(2)))), "votes").counted == 2


def test_a_seat_votes_once_and_a_person_for_each_seat() -> None:
    seats = [Seat(id="a", name="A", votes=Fraction(2)), Seat(id="b", name="B")]
    terms = body(Count(id="votes", minimum=1, measure=Measure.VOTES), of=seats)
    pair = (Attendee(seat="a"), Attendee(seat="a", capacity="deputy"))
    assert finding(assess(terms, meeting(*pair)), "votes").counted == 2
    both = (Attendee(person="ann", seat="a"), Attendee(person="ann", seat="b"))
    assert finding(assess(terms, meeting(*both)), "votes").counted == 3
    mute = body(Count(id="votes", minimum=1, measure=Measure.VOTES), capacities=[capacity("mute", votes=False)])
    assert finding(assess(mute, meeting(Attendee(capacity="mute"))), "votes").counted == 0


def test_the_order_of_arrival_is_irrelevant() -> None:
    terms = body(count(3), of=4)
    rows = (
        Attendee(name="Ann", person="ann", seat="seat-1"),
        Attendee(name="Ann", person="ann", seat="seat-2", capacity="deputy"),
        Attendee(name="Ben", seat="seat-2", capacity="deputy"),
        Attendee(name="Cat", seat="seat-3"),
    )
    answers = [assess(terms, Facts(attendees=order)) for order in (rows, rows[::-1], rows[2:] + rows[:2])]
    assert [answer.heads for answer in answers] == [3, 3, 3]


def test_what_the_attendance_says_of_sizes_is_noted() -> None:
    answer = assess(body(count(1), of=5), meeting(people(1), seats=9, committee_size=4))
    assert answer.notes == ("Given with the attendance, not taken from the list of seats: seats 9.",)
    assert answer.base == 9
