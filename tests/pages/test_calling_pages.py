"""Calling, moving and cancelling a meeting in the browser: clear refusals, and every deadline before it moves."""

from __future__ import annotations

import html
import re
from datetime import date, datetime, time
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from meetings.models import Meeting, MeetingKind, MeetingStatus
from meetings.operations import move, open_register
from meetings.queries import obligations_of
from partnership.access import Role
from partnership.clock import LONDON
from partnership.operations import admit_to_team
from tests.cast import LONG_AGO, Cast, at
from tests.pages.conftest import SignedIn

CALL = "/p/isle-of-wight/main-board/meetings/call/"
APRIL = date(2027, 4, 22)
CITY = "/p/portsmouth/board/meetings/"
MEETING = CITY + "2027-04-22/"


def text(response: Any) -> str:
    main: str = response.content.decode().split("<main", 1)[1]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def calling(**changed: Any) -> dict[str, Any]:
    said = {
        "kind": "ordinary",
        "on_0": "16",
        "on_1": "6",
        "on_2": "2027",
        "starts_at": "10:00",
        "ends_at": "12:30",
        "place": "County Hall",
        "video_link": "",
    }
    return said | changed


def moving(**changed: Any) -> dict[str, Any]:
    said = calling(on_0="29", on_1="4", place="Room 4", seen="1", reason="Room taken")
    del said["kind"]
    return said | changed


# --- calling ----------------------------------------------------------------------------------------------------------


def test_a_meeting_is_called_with_what_falls_due(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    assert f'href="{CALL}"' in client.get("/p/isle-of-wight/main-board/meetings/").content.decode()
    response = client.post(CALL, calling(video_link="https://video.example.org/room"), follow=True)
    assert response.redirect_chain == [("/p/isle-of-wight/main-board/meetings/2027-06-16/", 302)]
    assert "The meeting is called: Wednesday 16 June 2027, 10am." in text(response)
    made = Meeting.objects.get()
    assert (made.kind, made.on, made.starts_at, made.ends_at) == ("ordinary", date(2027, 6, 16), time(10), time(12, 30))
    assert (made.place, made.video_link) == ("County Hall", "https://video.example.org/room")
    assert made.history.get().history_user == cast["coordinator"]
    assert obligations_of(meeting=made)["papers"].due_on == date(2027, 6, 9)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"kind": ""}, "Choose the kind of meeting."),
        ({"kind": "picnic"}, "Choose the kind of meeting."),
        ({"on_0": ""}, "Enter the date of the meeting."),
        ({"on_0": "x"}, "Enter the date in numbers, like 22 4 2027."),
        ({"on_2": "27"}, "Enter the date in numbers, like 22 4 2027."),
        ({"on_0": "31"}, "There is no such date. Check the day and the month."),
        ({"on_1": "3", "on_0": "16"}, "The date is in the past. Enter today or a later date."),
        ({"starts_at": ""}, "Enter when it starts, like 10:00."),
        ({"starts_at": "ten"}, "Enter when it starts, like 10:00."),
        ({"ends_at": "10:00"}, "The end must be after the start."),
        ({"video_link": "javascript:alert(1)"}, "Enter a web address that begins with https://."),
        ({"place": "x" * 201}, "Use at most 200 characters."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    cast: Cast, signed_in: SignedIn, changed: dict[str, str], sentence: str
) -> None:
    response = signed_in("coordinator").post(CALL, calling(**{"place": "Typed with care", **changed}))
    assert response.status_code == 400
    page = response.content.decode()
    assert html.unescape(page).count(sentence) == 2, "in the summary and at the field"
    assert "<title>Error: " in page
    assert "Typed with care" in page or "place" in changed
    assert not Meeting.objects.exists()


def test_a_time_that_is_taken_is_refused(cast: Cast, signed_in: SignedIn) -> None:
    cast.meeting(on=date(2027, 6, 16))
    response = signed_in("coordinator").post(CALL, calling())
    assert response.status_code == 400
    assert "Main Board already meets then." in text(response)
    assert Meeting.objects.count() == 1


