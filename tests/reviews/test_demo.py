"""The demonstration: loaded once, looked at from many sides, every change rolled back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO

import pikepdf
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from meetings.models import (
    Action,
    ActionStatus,
    ActionUpdate,
    Attendance,
    Decision,
    DeputyStanding,
    Meeting,
    MeetingKind,
    MeetingStatus,
    Minutes,
    Mode,
    Paper,
    Recorded,
    Reply,
)
from meetings.operations import close_register, record_arrival
from meetings.queries import register_of
from meetings.quoracy import expected_facts, quoracy_of, quorum_terms_of
from membership.models import Agency, Appointment, RelevantAgency, Seat
from partnership.clock import now as the_time
from partnership.models import Board, Obligation, User
from partnership.rules.quorum.answers import Outcome
from partnership.rules.quorum.assess import assess
from reviews.demo.loading import load_demonstration
from reviews.demo.stories import STORIES

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demonstration")]

# A Sunday night in Greenwich time, and a Monday in summer time.
LOADED_AT = datetime(2026, 11, 22, 21, 37, tzinfo=UTC)
LATER = datetime(2027, 4, 12, 8, 20, tzinfo=UTC)
ISLAND, PORTSMOUTH = "isle-of-wight/main-board", "portsmouth/board"


@pytest.fixture(scope="module")
def _demonstration(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Loaded once for this file, in a transaction that is rolled back at its end."""
    with django_db_blocker.unblock(), override_settings(DEMO=True, CLOCK_STOPPED_AT=LOADED_AT), transaction.atomic():
        load_demonstration(now=the_time())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(_demonstration: None, db: None) -> None:
    """The demonstration, and a transaction of the test's own within it."""


def board_at(place: str) -> Board:
    partnership, slug = place.split("/")
    return Board.objects.get(partnership__slug=partnership, slug=slug)


def open_meeting_of(place: str) -> Meeting:
    return Meeting.objects.get(board=board_at(place), opened_at__isnull=False, closed_at=None)


def sentence_of(meeting: Meeting, minute: int | None = None) -> str:
    at = None if minute is None else meeting.begins + timedelta(minutes=minute)
    return quoracy_of(register_of(meeting=meeting), at=at).sentence


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("load_demo", *arguments, stdout=out)
    return out.getvalue()


