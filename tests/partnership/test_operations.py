from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from partnership.access import GrantCodename, Role
from partnership.authorship import deleted, saved
from partnership.clock import LONDON
from partnership.constitutions.problems import BadFile
from partnership.models import Board, BoardKind, Constitution, Partnership, Standing, StandingSource, User
from partnership.models.history import AnonymousChange
from partnership.operations import (
    CircularAccountability,
    ConstitutionOutOfOrder,
    EndsBeforeItStarts,
    NotATeamRole,
    NotInForceFromAnyDate,
    OtherPartnership,
    admit_to_team,
    adopt_constitution,
    deactivate_person,
    found_board,
    found_partnership,
    grant,
    make_accountable,
    make_mutually_accountable,
    register_person,
    system_author,
)
from partnership.queries import accountability_line, constitution_in_force, constitution_versions, terms_of
from tests.cast import LONG_AGO, NOW, TODAY, Cast, amended, text_of


@pytest.fixture
def author(db: None, stopped_clock: Settings) -> User:
    return system_author(job="test author")


@pytest.fixture
def partnership(author: User) -> Partnership:
    return found_partnership(slug="north", name="North SCP", short_name="NSCP", by=author)


def board(partnership: Partnership, slug: str, author: User) -> Board:
    name = slug.capitalize()
    return found_board(
        partnership=partnership, slug=slug, name=name, short_name=name, kind=BoardKind.COMMITTEE, by=author
    )


@pytest.fixture
def group(author: User, partnership: Partnership) -> Board:
    """A board that nothing hangs on yet."""
    return found_board(
        partnership=partnership,
        slug="group",
        name="North Group",
        short_name="Group",
        kind=BoardKind.SUBGROUP,
        by=author,
    )


# --- authorship -------------------------------------------------------------------------------------------------------


def test_each_change_names_who_when_and_why(author: User, partnership: Partnership) -> None:
    row = partnership.history.get()
    assert (row.history_user, row.history_change_reason, row.history_date) == (author, "Partnership entered", NOW)


def test_a_change_without_author_is_rolled_back_with_its_history(partnership: Partnership) -> None:
    partnership.name = "Renamed"
    with pytest.raises(AnonymousChange, match="Name the author"), transaction.atomic():
        partnership.save()
    partnership.refresh_from_db()
    assert (partnership.name, partnership.history.count()) == ("North SCP", 1)


def test_the_author_of_one_change_is_not_that_of_the_next(author: User, group: Board) -> None:
    saved(group, by=author, reason="Looked over")
    with pytest.raises(AnonymousChange), transaction.atomic():
        group.delete()
    with pytest.raises(AnonymousChange, match="Give the reason"), transaction.atomic():
        saved(group, by=author, reason="")


def test_history_outlives_what_it_tells_of(author: User, group: Board) -> None:
    number = group.pk
    deleted(group, by=author, reason="Entered twice")
    row = Board.history.filter(id=number).latest()
    assert (row.history_type, row.name, row.history_change_reason) == ("-", "North Group", "Entered twice")


def test_the_database_itself_refuses_history_without_author(partnership: Partnership) -> None:
    row = partnership.history.get()
    row.pk, row.history_user_id = None, None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_system_author_is_made_once_and_signs_for_itself(author: User) -> None:
    assert system_author(job="test author") == author
    assert (author.is_system, author.has_usable_password()) == (True, False)
    assert author.history.get().history_user == author
    assert not User.objects.people().exists()


# --- people -----------------------------------------------------------------------------------------------------------


def test_addresses_are_kept_in_lower_case_and_once(author: User) -> None:
    person = register_person(email=" Sam.LEE@Example.org", name="Sam Lee", by=author)
    assert (person.email, str(person)) == ("sam.lee@example.org", "Sam Lee")
    assert User.objects.get_by_natural_key("SAM.lee@example.org") == person
    with pytest.raises(IntegrityError), transaction.atomic():
        register_person(email="sam.lee@example.org", name="Another", by=author)


def test_signing_in_leaves_no_column_behind(author: User) -> None:
    assert "last_login" not in {field.name for field in User._meta.fields}
    assert "password" not in {field.name for field in User.history.model._meta.fields}


def test_a_person_is_deactivated_and_stays(author: User) -> None:
    person = register_person(email="sam@example.org", name="Sam", by=author)
    deactivate_person(person=person, reason="Left the service", by=author)
    assert not User.objects.active().people().exists()
    assert person.history.latest().history_change_reason == "Left the service"


# --- accountability ---------------------------------------------------------------------------------------------------


def test_a_line_of_accountability(author: User, partnership: Partnership) -> None:
    top, middle, below = (board(partnership, slug, author) for slug in ("top", "middle", "below"))
    make_accountable(board=middle, to=top, by=author)
    make_accountable(board=below, to=middle, by=author)
    assert accountability_line(board=Board.objects.get(pk=below.pk)) == [middle, top]


@pytest.mark.parametrize("ring", [1, 2, 3])
def test_a_ring_is_refused_whatever_its_length(author: User, partnership: Partnership, ring: int) -> None:
    boards = [board(partnership, f"board-{number}", author) for number in range(ring)]
    for lower, higher in pairwise(boards):
        make_accountable(board=lower, to=higher, by=author)
    with pytest.raises(CircularAccountability):
        make_accountable(board=boards[-1], to=boards[0], by=author)
    boards[-1].refresh_from_db()
    assert boards[-1].accountable_to is None