def test_beyond_the_known_bank_holidays_notice_cannot_be_counted(cast: Cast, city: Client, settings: Settings) -> None:
    settings.CLOCK_STOPPED_AT = datetime(2045, 4, 1, 9, 0, tzinfo=LONDON)
    response = city.post(CITY + "call/", calling(kind="extraordinary", on_2="2045"))
    assert response.status_code == 400
    assert "so working days cannot be counted there" in text(response)
    assert not Meeting.objects.exists()


def test_an_extraordinary_meeting_too_soon_is_told_the_earliest_day(
    cast: Cast, city: Client, settings: Settings
) -> None:
    settings.CLOCK_STOPPED_AT = datetime(2027, 3, 22, 9, 0, tzinfo=LONDON)
    soon = calling(kind="extraordinary", on_0="6", on_1="4")
    response = city.post(CITY + "call/", soon)
    assert response.status_code == 400
    assert (
        "Extraordinary meetings need at least 10 working days' notice. The earliest date is Wednesday 7 April 2027."
    ) in text(response)
    assert city.post(CITY + "call/", soon | {"on_0": "7"}).status_code == 302
    assert Meeting.objects.get().kind == MeetingKind.EXTRAORDINARY


# --- moving -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def city(cast: Cast, signed_in: SignedIn) -> Client:
    admit_to_team(
        person=cast["coordinator"], role=Role.COORDINATOR, board=cast.elsewhere, starts_on=LONG_AGO, by=cast.author
    )
    return signed_in("coordinator")


@pytest.fixture
def april(cast: Cast) -> Meeting:
    return cast.meeting(on=APRIL, board=cast.elsewhere)


def test_the_form_says_what_the_meeting_says(city: Client, april: Meeting) -> None:
    page = city.get(MEETING + "move/").content.decode()
    for value in ('value="22"', 'value="4"', 'value="2027"', 'value="10:00"', 'value="12:30"', 'value="County Hall"'):
        assert value in page


def test_every_deadline_is_shown_old_and_new_before_anything_moves(city: Client, april: Meeting) -> None:
    response = city.post(MEETING + "move/", moving())
    said = text(response)
    assert response.status_code == 200
    assert "So far Thursday 22 April 2027, 10am to 12:30pm, County Hall" in said
    assert "From now on Thursday 29 April 2027, 10am to 12:30pm, Room 4" in said
    for line in (
        "on the partnership's template Clause k Thursday 1 April 2027 Thursday 8 April 2027 7 days later",
        "handed in to the manager Clause m Thursday 8 April 2027 Thursday 15 April 2027 7 days later",
        "Amended report submitted Clause k Thursday 15 April 2027 Thursday 22 April 2027 7 days later",
        "Agenda and papers received by members Clause n Thursday 15 April 2027 Thursday 22 April 2027 7 days later",
        "Minutes circulated Clause o Thursday 6 May 2027 Thursday 13 May 2027 7 days later",
    ):
        assert line in said
    april.refresh_from_db()
    assert april.on == APRIL


def test_the_page_that_asks_carries_all_that_was_typed(city: Client, april: Meeting) -> None:
    page = city.post(MEETING + "move/", moving()).content.decode().split("<main", 1)[1]
    carried = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    carried.pop("csrfmiddlewaretoken", None)
    assert city.post(MEETING + "move/", {**carried, "confirm": "yes"}).status_code == 302
    april.refresh_from_db()
    assert (april.on, april.starts_at, april.ends_at, april.place) == (
        date(2027, 4, 29),
        time(10),
        time(12, 30),
        "Room 4",
    )


