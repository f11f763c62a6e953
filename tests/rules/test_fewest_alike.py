"""Who is alike for the fewest people, and who only looks it: small meetings worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from bench.instances import CLAUSE, board, deputy, half, representative, seat
from partnership.rules.quorum.departures import EndsIf, EndsIfStatus, ends_if
from partnership.rules.quorum.facts import Attendee, Determined, Facts, MeetingFacts, Withdrawal
from partnership.rules.quorum.fewest import Fewest, FewestStatus, fewest_people
from partnership.rules.quorum.terms import (
    Base,
    Combination,
    Conflict,
    ConflictRule,
    Count,
    Counting,
    DeterminationRule,
    Distinct,
    EveryoneConflicted,
    Group,
    Measure,
    OfficeHeld,
    Organisation,
    QuorumTerms,
    SameOrganisation,
    SameOrganisationRule,
    Scope,
    Seat,
    SeparateOfficesRule,
    Share,
    Test,
    Who,
    YesNoRule,
)
from partnership.rules.quorum.terms import (
    Tested as WhenTested,
)

ONCE = Counting(same_organisation=SameOrganisationRule(id="once", clause=CLAUSE, value=SameOrganisation.ONCE))
HOUSEHOLDS = Counting(unit_counts_once=YesNoRule(id="once", clause=CLAUSE, value=True))


def members(number: int) -> Count:
    return Count(id="members", minimum=number)


def fewest(terms: QuorumTerms, there: list[Attendee], could: list[Attendee], item: str | None = None) -> Fewest:
    return fewest_people(terms, Facts(attendees=tuple(there)), tuple(could), item=item)


def seats_found(found: Fewest) -> list[str | None]:
    return [row.seat for row in found.people]


def people_of(*organisations: str) -> tuple[list[Seat], list[Attendee]]:
    seats = [seat(number, name) for number, name in enumerate(organisations)]
    return seats, [representative(one) for one in seats]


def test_where_an_organisation_counts_once_its_second_person_is_of_no_use() -> None:
    seats, rows = people_of("a", "a", "b")
    assert seats_found(fewest(board("x", seats, [members(2)], ONCE), rows[:1], rows[1:])) == ["seat-02"]


def test_two_people_of_one_organisation_are_one_head_where_it_counts_once() -> None:
    seats, rows = people_of("a", "a", "b", "c")
    assert seats_found(fewest(board("x", seats, [members(2)], ONCE), [], rows)) == ["seat-00", "seat-02"]


def test_different_organisations_are_asked_for_whichever_they_are() -> None:
    seats, rows = people_of("a", "a", "b", "b", "c")
    asked: list[Test] = [Distinct(id="different", minimum=3)]
    assert seats_found(fewest(board("x", seats, asked), rows[:1], rows[1:])) == ["seat-02", "seat-04"]


def test_only_the_organisations_listed_are_different() -> None:
    seats, rows = people_of("a", "b", "c", "d")
    asked: list[Test] = [Distinct(id="different", minimum=2, of=("b", "d"))]
    assert seats_found(fewest(board("x", seats, asked), [], rows)) == ["seat-01", "seat-03"]


def test_a_household_counts_once() -> None:
    seats = [seat(number, unit=unit) for number, unit in enumerate(("u", "u", "v"))]
    rows = [representative(one) for one in seats]
    assert seats_found(fewest(board("x", seats, [members(2)], HOUSEHOLDS), rows[:1], rows[1:])) == ["seat-02"]


def test_the_deputy_of_somebody_who_is_there_is_of_no_use() -> None:
    seats, rows = people_of("a", "b")
    could = [deputy(seats[0]), deputy(seats[1])]
    assert seats_found(fewest(board("x", seats, [members(2)]), rows[:1], could)) == ["seat-01"]


def test_a_person_in_two_seats_is_one_person_and_fills_both_offices() -> None:
    seats = [seat(0, offices=("chair",)), seat(1, offices=("scrutineer",)), seat(2, offices=("scrutineer",))]
    offices: list[Test] = [OfficeHeld(id=name, any_of=(name,)) for name in ("chair", "scrutineer")]
    rows = [replace(representative(one), person="p" if index < 2 else None) for index, one in enumerate(seats)]
    found = fewest(board("x", seats, offices), [], rows)
    assert (found.size, seats_found(found)) == (1, ["seat-00", "seat-01"])


def test_who_shares_a_seat_with_a_person_of_two_seats_is_like_nobody() -> None:
    seats = [seat(0, offices=("chair",)), seat(1), seat(2)]
    both = [replace(representative(one), person="p") for one in seats[:2]]
    asked: list[Test] = [OfficeHeld(id="chair", any_of=("chair",)), Distinct(id="different", minimum=2)]
    homes = [replace(row, organisation=name) for row, name in zip(both, "ab", strict=True)]
    others = [replace(deputy(one), organisation=name) for one, name in zip(seats[1:], "bc", strict=True)]
    found = fewest(board("x", seats, [*asked, Distinct(id="three", minimum=3)]), [], [*homes, *others])
    assert (found.size, seats_found(found)) == (2, ["seat-00", "seat-01", "seat-02"])


def test_offices_kept_separate_need_two_people() -> None:
    seats = [seat(0, offices=("chair", "scrutineer")), seat(1, offices=("scrutineer",))]
    offices: list[Test] = [OfficeHeld(id=name, any_of=(name,)) for name in ("chair", "scrutineer")]
    apart = SeparateOfficesRule(id="apart", clause=CLAUSE, offices=("chair", "scrutineer"))
    terms = board("x", seats, offices, Counting(separate_offices=(apart,)))
    rows = [representative(one) for one in seats]
    assert fewest(terms, [], rows).size == 2
    assert fewest(terms, [], rows[:1]).status is FewestStatus.IMPOSSIBLE


def test_the_heaviest_votes_come_first() -> None:
    weights = (Fraction(1), Fraction(5, 2), Fraction(1, 2), Fraction(4))
    seats = [seat(number, votes=weight) for number, weight in enumerate(weights)]
    asked = Share(
        id="votes", fraction=Fraction(1, 2), is_strict=True, base=Base.SEATS, measure=Measure.VOTES
    )  # fmt: skip
    rows = [representative(one) for one in seats]
    assert seats_found(fewest(board("x", seats, [asked]), [], rows)) == ["seat-00", "seat-03"]
    assert seats_found(fewest(board("x", seats, [asked]), rows[3:], rows[:3])) == ["seat-00"]


def test_one_of_a_row_of_many_comes() -> None:
    terms = board("x", [Seat(id="others", name="Others", count=22)], [half()])
    found = fewest(terms, [Attendee(number=4)], [Attendee(name="Others", seat="others", number=22)])
    assert (found.size, [row.number for row in found.people]) == (7, [7])


def test_a_category_is_made_up_by_its_own() -> None:
    seats = [seat(number, categories=("elected",) if number > 1 else ()) for number in range(4)]
    asked: list[Test] = [Count(id="elected", minimum=2, who=Who(category="elected"))]
    assert seats_found(fewest(board("x", seats, asked), [], [representative(one) for one in seats])) == [
        "seat-02",
        "seat-03",
    ]


def test_members_with_an_interest_shrink_the_base_by_coming() -> None:
    seats, rows = people_of("a", "b", "c", "d", "e", "f")
    rule = ConflictRule(id="interests", clause=CLAUSE, effect=Conflict.BASE_SHRINKS)
    terms = board("x", seats, [half()], Counting(conflicted=rule))
    away = [replace(row, withdrawals=(Withdrawal(item="6"),)) for row in rows]
    found = fewest(terms, rows[:2], away[2:], item="6")
    assert (found.size, seats_found(found)) == (2, ["seat-02", "seat-03"])
    assert fewest(terms, rows[:2], away[2:], item="7").size == 1


def test_a_member_without_an_interest_turns_a_condition() -> None:
    seats = [seat(number, categories=("outside",) if number else ()) for number in range(3)]
    rows = [representative(one) for one in seats]
    all_in_conflict = EveryoneConflicted("outside")
    asked: list[Test] = [members(1), Count(id="more", minimum=5, when=all_in_conflict)]
    terms = board("x", seats, asked)
    there = [rows[0], replace(rows[1], withdrawals=(Withdrawal(),))]
    assert seats_found(fewest(terms, there, rows[2:])) == ["seat-02"]


def test_an_organisation_that_stands_for_another_is_like_no_other() -> None:
    seats, rows = people_of("library", "trust")
    either = Group(
        id="either", combination=Combination.ANY, of=(members(2), Distinct(id="icb", minimum=1, of=("icb",)))
    )
    terms = board("x", seats, [either])
    trust = Organisation(id="trust", name="Trust", stands_for=("icb",))
    found = fewest(replace(terms, organisations={"trust": trust}), [], rows)
    assert (found.size, seats_found(found)) == (1, ["seat-01"])


def test_no_quorum_stated_asks_for_nobody() -> None:
    terms = replace(board("x", [seat(0)], [members(1)]), rules=())
    assert fewest(terms, [], [Attendee()]).status is FewestStatus.NOT_STATED


# --- whose departure ends it --------------------------------------------------------------------


def ends(terms: QuorumTerms, there: list[Attendee], **facts: object) -> EndsIf:
    return ends_if(terms, replace(Facts(attendees=tuple(there)), **facts))  # type: ignore[arg-type]


def test_the_deputy_beside_the_representative_may_leave() -> None:
    seats, rows = people_of("a", "b")
    found = ends(board("x", seats, [members(2)]), [*rows, deputy(seats[0])])
    assert ([row.name for row in found.people], found.others) == (["Representative of Seat 1"], 2)


def test_both_holders_of_an_office_end_it_together() -> None:
    seats = [seat(0, offices=("chair",)), seat(1, offices=("chair",)), seat(2), seat(3)]
    found = ends(board("x", seats, [OfficeHeld(id="chair", any_of=("chair",))]), [representative(one) for one in seats])
    assert (found.status, found.people, found.others) == (EndsIfStatus.FOUND, (), 2)


def test_two_of_three_end_an_office_kept_separate() -> None:
    seats = [seat(0, offices=("chair", "scrutineer")), *(seat(number, offices=("scrutineer",)) for number in (1, 2))]
    offices: list[Test] = [OfficeHeld(id=name, any_of=(name,)) for name in ("chair", "scrutineer")]
    apart = SeparateOfficesRule(id="apart", clause=CLAUSE, offices=("chair", "scrutineer"))
    found = ends(
        board("x", seats, offices, Counting(separate_offices=(apart,))), [representative(one) for one in seats]
    )
    assert ([row.seat for row in found.people], found.others) == (["seat-00"], 2)


def test_an_opening_and_a_determination_stand_whoever_leaves() -> None:
    seats, rows = people_of("a", "b")
    started = board("x", seats, [members(2)])
    rule = replace(started.rules[0], tested=WhenTested.START)
    opened = MeetingFacts(opened_at=None)
    assert ends(replace(started, rules=(rule,)), rows, meeting=opened).status is EndsIfStatus.FOUND
    made = Determined(by="chair", at=None, reason="Too urgent to wait.")
    may = DeterminationRule(id="may", clause=CLAUSE, by="chair", scope=Scope.MEETING)
    assert ends(replace(started, determination=may), rows[:1], determinations=(made,)).status is EndsIfStatus.STANDS


def test_a_meeting_without_a_quorum_has_none_to_end() -> None:
    seats, rows = people_of("a", "b")
    assert ends(board("x", seats, [members(2)]), rows[:1]).status is EndsIfStatus.NOT_QUORATE


def test_people_alike_leave_in_the_worst_order() -> None:
    seats, rows = people_of("a", "a", "b", "b", "c")
    found = ends(board("x", seats, [Distinct(id="different", minimum=2)]), rows)
    assert (found.people, found.others) == ((), 3)