def test_the_database_refuses_a_board_that_answers_to_itself(author: User, partnership: Partnership) -> None:
    one = board(partnership, "one", author)
    one.accountable_to = one
    with pytest.raises(IntegrityError), transaction.atomic():
        saved(one, by=author, reason="By hand")


def test_another_partnership_is_no_one_to_answer_to(author: User, partnership: Partnership) -> None:
    other = found_partnership(slug="south", name="South SCP", short_name="SSCP", by=author)
    mine, theirs = board(partnership, "mine", author), board(other, "theirs", author)
    with pytest.raises(OtherPartnership):
        make_accountable(board=mine, to=theirs, by=author)
    with pytest.raises(OtherPartnership):
        make_mutually_accountable(one=mine, other=theirs, by=author)


def test_mutual_accountability_is_one_row_a_pair(author: User, partnership: Partnership) -> None:
    one, other = board(partnership, "one", author), board(partnership, "other", author)
    first = make_mutually_accountable(one=other, other=one, by=author)
    assert make_mutually_accountable(one=one, other=other, by=author) == first
    assert (first.one, first.other) == (one, other)
    with pytest.raises(CircularAccountability):
        make_mutually_accountable(one=one, other=one, by=author)


# --- constitutions ----------------------------------------------------------------------------------------------------


def test_the_version_in_force_is_the_latest_begun(author: User, partnership: Partnership) -> None:
    main = board(partnership, "main", author)
    first = adopt_constitution(board=main, text=text_of("isle-of-wight/main-board-version-1"), by=author)
    second = adopt_constitution(board=main, text=text_of("isle-of-wight/main-board"), by=author)
    eve = second.in_force_from - timedelta(days=1)
    assert constitution_in_force(board=main, on=first.in_force_from - timedelta(days=1)) is None
    assert constitution_in_force(board=main, on=eve) == first
    assert constitution_in_force(board=main, on=second.in_force_from) == second
    assert constitution_versions(board=main) == [second, first]
    assert (first.version, second.version) == (1, 2)
    assert terms_of(constitution=second).body.id == "iow-main"
    assert terms_of(constitution=second) is terms_of(constitution=Constitution.objects.get(pk=second.pk))


def test_versions_come_in_order(author: User, partnership: Partnership) -> None:
    main = board(partnership, "main", author)
    adopt_constitution(board=main, text=text_of("isle-of-wight/main-board"), by=author)
    further = amended("isle-of-wight/main-board", {"number: 2\n": "number: 3\n"})
    for text, day in (
        (text_of("isle-of-wight/main-board-version-1"), date(2027, 1, 1)),
        (further, date(2025, 1, 1)),
    ):
        with pytest.raises(ConstitutionOutOfOrder):
            adopt_constitution(board=main, text=text, in_force_from=day, by=author)
    assert len(constitution_versions(board=main)) == 1


def test_a_bad_text_is_refused_whole(author: User, partnership: Partnership) -> None:
    main = board(partnership, "main", author)
    with pytest.raises(BadFile):
        adopt_constitution(board=main, text="format: 1\nbody: {}\n", by=author)
    assert not Constitution.objects.exists()


def test_a_version_needs_a_date(author: User, partnership: Partnership) -> None:
    main = board(partnership, "main", author)
    undated = amended("isle-of-wight/main-board", {"in_force_from: 2026-01-01": "in_force_from: not stated"})
    with pytest.raises(NotInForceFromAnyDate):
        adopt_constitution(board=main, text=undated, by=author)
    assert adopt_constitution(board=main, text=undated, in_force_from=TODAY, by=author).in_force_from == TODAY


# --- team and grants --------------------------------------------------------------------------------------------------


def test_only_team_roles_come_without_a_seat(cast: Cast) -> None:
    with pytest.raises(NotATeamRole):
        admit_to_team(person=cast["nobody"], role=Role.CHAIR, board=cast.board, starts_on=TODAY, by=cast.author)


def test_the_last_day_is_stored_as_the_day_after(cast: Cast) -> None:
    standing = admit_to_team(
        person=cast["nobody"], role=Role.MANAGER, board=cast.board, starts_on=TODAY, ends_on=TODAY, by=cast.author
    )
    assert standing.until == TODAY + timedelta(days=1)
    with pytest.raises(EndsBeforeItStarts):
        grant(
            person=cast["nobody"],
            codename=GrantCodename.OBSERVE,
            board=cast.board,
            reason="Wrong dates",
            starts_on=TODAY,
            ends_on=LONG_AGO,
            by=cast.author,
        )


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"until": TODAY}, "ends when it starts"),
        ({"meeting_id": 1}, "a manager's standing for one meeting"),
        ({"source": StandingSource.APPOINTMENT}, "an appointment without its number"),
        ({"board": None, "meeting_id": 1, "role": Role.SUBSTITUTE}, "a meeting of no board"),
    ],
)
def test_the_database_refuses_a_standing_that_cannot_be(cast: Cast, changes: dict[str, object], why: str) -> None:
    fields: dict[str, object] = {
        "person": cast["nobody"],
        "role": Role.MANAGER,
        "partnership": cast.partnership,
        "board": cast.board,
        "starts_on": TODAY,
        "source": StandingSource.TEAM,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        saved(Standing(**{**fields, **changes}), by=cast.author, reason=why)


def test_history_is_dated_by_our_clock(author: User, stopped_clock: Settings) -> None:
    stopped_clock.CLOCK_STOPPED_AT = datetime(2027, 7, 1, 9, tzinfo=LONDON)
    partnership = found_partnership(slug="east", name="East SCP", short_name="ESCP", by=author)
    assert partnership.history.get().history_date == datetime(2027, 7, 1, 9, tzinfo=LONDON)