def test_confirmed_it_moves_with_its_deadlines(city: Client, april: Meeting, cast: Cast) -> None:
    response = city.post(MEETING + "move/", moving(confirm="yes"), follow=True)
    assert response.redirect_chain == [(CITY + "2027-04-29/", 302)]
    assert "The meeting is now Thursday 29 April 2027, 10am." in text(response)
    april.refresh_from_db()
    assert (april.on, april.place) == (date(2027, 4, 29), "Room 4")
    assert april.history.latest().history_change_reason == "Room taken"
    due = {duty: kept.due_on for duty, kept in obligations_of(meeting=april).items()}
    assert due == {"papers": date(2027, 4, 22), "minutes": date(2027, 5, 13)}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reason": ""}, "Say why the meeting changes."),
        ({"on_0": "22", "place": "County Hall"}, "Nothing has changed. Enter another date, time or place."),
        ({"on_1": "3", "on_0": "1"}, "The date is in the past. Enter today or a later date."),
        ({"on_0": "30"}, "PSCP Board already meets then."),
        ({"seen": ""}, "This form could not be read. Open the page again."),
    ],
)
def test_what_cannot_move_stays(
    city: Client, april: Meeting, cast: Cast, changed: dict[str, str], sentence: str
) -> None:
    cast.meeting(on=date(2027, 4, 30), board=cast.elsewhere)
    response = city.post(MEETING + "move/", moving(**changed, confirm="yes"))
    assert response.status_code == 400
    assert sentence in text(response)
    april.refresh_from_db()
    assert (april.on, april.place) == (APRIL, "County Hall")


def test_two_who_move_at_once_see_both(city: Client, april: Meeting, cast: Cast) -> None:
    move(meeting=april, on=APRIL, starts_at=time(9), reason="Earlier", by=cast.author)
    response = city.post(MEETING + "move/", moving(confirm="yes"))
    assert response.status_code == 409
    said = text(response)
    assert "Somebody else changed this meeting while you were writing. Nothing was saved." in said
    assert "It now says: Thursday 22 April 2027, 9am, County Hall" in said
    page = response.content.decode()
    assert 'value="29"' in page
    assert 'name="seen" value="2"' in page
    assert city.post(MEETING + "move/", moving(confirm="yes", seen="2")).status_code == 302


def test_with_its_register_open_it_stays_where_it_is(cast: Cast, signed_in: SignedIn) -> None:
    meeting = open_register(meeting=cast.meeting(), at=at(9, 50), by=cast["coordinator"])
    address = f"/p/isle-of-wight/main-board/meetings/{meeting.address}/"
    client = signed_in("coordinator")
    assert "is not moved" in text(client.get(address + "move/"))
    assert "is not cancelled" in text(client.get(address + "cancel/"))
    response = client.post(address + "move/", moving(seen="2"))
    assert response.status_code == 400
    assert "The register of this meeting is open." in text(response)


# --- cancelling -------------------------------------------------------------------------------------------------------


def test_cancelling_says_what_is_no_longer_due_and_asks_why(city: Client, april: Meeting) -> None:
    said = text(city.get(MEETING + "cancel/"))
    assert "No longer due: The agenda and papers, due Thursday 15 April 2027" in said
    assert "The minutes, due Thursday 6 May 2027" in said
    response = city.post(MEETING + "cancel/", {"seen": "1", "reason": ""})
    assert response.status_code == 400
    assert "Say why the meeting is cancelled." in text(response)
    april.refresh_from_db()
    assert april.status == MeetingStatus.PLANNED


def test_cancelled_it_stays_in_the_calendar(city: Client, april: Meeting) -> None:
    response = city.post(MEETING + "cancel/", {"seen": "1", "reason": "The chair is in court"}, follow=True)
    assert "Cancelled. The chair is in court" in text(response)
    april.refresh_from_db()
    assert april.status == MeetingStatus.CANCELLED
    assert obligations_of(meeting=april) == {}
    assert "is not moved" in text(city.get(MEETING + "move/"))


def test_what_somebody_else_changed_is_shown_before_it_is_cancelled(city: Client, april: Meeting, cast: Cast) -> None:
    move(meeting=april, on=APRIL, starts_at=time(9), reason="Earlier", by=cast.author)
    response = city.post(MEETING + "cancel/", {"seen": "1", "reason": "Snow"})
    assert response.status_code == 409
    assert "It now says: Thursday 22 April 2027, 9am, County Hall" in text(response)
    april.refresh_from_db()
    assert april.status == MeetingStatus.PLANNED
