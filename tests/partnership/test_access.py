"""The table of rights, applied: expected values are typed by hand from the design's table, never read from the code."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from pytest_django import DjangoAssertNumQueries, Settings

from meetings.models import Meeting, Reply, ReplyAnswer
from meetings.operations import reply
from meetings.operations.substitutes import end_with_the_minutes
from membership.models import Appointment, Seat
from membership.operations import end_appointment
from partnership import access
from partnership.access import Action, GrantCodename, Kind, Role
from partnership.clock import LONDON
from partnership.held import read_once
from partnership.models import Board, BoardUserObjectPermission, Constitution, Partnership, Standing, StandingSource
from partnership.operations import admit_to_team, deactivate_person, grant, release_from_team, revoke_grant
from tests.cast import LONG_AGO, TODAY, Cast

READ, DOWNLOAD, OWN, WRITE, DECIDE = Action.READ, Action.DOWNLOAD, Action.OWN, Action.WRITE, Action.DECIDE
CAST = (
    "observer",
    "member",
    "deputy",
    "chair",
    "scrutineer",
    "coordinator",
    "manager",
    "neighbour",
    "outsider",
    "nobody",
)

# Letters of what each of the cast may do, in the order of CAST; a dash is "may not know it exists".
BY_HAND = {
    Kind.PARTNERSHIP: "r rd rd rd rd rdw rdw r - -",
    Kind.CONSTITUTION: "rd rd rd rd rd rd rd r - -",
    Kind.CONSTITUTION_DRAFT: "- - - r r rdw rdw - - -",
    Kind.ACCOUNTABILITY: "r rd rd rd rd rdw rdw - - -",
    Kind.SEATS: "r r r r r rdw rdw r - -",
    Kind.TEAM: "- - - - - r rw - - -",
    Kind.ACKNOWLEDGEMENTS: "- - - r r rw rw - - -",
    Kind.GRANTS: "- - - - - - r - - -",
    Kind.INVITATIONS: "- - - - - rw rw - - -",
    Kind.SIGN_IN_ADDRESS: "- - - - - - w - - -",
    Kind.CONTACT_DETAILS: "- rdo rdo rd rd rdw rdw - - -",
    Kind.OWN_DETAILS: "o o o o o o o - - -",
    Kind.INDUCTION: "o o o o o rw rw - - -",
    Kind.NEEDS: "- - - - - rw rw - - -",
    Kind.GRADES: "- o o r - rw rw - - -",
    Kind.MEETING: "r r r r r rdw rdwx - - -",
    Kind.CALENDAR_FEED: "o o o o o o o - - -",
    Kind.FORECAST: "r r r r r r r - - -",
    Kind.REPLIES: "- ro ro ro ro rw rw - - -",
    Kind.APOLOGY_REASONS: "- - - r - r r - - -",
    Kind.AGENDA_DRAFT: "- - - rx r rw rwx - - -",
    Kind.PAPER_DRAFT: "- - - r r rw rw - - -",
    Kind.AGENDA: "rd rd rd rd rd rdx rdx - - -",
    Kind.REGISTER: "ro ro ro rx r rw rwx - - -",
    Kind.CONFIDENTIALITY_AGREEMENT: "r r r r r rw rw - - -",
    Kind.SIGNATURES: "ro ro ro ro ro rw rw - - -",
    Kind.DECISIONS: "rd rd rd rd rd rd rdx - - -",
    Kind.MINUTES_DRAFT: "- - - rx - rw rw - - -",
    Kind.MINUTES: "rd rdo rdo rdx rd rdx rdx - - -",
    Kind.ACTIONS: "r ro ro rxo ro rdw rdw - - -",
    Kind.ATTENDANCE: "- ro ro rd rd rdw rdw - - -",
    Kind.MISTAKES: "- o o - - rw rw - - -",
    Kind.LEDGER: "r r r rdx rd rd rdwx - - -",
    Kind.MESSAGES: "o o o o o rw rw - - -",
    Kind.HISTORY: "r r r r r r r r - -",
    Kind.WORDINGS: "- - - - - r rw - - -",
    Kind.SECOND_STEP: "r r r r r r rw r - -",
    Kind.AUDIT: "- - - rd rd - rd - - -",
    Kind.PERSONAL_DATA: "- - - - - - rwx - - -",
    Kind.AUDIT_OF_PARTNERSHIP: "- - - - - - rd - - -",
    Kind.AUDIT_OF_ACCOUNTS: "- - - - - - rd - - -",
    Kind.DECLARATIONS: "o ro ro rxo ro rw rw - - -",
    Kind.CASE_TIER: "- - - - - - - - - -",
    Kind.CASE_FILE: "- - - - - - - - - -",
    Kind.BREAK_GLASS: "- - - rx r - r - - -",
    # Of an object without a protection: who is named on it, and the team, have it only of one that is protected.
    Kind.RESTRICTED: "- - - rd rd - - - - -",
}


@pytest.mark.parametrize("kind", list(Kind))
def test_each_of_the_cast_may_do_what_the_table_says(cast: Cast, kind: Kind) -> None:
    found = {
        name: "".join(action for action in Action if access.may(cast[name], action, cast.board, kind)) for name in CAST
    }
    expected = dict(zip(CAST, BY_HAND[kind].split(), strict=True))
    assert found == {name: "".join(sorted(cell.strip("-"), key="rdowx".index)) for name, cell in expected.items()}


def test_lists_hold_what_each_of_the_cast_may_read(cast: Cast) -> None:
    meeting = cast.meeting()
    cast.meeting(board=cast.elsewhere)
    own_board = {"observer", "member", "deputy", "chair", "scrutineer", "coordinator", "manager"}
    for name in CAST:
        boards = set(Board.objects.visible_to(cast[name]))
        if name == "outsider":
            assert boards == {cast.elsewhere}
            assert list(Constitution.objects.visible_to(cast[name])) == list(cast.elsewhere.constitutions.all())
        elif name == "nobody":
            assert boards == set()
        else:
            assert boards == {cast.board, cast.neighbours}
            assert list(Constitution.objects.visible_to(cast[name])) == [cast.constitution]
            assert list(Meeting.objects.visible_to(cast[name])) == ([meeting] if name in own_board else [])
            assert Seat.objects.visible_to(cast[name]).count() == 25


def test_anonymous_and_superuser_get_nothing(cast: Cast) -> None:
    nobody = cast["nobody"]
    nobody.is_superuser = True
    for user in (nobody, AnonymousUser()):
        assert not Partnership.objects.visible_to(user).exists()
        assert not access.may(user, READ, cast.board)
        assert access.rights_on(user, cast.board, [(Kind.SEATS, READ)]) == frozenset()


def test_an_inactive_person_gets_nothing_even_from_a_stale_instance(cast: Cast) -> None:
    stale = cast["manager"]
    deactivate_person(person=type(stale).objects.get(pk=stale.pk), reason="Left", by=cast.author)
    assert stale.is_active
    assert not access.may(stale, READ, cast.board)
    assert not Board.objects.visible_to(stale).exists()


def test_the_first_and_the_last_day_count_whole_in_london(cast: Cast, stopped_clock: Settings) -> None:
    """Summer time begins on 28 March: midnight in London is 23:00 the day before in UTC."""
    guest = cast["nobody"]
    first, last = date(2027, 4, 1), date(2027, 4, 2)
    admit_to_team(person=guest, role=Role.MANAGER, board=cast.board, starts_on=first, ends_on=last, by=cast.author)
    midnight = datetime(2027, 4, 1, tzinfo=LONDON)
    assert midnight.utcoffset() == timedelta(hours=1)
    moments = {
        midnight - timedelta(seconds=1): False,
        midnight: True,
        datetime(2027, 4, 2, 23, 59, 59, tzinfo=LONDON): True,
        datetime(2027, 4, 3, tzinfo=LONDON): False,
    }
    for moment, expected in moments.items():
        stopped_clock.CLOCK_STOPPED_AT = moment
        assert access.may(guest, WRITE, cast.board, Kind.REGISTER) is expected
        assert Board.objects.visible_to(guest).exists() is expected


def test_rights_end_with_the_appointment(cast: Cast) -> None:
    end_appointment(appointment=cast.appointments["member"], ends_on=TODAY, reason="Moved on", by=cast.author)
    tomorrow = TODAY + timedelta(days=1)
    for name in ("member", "deputy"):
        assert access.may(cast[name], READ, cast.board, Kind.REGISTER)
        assert not access.may(cast[name], READ, cast.board, Kind.REGISTER, tomorrow)


def test_a_team_standing_over_the_partnership_reaches_each_of_its_boards(cast: Cast) -> None:
    person = cast["nobody"]
    standing = admit_to_team(
        person=person, role=Role.COORDINATOR, partnership=cast.partnership, starts_on=LONG_AGO, by=cast.author
    )
    assert access.may(person, WRITE, cast.neighbours, Kind.REGISTER)
    assert access.may(person, WRITE, cast.board, Kind.REGISTER)
    assert not access.may(person, READ, cast.elsewhere)
    release_from_team(standing=standing, ends_on=TODAY - timedelta(days=1), reason="Another post", by=cast.author)
    assert not access.may(person, READ, cast.board)


def test_a_grant_needs_its_record_the_permission_and_a_standing(cast: Cast) -> None:
    neighbour, outsider = cast["neighbour"], cast["outsider"]
    for person in (neighbour, outsider):
        grant(
            person=person,
            codename=GrantCodename.COORDINATE,
            board=cast.board,
            reason="Takes the minutes in March",
            starts_on=LONG_AGO,
            ends_on=TODAY,
            by=cast.author,
        )
    assert access.may(neighbour, WRITE, cast.board, Kind.REGISTER)
    assert not access.may(neighbour, WRITE, cast.board, Kind.REGISTER, TODAY + timedelta(days=1))
    assert not access.may(outsider, READ, cast.board)
    BoardUserObjectPermission.objects.filter(user=neighbour).delete()
    assert not access.may(neighbour, WRITE, cast.board, Kind.REGISTER)


def test_a_permission_without_a_record_gives_nothing(cast: Cast) -> None:
    access.lodge_permission(person=cast["neighbour"], codename=GrantCodename.MANAGE, board=cast.board)
    assert not access.may(cast["neighbour"], WRITE, cast.board, Kind.REGISTER)


def test_revoking_a_grant_takes_both_halves(cast: Cast) -> None:
    given = grant(
        person=cast["neighbour"],
        codename=GrantCodename.OBSERVE,
        board=cast.board,
        reason="Learns the work",
        starts_on=LONG_AGO,
        ends_on=TODAY,
        by=cast.author,
    )
    assert access.may(cast["neighbour"], READ, cast.board, Kind.REGISTER)
    revoke_grant(grant=given, reason="Has learnt it", by=cast.author)
    assert not access.may(cast["neighbour"], READ, cast.board, Kind.REGISTER)
    assert not BoardUserObjectPermission.objects.exists()


def test_a_substitute_sees_the_one_meeting(cast: Cast) -> None:
    named, other = cast.meeting(), cast.meeting(on=TODAY + timedelta(days=30))
    substitute = cast["nobody"]
    given = reply(
        meeting=named, seat=cast.seats["chair"], answer=ReplyAnswer.DEPUTY, person=substitute, by=cast["coordinator"]
    )
    assert list(Meeting.objects.visible_to(substitute)) == [named]
    assert access.may(substitute, READ, named, Kind.REGISTER)
    assert access.may(substitute, OWN, named, Kind.REGISTER)
    assert not access.may(substitute, READ, other, Kind.REGISTER)
    assert not access.may(substitute, READ, named, Kind.ATTENDANCE)
    assert list(Board.objects.visible_to(substitute)) == [cast.board]
    assert list(Reply.objects.visible_to(substitute)) == [given]
    assert access.may(substitute, READ, named, on=TODAY + timedelta(days=99)), "until the minutes are sent"
    end_with_the_minutes(meeting=named, sent_on=TODAY, by=cast.author)
    last_day = TODAY + timedelta(days=14)
    assert access.may(substitute, READ, named, on=last_day)
    assert not access.may(substitute, READ, named, on=last_day + timedelta(days=1))


def test_a_substitute_no_longer_named_sees_nothing(cast: Cast) -> None:
    meeting, seat = cast.meeting(), cast.seats["chair"]
    for person in (cast["nobody"], cast["outsider"]):
        reply(meeting=meeting, seat=seat, answer=ReplyAnswer.DEPUTY, person=person, by=cast["coordinator"])
    assert not access.may(cast["nobody"], READ, meeting)
    assert access.may(cast["outsider"], READ, meeting)
    reply(meeting=meeting, seat=seat, answer=ReplyAnswer.COMING, by=cast["coordinator"])
    assert not Standing.objects.filter(source=StandingSource.SUBSTITUTION).exists()


def test_own_rows_only(cast: Cast) -> None:
    meeting = cast.meeting()
    mine = reply(meeting=meeting, seat=cast.seats["constabulary"], answer=ReplyAnswer.COMING, by=cast["member"])
    theirs = reply(meeting=meeting, seat=cast.seats["chair"], answer=ReplyAnswer.COMING, by=cast["chair"])
    assert access.may(cast["member"], OWN, mine)
    assert not access.may(cast["member"], OWN, theirs)
    assert access.may(cast["member"], READ, theirs)
    assert not access.may(cast["observer"], READ, theirs)


def test_404_hides_and_403_refuses(cast: Cast) -> None:
    meeting = cast.meeting()
    access.require(cast["manager"], DECIDE, meeting, Kind.REGISTER)
    with pytest.raises(PermissionDenied):
        access.require(cast["member"], WRITE, meeting, Kind.REGISTER)
    with pytest.raises(Http404):
        access.require(cast["neighbour"], WRITE, meeting, Kind.REGISTER)
    with pytest.raises(Http404):
        access.require(cast["observer"], READ, meeting, Kind.REPLIES)
    with pytest.raises(Http404):
        access.get_visible_or_404(Meeting.objects.all(), cast["outsider"], pk=meeting.pk)
    assert access.get_visible_or_404(Meeting.objects.all(), cast["member"], pk=meeting.pk) == meeting


def test_rights_of_a_page_take_one_query_beside_what_its_reader_holds(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    meeting = cast.meeting()
    asked = [(kind, action) for kind in (Kind.REGISTER, Kind.REPLIES, Kind.APOLOGY_REASONS) for action in Action]
    for name in CAST:
        with django_assert_num_queries(2):
            found = access.rights_on(cast[name], meeting, asked)
        assert found == {(kind, action) for kind, action in asked if access.may(cast[name], action, meeting, kind)}


def test_within_one_reading_what_a_person_holds_is_read_once(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    manager, tomorrow = cast["manager"], TODAY + timedelta(days=1)
    with read_once():
        with django_assert_num_queries(3):
            assert access.may(manager, READ, cast.board)
            assert access.may(manager, WRITE, cast.board, Kind.REGISTER)
        with django_assert_num_queries(3):  # who holds nothing is answered without asking further
            assert access.may(manager, READ, cast.board, on=tomorrow)
            assert not access.may(cast["nobody"], READ, cast.board)
        deactivate_person(person=type(manager).objects.get(pk=manager.pk), reason="Left", by=cast.author)
        assert access.may(manager, READ, cast.board)
    assert not access.may(manager, READ, cast.board)


def test_history_is_open_to_whom_object_and_history_are(cast: Cast) -> None:
    meeting = cast.meeting()
    for name in CAST:
        seen = access.visible_history(Meeting, to=cast[name]).filter(id=meeting.pk)
        assert seen.exists() is access.may(cast[name], READ, meeting)
    assert access.visible_history(Board, to=cast["neighbour"]).filter(id=cast.board.pk).exists()
    assert not access.visible_history(Board, to=cast["outsider"]).filter(id=cast.board.pk).exists()
    assert not access.visible_history(Appointment, to=cast["outsider"]).filter(seat_id=cast.seats["chair"].pk).exists()
