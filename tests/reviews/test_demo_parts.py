"""What load_demo refuses where there is no demonstration, and its tables, dates and marks by themselves."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from meetings.models import MeetingKind, Mode, Recorded
from partnership.models import Partnership, User
from partnership.operations import found_partnership, system_author
from partnership.rules.deadlines.calendars import Division
from partnership.working_days import working_days
from reviews.demo import tables
from reviews.demo.dates import sittings
from reviews.demo.marks import Mark, chance, read_mark
from reviews.demo.stories import STORIES, TODAY

# --- refusals ------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("arguments", [(), ("--refresh",)])
def test_it_refuses_outside_demo_settings(settings: Settings, arguments: tuple[str, ...]) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="for demo settings only"):
        call_command("load_demo", *arguments)
    assert not User.objects.exists()


@pytest.mark.django_db
def test_it_refuses_a_database_with_a_partnership_of_its_own(settings: Settings) -> None:
    settings.DEMO = True
    found_partnership(slug="elsewhere", name="Elsewhere", short_name="Elsewhere", by=system_author(job="set-up"))
    with pytest.raises(CommandError, match="already holds a partnership"):
        call_command("load_demo")
    assert list(Partnership.objects.values_list("slug", flat=True)) == ["elsewhere"]


@pytest.mark.django_db
def test_it_refuses_to_refresh_what_is_not_loaded(settings: Settings) -> None:
    settings.DEMO = True
    with pytest.raises(CommandError, match="not loaded yet"):
        call_command("load_demo", "--refresh")


# --- tables --------------------------------------------------------------------------------------


def test_no_two_people_share_an_address() -> None:
    names = {row.person for row in tables.appointments()} | {row.person for row in tables.team()}
    assert len({tables.address_of(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Ch Supt Morgan Vale", "morgan.vale@example.org"),
        ("Lowri Vaughan-Price", "lowri.vaughan-price@example.org"),
        ("Lt Cdr Ian Petrie", "ian.petrie@example.org"),
    ],
)
def test_an_address_leaves_titles_out(name: str, address: str) -> None:
    assert tables.address_of(name) == address


def test_one_deputy_is_two_grades_too_low() -> None:
    ladder = next(row.ladder for row in tables.agencies() if row.slug == "isle-of-wight-council")
    grades = {row.person: row.grade for row in tables.appointments() if row.seat == "regulatory-services"}
    assert ladder.index(grades["Dawn Petrie"]) - ladder.index(grades["Colin Ashby"]) == 2


# --- dates ---------------------------------------------------------------------------------------


def test_no_meeting_of_the_calendar_falls_on_a_day_off() -> None:
    calendar = working_days(Division.ENGLAND_AND_WALES)
    meetings = sittings(first=date(2025, 1, 1), last=date(2028, 12, 31))
    assert [meeting for meeting in meetings if not calendar.is_working(meeting.on)] == []


def test_every_year_has_the_meetings_that_the_terms_ask_for() -> None:
    for year in range(2024, 2040):
        kinds = Counter((one.board, one.kind) for one in sittings(first=date(year, 1, 1), last=date(year, 12, 31)))
        assert kinds["isle-of-wight/main-board", MeetingKind.ORDINARY] == 4
        assert kinds["portsmouth/board", MeetingKind.ORDINARY] == 4
        assert kinds["portsmouth/board", MeetingKind.DEVELOPMENT_DAY] == 1


def test_two_years_back_always_hold_as_many_meetings_as_there_are_stories() -> None:
    for loaded_on in (date(2026, 1, 1) + timedelta(days=days) for days in range(0, 1500, 7)):
        past = sittings(first=loaded_on - timedelta(days=730), last=loaded_on - timedelta(days=1))
        for board, stories in STORIES.items():
            assert sum(one.board == board and one.kind is MeetingKind.ORDINARY for one in past) >= len(stories) - 1


# --- marks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("R@6", Mark(Recorded.PRESENT, Mode.REMOTE, arrived=6)),
        ("Y@0-82+104", Mark(Recorded.PRESENT, Mode.IN_THE_ROOM, arrived=0, left=82, back=104)),
        ("D@1-2", Mark(Recorded.DEPUTY, Mode.IN_THE_ROOM, arrived=1, left=2)),
    ],
)
def test_a_mark_says_how_and_when(text: str, mark: Mark) -> None:
    assert read_mark(text, key="any") == mark


@pytest.mark.parametrize("text", ["", "X", "Y@", "Y+5", "Y-", "y"])
def test_what_is_no_mark_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="A mark looks like"):
        read_mark(text, key="any")


def test_without_a_time_people_come_a_little_early() -> None:
    assert {read_mark("Y", key=str(number)).arrived for number in range(200)} == set(range(-8, 1))


def test_every_mark_of_every_story_can_be_read() -> None:
    told = [story for stories in STORIES.values() for story in stories] + list(TODAY.values())
    for story in told:
        assert all(read_mark(mark, key=seat) for seat, mark in story.marks.items())


def test_chance_is_the_same_every_time_and_spreads() -> None:
    assert chance("a", "b") == chance("a", "b")
    assert len({chance("seat", str(number)) for number in range(500)}) > 90
