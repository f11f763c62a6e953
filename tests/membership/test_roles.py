"""From seats to roles: pure functions, the shipped constitutions as examples."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from membership.roles import RolePeriod, role_periods, roles_of_seat, seat_id_in_terms, seat_keys
from partnership.access import Role
from partnership.constitutions.build import load
from partnership.rules.constitution import Constitution
from tests.cast import text_of

ISLAND = load(text_of("isle-of-wight/main-board").encode())
CITY = load(text_of("portsmouth/board").encode())
Y2026, Y2027, Y2028 = date(2026, 1, 1), date(2027, 1, 1), date(2028, 1, 1)


@pytest.mark.parametrize(
    ("terms", "key", "roles"),
    [
        (ISLAND, "chair", {Role.CHAIR}),
        (ISLAND, "scrutineer", {Role.SCRUTINEER}),
        (ISLAND, "constabulary", {Role.MEMBER}),
        (ISLAND, "cabinet-member", {Role.OBSERVER}),
        (ISLAND, "co-opted", {Role.MEMBER}),
        (CITY, "chair", {Role.CHAIR, Role.SCRUTINEER}),
        (CITY, "lead-member", {Role.OBSERVER}),
        (CITY, "council", {Role.MEMBER}),
    ],
)
def test_what_a_seat_makes_of_its_holder(terms: Constitution, key: str, roles: set[Role]) -> None:
    assert roles_of_seat(terms, key) == roles


def test_a_counted_class_has_a_row_a_place() -> None:
    assert seat_keys("others", 3) == ["others", "others.2", "others.3"]
    assert {seat_id_in_terms(key) for key in seat_keys("others", 3)} == {"others"}


def with_capacity(seat_id: str, capacity: str) -> Constitution:
    """The Island's terms with one seat in another capacity."""
    seats = tuple(replace(seat, capacity=capacity) if seat.id == seat_id else seat for seat in ISLAND.quorum.seats)
    return replace(ISLAND, quorum=replace(ISLAND.quorum, seats=seats))


def periods(
    *versions: tuple[date, Constitution], starts_on: date = Y2026, until: date | None = None
) -> set[RolePeriod]:
    return set(role_periods(versions, key="cabinet-member", is_deputy=False, starts_on=starts_on, until=until))


def test_a_role_is_cut_where_the_terms_change_the_seat() -> None:
    member = with_capacity("cabinet-member", "member")
    assert periods((Y2026, ISLAND), (Y2027, member)) == {
        RolePeriod(Role.OBSERVER, Y2026, Y2027),
        RolePeriod(Role.MEMBER, Y2027, None),
    }
    assert periods((Y2026, ISLAND), (Y2027, member), until=Y2027) == {RolePeriod(Role.OBSERVER, Y2026, Y2027)}


def test_a_version_that_leaves_the_seat_alone_leaves_the_role_whole() -> None:
    assert periods((Y2026, ISLAND), (Y2027, ISLAND), until=Y2028) == {RolePeriod(Role.OBSERVER, Y2026, Y2028)}


def test_there_and_back_is_two_periods_of_one_role() -> None:
    member = with_capacity("cabinet-member", "member")
    assert periods((Y2026, ISLAND), (Y2027, member), (Y2028, ISLAND)) == {
        RolePeriod(Role.OBSERVER, Y2026, Y2027),
        RolePeriod(Role.MEMBER, Y2027, Y2028),
        RolePeriod(Role.OBSERVER, Y2028, None),
    }


def test_before_the_first_version_the_first_holds() -> None:
    assert periods((Y2027, ISLAND)) == {RolePeriod(Role.OBSERVER, Y2026, None)}


def test_without_terms_everybody_is_a_member_and_deputies_are_deputies() -> None:
    assert periods() == {RolePeriod(Role.MEMBER, Y2026, None)}
    assert role_periods([(Y2026, ISLAND)], key="chair", is_deputy=True, starts_on=Y2026, until=Y2027) == {
        RolePeriod(Role.DEPUTY, Y2026, Y2027)
    }