def row_counts() -> dict[str, int]:
    """Of every table, history with it."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


# --- who and where -------------------------------------------------------------------------------


def test_there_are_five_partnerships_and_sixteen_boards(demo: None) -> None:
    boards = Counter(Board.objects.values_list("partnership__slug", flat=True))
    assert boards == {"portsmouth": 7, "isle-of-wight": 3, "hips": 4, "southampton": 1, "hampshire": 1}


def test_everybody_is_fictional_and_named_at_a_domain_for_examples(demo: None) -> None:
    people = User.objects.filter(is_system=False)
    assert people.count() > 80
    assert all(person.is_demo and person.email.endswith("@example.org") for person in people)


def test_every_seat_is_filled_but_two(demo: None) -> None:
    today = the_time().date()
    held = Appointment.objects.representatives().in_force(today).values_list("seat_id", flat=True)
    vacant = Seat.objects.on_board(today).exclude(pk__in=held).values_list("board__slug", "key")
    assert set(vacant) == {("main-board", "special-school"), ("child-exploitation-group", "icb-seat")}


def test_some_seats_have_no_deputy(demo: None) -> None:
    deputised = Appointment.objects.deputies().in_force(the_time().date()).values_list("seat__key", flat=True)
    keys = set(Seat.objects.filter(board=board_at(ISLAND)).values_list("key", flat=True)) - set(deputised)
    assert {"anglican-diocese", "learning-development", "secondary-school"} <= keys


@pytest.mark.parametrize(
    ("person", "boards"),
    [
        ("ros.tremayne", {PORTSMOUTH, "southampton/board"}),
        ("morgan.vale", {PORTSMOUTH, "southampton/board", "hampshire/board", "hips/executive-group"}),
    ],
)
def test_one_person_sits_on_several_boards(demo: None, person: str, boards: set[str]) -> None:
    seats = Appointment.objects.filter(person__email=f"{person}@example.org").select_related("seat__board__partnership")
    assert {f"{one.seat.board.partnership.slug}/{one.seat.board.slug}" for one in seats} == boards


def test_the_constabulary_is_one_agency_under_two_names(demo: None) -> None:
    police = Agency.objects.get(kind="police", seats__isnull=False, seats__board=board_at(ISLAND))
    partnerships = set(police.seats.values_list("board__partnership__slug", flat=True))
    assert partnerships == {"isle-of-wight", "portsmouth", "southampton", "hampshire", "hips"}
    names = set(police.names.filter(is_alias=False).values_list("name", flat=True))
    assert names == {"Hampshire Constabulary", "Hampshire and Isle of Wight Constabulary"}
    assert police.display_names.get(partnership__slug="portsmouth").name == "Hampshire Constabulary"


def test_portsmouth_lists_168_agencies_of_which_six_have_a_seat_already(demo: None) -> None:
    listed = RelevantAgency.objects.filter(partnership__slug="portsmouth")
    assert listed.count() == 168
    assert listed.filter(agency__seats__isnull=False).values("agency").distinct().count() == 6


def test_standings_and_seats_stand_the_checks(demo: None) -> None:
    call_command("check_standings", stdout=StringIO())
    call_command("check_seats", stdout=StringIO())


# --- what happened -------------------------------------------------------------------------------

VERDICTS = [
    (ISLAND, 0, 75, "Not quorate: NHS Hampshire and Isle of Wight ICB is not represented."),
    (ISLAND, 0, 71, "Quorate: 14 of 24 members present (12 needed)."),
    (ISLAND, 1, 5, "Not quorate: the independent scrutineer is not present."),
    (ISLAND, 1, 6, "Quorate: 15 of 24 members present (12 needed)."),
    (ISLAND, 2, 60, "Not quorate: Hampshire and Isle of Wight Constabulary is not represented."),
    (ISLAND, 3, 60, "Not quorate: 11 of 24 present. 1 more member needed."),
    (ISLAND, 4, 60, "Quorate: 17 of 24 members present (12 needed)."),
    (ISLAND, 5, 60, "Quorate: 16 of 24 members present (12 needed)."),  # no police, under version 1
    (ISLAND, 6, 60, "Quorate: 18 of 24 members present (12 needed)."),  # no chair, under version 1
    (ISLAND, 7, 60, "Quorate: 12 of 24 members present (12 needed)."),
    (PORTSMOUTH, 0, 81, "Quorate: all 3 statutory safeguarding partners are present."),
    (PORTSMOUTH, 0, 82, "Not quorate: Hampshire Constabulary is not represented."),
    (PORTSMOUTH, 0, 104, "Quorate: all 3 statutory safeguarding partners are present."),
    (PORTSMOUTH, 1, 60, "Not quorate: Hampshire Constabulary is not represented."),
    (PORTSMOUTH, 2, 60, "Quorate: all 3 statutory safeguarding partners are present."),
    (PORTSMOUTH, 3, 24, "Not quorate: Hampshire and Isle of Wight Integrated Care Board is not represented."),
    (PORTSMOUTH, 3, 25, "Quorate: all 3 statutory safeguarding partners are present."),
    (PORTSMOUTH, 6, 60, "Quorate: all 3 statutory safeguarding partners are present."),
]


@pytest.mark.parametrize(("place", "back", "minute", "sentence"), VERDICTS)
def test_past_meetings_come_out_as_their_stories_say(
    demo: None, place: str, back: int, minute: int, sentence: str
) -> None:
    held = Meeting.objects.held().filter(board=board_at(place), kind=MeetingKind.ORDINARY).order_by("-on")
    assert sentence_of(held[back], minute) == sentence


def test_every_story_is_told(demo: None) -> None:
    for place, stories in STORIES.items():
        ordinary = Meeting.objects.held().filter(board=board_at(place), kind=MeetingKind.ORDINARY)
        assert ordinary.count() == len(stories) == 8


def test_groups_whose_terms_state_no_quorum_get_no_verdict(demo: None) -> None:
    held = Meeting.objects.held().exclude(board__in=(board_at(ISLAND), board_at(PORTSMOUTH)))
    outcomes = {quoracy_of(register_of(meeting=meeting), at=None).outcome for meeting in held[::9]}
    assert outcomes == {Outcome.NOT_STATED}


def test_every_kind_of_attendance_is_there(demo: None) -> None:
    rows = Attendance.objects.filter(meeting__status=MeetingStatus.HELD)
    assert set(rows.values_list("recorded", flat=True)) == {
        Recorded.PRESENT, Recorded.DEPUTY, Recorded.APOLOGIES, Recorded.DID_NOT_ATTEND,
    }  # fmt: skip
    assert rows.filter(mode=Mode.REMOTE).exists()
    assert rows.filter(presences__left_at__isnull=False).exists()
    assert rows.filter(withdrawals__item_number="5").count() == 1
    standings = set(rows.filter(recorded=Recorded.DEPUTY).values_list("deputy_standing", flat=True))
    assert {DeputyStanding.PROPER, DeputyStanding.IMPROPER} <= standings
    improper = rows.filter(deputy_standing=DeputyStanding.IMPROPER).select_related("person")
    assert {row.person.name for row in improper if row.person} == {"Dawn Petrie"}


def test_portsmouth_had_a_cancelled_an_extraordinary_and_two_development_days(demo: None) -> None:
    meetings = Meeting.objects.filter(board=board_at(PORTSMOUTH), on__lt=the_time().date())
    assert meetings.filter(status=MeetingStatus.CANCELLED).count() == 1
    assert meetings.filter(kind=MeetingKind.EXTRAORDINARY, status=MeetingStatus.HELD).count() == 1
    assert meetings.filter(kind=MeetingKind.DEVELOPMENT_DAY, status=MeetingStatus.HELD).count() == 2


def test_nobody_of_one_seat_came_twice_in_a_row(demo: None) -> None:
    held = Meeting.objects.held().filter(board=board_at(PORTSMOUTH), kind=MeetingKind.ORDINARY).order_by("-on")
    rows = [Attendance.objects.get(meeting=meeting, seat__key="post-16") for meeting in held[:2]]
    assert [row.recorded for row in rows] == [Recorded.DID_NOT_ATTEND, Recorded.DID_NOT_ATTEND]


def test_the_coming_year_is_planned_and_the_next_meetings_have_replies(demo: None) -> None:
    today = the_time().date()
    coming = Meeting.objects.upcoming(today + timedelta(days=1))
    assert coming.filter(board=board_at(ISLAND)).count() == 4
    assert Counter(coming.filter(board=board_at(PORTSMOUTH)).values_list("kind", flat=True)) == {
        MeetingKind.ORDINARY: 4, MeetingKind.DEVELOPMENT_DAY: 1,
    }  # fmt: skip
    answers = set(Reply.objects.filter(meeting__board=board_at(ISLAND)).values_list("answer", flat=True))
    assert answers == {"coming", "deputy", "apologies"}


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        (ISLAND, "Not quorate: Hampshire and Isle of Wight Constabulary is not represented."),
        (PORTSMOUTH, "Not quorate: Hampshire Constabulary is not represented."),
    ],
)
def test_of_the_next_meeting_only_the_police_are_left_to_ask(demo: None, place: str, sentence: str) -> None:
    coming = Meeting.objects.filter(board=board_at(place)).upcoming(the_time().date() + timedelta(days=1))
    register = register_of(meeting=coming[0])
    assert assess(quorum_terms_of(register), expected_facts(register)).sentence == sentence


def test_every_change_has_an_author_who_is_the_loader_or_a_demo_person(demo: None) -> None:
    for model in (Meeting, Attendance, Appointment):
        authors = {row.history_user for row in model.history.select_related("history_user")}
        assert authors
        assert all(author.is_system or author.is_demo for author in authors)


# --- today ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", [ISLAND, PORTSMOUTH])
def test_todays_meeting_began_at_the_last_full_hour_and_its_register_is_open(demo: None, place: str) -> None:
    meeting = open_meeting_of(place)
    assert meeting.begins == LOADED_AT.replace(minute=0)
    assert meeting.address == "2026-11-22"
    assert Attendance.objects.filter(meeting=meeting, recorded=Recorded.NOT_RECORDED).exists()


@pytest.mark.parametrize(
    ("place", "before", "seat", "after"),
    [
        (
            ISLAND,
            "Not quorate: 11 of 24 present. 1 more member needed.",
            "youth-justice",
            "Quorate: 12 of 24 members present (12 needed).",
        ),
        (
            PORTSMOUTH,
            "Not quorate: Hampshire Constabulary is not represented.",
            "constabulary",
            "Quorate: all 3 statutory safeguarding partners are present.",
        ),
    ],
)
def test_one_more_person_makes_today_quorate(demo: None, place: str, before: str, seat: str, after: str) -> None:
    meeting = open_meeting_of(place)
    assert sentence_of(meeting, 37) == before
    row = Attendance.objects.get(meeting=meeting, seat__key=seat)
    author = User.objects.get(email="nell.abara@example.org")
    record_arrival(attendance=row, at=meeting.begins + timedelta(minutes=30), by=author)
    assert sentence_of(meeting, 37) == after


# --- business ------------------------------------------------------------------------------------


def test_the_meetings_of_the_year_had_agendas_decisions_and_minutes(demo: None) -> None:
    last_year = the_time().date() - timedelta(days=365)
    boards = (board_at(ISLAND), board_at(PORTSMOUTH))
    held = Meeting.objects.held().filter(board__in=boards, on__gte=last_year).exclude(kind=MeetingKind.DEVELOPMENT_DAY)
    assert held.count() == 9
    for meeting in held:
        assert meeting.publications.count() == meeting.minutes.count() == 1
        items = meeting.items.all()
        assert len(items) >= 5
        assert all(item.published_in_id and item.record.begun_at for item in items)
        assert Decision.objects.filter(item__meeting=meeting, sent_in=None).count() == 0
    assert Decision.objects.count() > 15


def test_most_minutes_came_in_time_and_some_late_for_a_reason(demo: None) -> None:
    minutes = Obligation.objects.filter(duty__startswith="minutes", met_on__isnull=False)
    late = {(one.board.slug, one.met_on - one.due_on) for one in minutes if one.met_on and one.met_on > one.due_on}
    assert {board for board, _ in late} == {"main-board", "board"}
    assert all(days <= timedelta(days=7) for _, days in late)
    assert Minutes.objects.exclude(reason="").count() == len(late) == 4
    assert minutes.count() == Minutes.objects.count() == 9


def test_actions_are_in_every_state_with_owners_across_agencies(demo: None) -> None:
    today = the_time().date()
    assert set(Action.objects.values_list("status", flat=True)) == set(ActionStatus.values)
    assert Action.objects.overdue(today).exists()
    assert Action.objects.not_closed().filter(due_on__gte=today).exists()
    assert Action.objects.exclude(agency=None).values("agency").distinct().count() >= 10
    assert not ActionUpdate.objects.filter(at__gt=the_time()).exists()


def test_todays_agenda_is_published_and_the_next_is_a_draft(demo: None) -> None:
    for place in (ISLAND, PORTSMOUTH):
        todays = open_meeting_of(place)
        assert todays.publications.count() == 1
        assert not todays.items.filter(published_in=None).exists()
        coming = Meeting.objects.filter(board=todays.board).upcoming(todays.on + timedelta(days=1))
        following = coming.filter(kind=MeetingKind.ORDINARY).first()
        assert following is not None
        assert following.items.count() >= 5
        assert not following.items.exclude(published_in=None).exists()


def test_papers_are_small_pdfs_that_say_what_they_are(demo: None) -> None:
    assert Paper.objects.count() > 20
    assert set(Paper.objects.values_list("format", "pages")) == {("pdf", 1)}
    paper = Paper.objects.earliest("pk")
    with paper.file.open() as stored, pikepdf.open(BytesIO(stored.read())) as pdf:
        words = pdf.pages[0].Contents.read_bytes().decode("cp1252")
    assert "(Demonstration)" in words
    assert f"({paper.title})" in words


# --- again ---------------------------------------------------------------------------------------


def test_a_second_run_changes_nothing_and_says_so(demo: None) -> None:
    before = row_counts()
    assert run() == "The demonstration is loaded already; nothing was changed.\n"
    assert row_counts() == before


def test_refresh_within_the_hour_changes_nothing_and_says_so(demo: None) -> None:
    before = row_counts()
    assert run("--refresh") == "Today's meetings are where they should be; nothing was changed.\n"
    assert row_counts() == before


def test_refresh_moves_todays_meetings_and_no_other(demo: None) -> None:
    todays = {open_meeting_of(place).pk for place in (ISLAND, PORTSMOUTH)}
    others = set(Meeting.objects.exclude(pk__in=todays).values_list("pk", "on", "starts_at", "status"))
    with override_settings(CLOCK_STOPPED_AT=LATER):
        said = run("--refresh")
    assert said.splitlines() == [
        "Isle of Wight SCP Main Partnership Board: now Monday 12 April 2027, 9am.",
        "Portsmouth Safeguarding Children Partnership Board: now Monday 12 April 2027, 9am.",
    ]
    assert set(Meeting.objects.exclude(pk__in=todays).values_list("pk", "on", "starts_at", "status")) == others
    for place in (ISLAND, PORTSMOUTH):
        meeting = open_meeting_of(place)
        assert meeting.pk in todays
        assert meeting.begins == LATER.replace(minute=0)
        assert sentence_of(meeting, 20).startswith("Not quorate")
        first = min(presence.arrived_at for row in meeting.attendances.all() for presence in row.presences.all())
        assert timedelta(0) <= meeting.begins - first <= timedelta(minutes=10)


def test_refresh_opens_another_meeting_where_the_register_was_closed(demo: None) -> None:
    closed = open_meeting_of(ISLAND)
    author = User.objects.get(email="nell.abara@example.org")
    close_register(meeting=closed, at=LOADED_AT, by=author)
    with override_settings(CLOCK_STOPPED_AT=LATER):
        run("--refresh")
    assert open_meeting_of(ISLAND).on == date(2027, 4, 12)
    closed.refresh_from_db()
    assert closed.on == date(2026, 11, 22)


def test_refresh_leaves_a_planned_meeting_of_that_hour_where_it_is(demo: None) -> None:
    planned = Meeting.objects.filter(board=board_at(ISLAND)).upcoming(date(2026, 11, 23))[0]
    with override_settings(CLOCK_STOPPED_AT=planned.begins + timedelta(minutes=5)):
        run("--refresh")
    moved = open_meeting_of(ISLAND)
    assert (moved.on, moved.begins) == (planned.on, planned.begins - timedelta(hours=1))
    planned.refresh_from_db()
    assert planned.address == planned.on.isoformat()
