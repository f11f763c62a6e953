"""Which boards are a person's own, and what each opens to them."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from membership.operations import bring_into_force
from partnership.access import GrantCodename, Role
from partnership.models import Board
from partnership.operations import admit_to_team, grant
from partnership.queries import constitutions_in_force, own_boards
from tests.cast import LONG_AGO, TODAY, Cast, text_of

pytestmark = pytest.mark.django_db


def of(cast: Cast, name: str, on: date = TODAY) -> list[tuple[str, bool, bool, bool]]:
    """Each board with whether they keep it, oversee it and read its attendance."""
    boards = own_boards(user=cast.person(name), on=on)
    return [(board.slug, board.may_administer, board.may_oversee, board.may_read_attendance) for board in boards]


def test_what_each_role_makes_of_a_board(cast: Cast) -> None:
    assert of(cast, "coordinator") == [("main-board", True, True, True)]
    assert of(cast, "manager") == [("main-board", True, True, True)]
    assert of(cast, "chair") == [("main-board", False, True, True)]
    assert of(cast, "scrutineer") == [("main-board", False, True, True)]
    assert of(cast, "member") == [("main-board", False, False, True)]
    assert of(cast, "deputy") == [("main-board", False, False, True)]
    assert of(cast, "observer") == [("main-board", False, False, False)]


def test_boards_of_others_are_nobody_s_own(cast: Cast) -> None:
    assert of(cast, "neighbour") == [("executive", True, True, True)]
    assert of(cast, "outsider") == [("board", False, False, True)]
    assert of(cast, "nobody") == []


def test_a_standing_for_the_partnership_is_one_for_each_board(cast: Cast) -> None:
    person = cast.person("manager of all")
    admit_to_team(person=person, role=Role.MANAGER, partnership=cast.partnership, starts_on=LONG_AGO, by=cast.author)
    assert [slug for slug, *_ in of(cast, "manager of all")] == ["executive", "main-board"]


def test_a_standing_counts_while_it_is_in_force(cast: Cast) -> None:
    assert of(cast, "coordinator", on=date(2025, 12, 31)) == []


def test_a_grant_opens_what_its_role_opens(cast: Cast) -> None:
    grant(
        person=cast.person("neighbour"),
        codename=GrantCodename.COORDINATE,
        board=cast.board,
        reason="Leave",
        starts_on=TODAY,
        ends_on=date(2027, 4, 1),
        by=cast.author,
    )
    assert ("main-board", True, True, True) in of(cast, "neighbour")


def test_constitutions_of_several_days_cost_one_query(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    text = text_of("isle-of-wight/main-board").replace("number: 2", "number: 3")
    newer = bring_into_force(board=cast.board, text=text, in_force_from=date(2027, 5, 1), by=cast.author)
    before, after, elsewhere = date(2027, 4, 30), date(2027, 5, 1), cast.elsewhere.pk
    asked = [(cast.board.pk, before), (cast.board.pk, after), (elsewhere, after), (cast.neighbours.pk, after)]
    with django_assert_num_queries(1):
        found = constitutions_in_force(days=[*asked, (cast.board.pk, date(1999, 1, 1))])
    assert found[cast.board.pk, before] == cast.constitution
    assert found[cast.board.pk, after] == newer
    assert found[elsewhere, after].board == Board.objects.get(pk=elsewhere)
    assert set(found) == set(asked[:3])
