"""Calendar addresses: what they give, to whom, until when; and that what they give is what calendars take."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from pytest_django import Settings

from meetings.calendars import uid_of
from meetings.models import CalendarFeed, Meeting, MeetingKind
from meetings.operations import call_meeting, cancel, move
from meetings.operations.calendar_feeds import NotTheirs, end_feeds_of_who_left, kept, make_calendar_feed
from membership.operations import appoint, end_appointment
from partnership.models import AuditEvent, What
from partnership.operations import deactivate_person
from tests.cast import NOW, TODAY, Cast
from tests.pages.conftest import SignedIn
from tests.rights.people import assemble

PAGE = "/my/calendar/"
MAKE = "/my/calendar/make/"
ISLAND, BOARD = "isle-of-wight", "isle-of-wight/main-board"
JUNE = date(2027, 6, 16)


@pytest.fixture
def june(cast: Cast) -> Meeting:
    return cast.meeting(on=JUNE)


def made(cast: Cast, name: str = "member", *, whole: bool = False) -> str:
    """The path of an address made for that person."""
    token = make_calendar_feed(
        person=cast[name], partnership=cast.partnership, board=None if whole else cast.board, by=cast[name]
    )
    return f"/calendar/{token}.ics"


def fetched(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200
    return response.content.decode()


def events(path: str) -> list[Any]:
    return list(Calendar.from_ical(fetched(path)).walk("VEVENT"))


def status(path: str) -> int:
    return Client().get(path).status_code


# --- what calendars ask of it -----------------------------------------------------------------------------------------


def properties(text: str) -> list[tuple[str, str, str]]:
    """Each content line as (component, name, value), read by the grammar of RFC 5545 3.1 and by no library."""
    assert text.count("\n") == text.count("\r\n")
    assert text.endswith("\r\n")
    assert all(0 < len(line.encode()) <= 75 for line in text.split("\r\n")[:-1]), "folded at 75 bytes, no empty line"
    found, inside = [], []
    for line in text.replace("\r\n ", "").split("\r\n")[:-1]:
        read = re.fullmatch(r'([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]+)(?:,(?:"[^"]*"|[^";:,]+))*)*):(.*)', line)
        assert read, line
        if read[1] == "BEGIN":
            inside.append(read[3])
        elif read[1] == "END":
            assert inside.pop() == read[3]
        else:
            found.append((inside[-1], read[1] + read[2], read[3]))
    assert inside == []
    return found


ASKED: dict[str, Callable[[list[tuple[str, str, str]]], bool]] = {
    "RFC 5545: one VERSION, one PRODID": lambda lines: (
        [name for of, name, _ in lines if of == "VCALENDAR" and name in {"VERSION", "PRODID"}].count("VERSION") == 1
    ),
    "RFC 5546 3.2.1: METHOD is PUBLISH": lambda lines: ("VCALENDAR", "METHOD", "PUBLISH") in lines,
    "RFC 5546 3.2.1: each event has its organiser": lambda lines: number(lines, "ORGANIZER") == number(lines, "UID"),
    "RFC 5546 3.2.1: no event names an attendee": lambda lines: number(lines, "ATTENDEE") == 0,
    "RFC 5546: DTSTAMP, DTSTART and SUMMARY once an event": lambda lines: (
        {number(lines, name) for name in ("DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "STATUS")}
        == {number(lines, "UID")}
    ),
    "Outlook: a UID never comes twice": lambda lines: len(uids(lines)) == len(set(uids(lines))),
    "Outlook: the zone is defined where it is used": lambda lines: (
        ("VTIMEZONE", "TZID", "Europe/London") in lines
        and all(name.endswith(";TZID=Europe/London") for of, name, _ in lines if of == "VEVENT" and "DTSTART" in name)
    ),
    "Outlook: a name for the calendar, and how often to look": lambda lines: (
        {"X-WR-CALNAME", "X-PUBLISHED-TTL"} <= {name for of, name, _ in lines if of == "VCALENDAR"}
    ),
    "Google: a cancelled event says so": lambda lines: ("VEVENT", "STATUS", "CANCELLED") in lines,
    "Google: times of day, no floating ones": lambda lines: all(
        re.fullmatch(r"\d{8}T\d{6}", value) for of, name, value in lines if of == "VEVENT" and "DTSTART" in name
    ),
    "RFC 7986: name and interval": lambda lines: (
        {"NAME", "REFRESH-INTERVAL;VALUE=DURATION"} <= {name for of, name, _ in lines if of == "VCALENDAR"}
    ),
}


def number(lines: list[tuple[str, str, str]], wanted: str) -> int:
    return sum(1 for of, name, _ in lines if of == "VEVENT" and name.partition(";")[0] == wanted)


def uids(lines: list[tuple[str, str, str]]) -> list[str]:
    return [value for of, name, value in lines if of == "VEVENT" and name == "UID"]


@pytest.fixture
def some(cast: Cast, june: Meeting) -> str:
    """An address with a meeting as called, one moved, one cancelled and one of a long name and place."""
    moved = cast.meeting(on=date(2027, 7, 1))
    move(meeting=moved, on=date(2027, 7, 2), starts_at=time(14), reason="A clash", by=cast["coordinator"])
    cancel(meeting=cast.meeting(on=date(2027, 8, 1)), reason="Holidays", by=cast["coordinator"])
    call_meeting(
        board=cast.board, kind=MeetingKind.ORDINARY, on=date(2027, 12, 1), starts_at=time(9, 30), by=cast.author,
        place="Großer Saal; Zimmer 2, \\ Ostflügel " + "é" * 120,
    )  # fmt: skip
    return made(cast)


@pytest.mark.parametrize("what", ASKED)
def test_what_outlook_google_and_the_standards_ask(some: str, what: str) -> None:
    assert ASKED[what](properties(fetched(some)))


def test_another_reading_finds_what_is_missing() -> None:
    """The negative control of the table: a feed as it must not be fails in nearly every line."""
    bad = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20270616T100000Z\r\nATTENDEE:mailto:a@b\r\n"
    )
    lines = properties(bad + "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:a\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
    assert [what for what, asks in ASKED.items() if asks(lines)] == ["RFC 5545: one VERSION, one PRODID"]
    for text in (
        "BEGIN:VCALENDAR\nEND:VCALENDAR\n",
        "BEGIN:VCALENDAR\r\nno line\r\nEND:VCALENDAR\r\n",
        "X:" + "a" * 90,
    ):
        with pytest.raises(AssertionError):
            properties(text)


def test_it_is_the_meeting_that_invitations_know(cast: Cast, june: Meeting) -> None:
    path = made(cast)
    (event,) = events(path)
    assert (event["uid"], event["sequence"], event["status"]) == (uid_of(june), 0, "CONFIRMED")
    moved = move(meeting=june, on=date(2027, 6, 17), starts_at=time(14), reason="A clash", by=cast["coordinator"])
    (event,) = events(path)
    assert (event["uid"], event["sequence"]) == (uid_of(june), 1)
    assert event["dtstart"].dt == datetime(2027, 6, 17, 14, tzinfo=event["dtstart"].dt.tzinfo)
    cancel(meeting=moved, reason="Snow", by=cast["coordinator"])
    (event,) = events(path)
    assert (event["sequence"], event["status"], str(event["summary"])) == (2, "CANCELLED", "Cancelled: Main Board")


def test_it_gives_no_way_into_a_meeting_and_no_matter_of_it(cast: Cast, june: Meeting) -> None:
    Meeting.objects.filter(pk=june.pk).update(video_link="https://video.example.org/secret-room")
    text = fetched(made(cast))
    assert "secret-room" not in text
    assert "County Hall" in text


def test_the_past_year_and_all_that_is_ahead(cast: Cast) -> None:
    for day in (date(2026, 3, 1), date(2026, 4, 1), date(2029, 1, 9)):
        cast.meeting(on=day)
    assert [event["dtstart"].dt.date() for event in events(made(cast))] == [date(2026, 4, 1), date(2029, 1, 9)]


# --- to whom ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "board", "whole"),
    [
        ("observer", True, True), ("member", True, True), ("deputy", True, True), ("chair", True, True),
        ("vice-chair", True, True), ("scrutineer", True, True), ("coordinator", True, True), ("manager", True, True),
        ("lead representative", True, True), ("neighbour", False, True), ("member of two", True, True),
        ("substitute", False, False), ("adviser", False, False), ("administrator", False, False),
        ("case tier", False, False), ("superuser", False, False), ("outsider", False, False), ("nobody", False, False),
        ("ended yesterday", False, False), ("starts tomorrow", False, False),
    ],
)  # fmt: skip
def test_who_may_have_one(cast: Cast, june: Meeting, name: str, board: bool, whole: bool) -> None:  # noqa: FBT001 - parametrized
    assemble(cast, june)
    for asks_whole, may in ((False, board), (True, whole)):
        if may:
            assert status(made(cast, name, whole=asks_whole)) == 200
        else:
            with pytest.raises(NotTheirs):
                made(cast, name, whole=asks_whole)


def test_no_address_mixes_two_partnerships(cast: Cast, june: Meeting) -> None:
    assemble(cast, june)
    far = cast.meeting(on=date(2027, 6, 20), board=cast.elsewhere)
    here = events(made(cast, "member of two", whole=True))
    assert [event["uid"] for event in here] == [uid_of(june)]
    token = make_calendar_feed(
        person=cast["member of two"], partnership=cast.elsewhere.partnership, board=None, by=cast.author
    )
    assert [event["uid"] for event in events(f"/calendar/{token}.ics")] == [uid_of(far)]


def test_of_other_groups_it_says_nothing(cast: Cast, june: Meeting) -> None:
    cast.meeting(on=date(2027, 6, 20), board=cast.neighbours)
    assert [event["uid"] for event in events(made(cast, whole=True))] == [uid_of(june)]


# --- until when -------------------------------------------------------------------------------------------------------


def test_it_ends_at_midnight_with_the_seat_and_opens_for_nobody_again(
    cast: Cast, june: Meeting, stopped_clock: Settings
) -> None:
    paths = [made(cast), made(cast, whole=True)]
    end_appointment(appointment=cast.appointments["member"], ends_on=TODAY, reason="Leaves", by=cast["coordinator"])
    stopped_clock.CLOCK_STOPPED_AT = NOW.replace(hour=23, minute=59, second=59)
    assert [status(path) for path in paths] == [200, 200]
    stopped_clock.CLOCK_STOPPED_AT = NOW.replace(hour=0, minute=0) + timedelta(days=1)
    assert [status(path) for path in paths] == [404, 404]
    tomorrow = TODAY + timedelta(days=1)
    assert end_feeds_of_who_left(on=tomorrow, by=cast.author) == 2
    appoint(seat=cast.seats["constabulary"], person=cast["member"], starts_on=tomorrow, by=cast.author)
    assert [status(path) for path in paths] == [404, 404], "who comes back makes another"
    assert status(made(cast)) == 200


def test_of_several_groups_the_one_that_was_left_is_gone(cast: Cast, june: Meeting) -> None:
    path = made(cast, "coordinator", whole=True)
    assert len(events(path)) == 1
    end_feeds_of_who_left(on=TODAY, by=cast.author)
    assert status(path) == 200, "who has not left keeps theirs"


def test_a_closed_account_gets_nothing(cast: Cast, june: Meeting) -> None:
    path = made(cast)
    deactivate_person(person=cast["member"], reason="Left", by=cast.author)
    assert status(path) == 404


def test_renewed_or_ended_the_old_address_opens_nothing(cast: Cast, june: Meeting) -> None:
    first = made(cast)
    second = made(cast)
    assert [status(first), status(second)] == [404, 200]
    client = Client()
    client.force_login(cast["member"])
    feed = CalendarFeed.objects.open().get()
    assert client.post(f"/my/calendar/{feed.pk}/end/").status_code == 302
    assert status(second) == 404
    assert client.post(f"/my/calendar/{feed.pk}/end/", follow=True).status_code == 200, "twice is no fault"
    told = AuditEvent.objects.filter(what__startswith="calendar_address").values_list("what", flat=True)
    assert sorted(told) == sorted([What.CALENDAR_ADDRESS_MADE] * 2 + [What.CALENDAR_ADDRESS_ENDED] * 2)


# --- the secret -------------------------------------------------------------------------------------------------------


def test_of_what_opens_it_a_hash_alone_is_kept(cast: Cast) -> None:
    token = made(cast).removeprefix("/calendar/").removesuffix(".ics")
    row = str(CalendarFeed.objects.values().get()) + str(CalendarFeed.history.values().get())
    assert token not in row
    assert kept(token) == CalendarFeed.objects.get().token
    assert len(token) >= 43, "256 bits"


@pytest.mark.parametrize("token", ["none", "a" * 43, "", "%00", "..%2F..", "x" * 5000, "\u202e"])
def test_anything_else_is_one_and_the_same_404(cast: Cast, june: Meeting, token: str) -> None:
    ended = made(cast)
    made(cast)
    there = Client().get(ended)
    here = Client().get(f"/calendar/{token}.ics")
    assert (here.status_code, there.status_code) == (404, 404)
    assert re.sub(r"\s+", " ", here.content.decode()) == re.sub(r"\s+", " ", there.content.decode())


def test_it_needs_no_cookie_gives_none_and_is_kept_by_nobody(cast: Cast, june: Meeting) -> None:
    response = Client().get(made(cast))
    assert response.cookies == {}
    assert {"private", "no-store"} <= {word.strip() for word in response["Cache-Control"].split(",")}
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "Set-Cookie" not in response
    assert response["X-Robots-Tag"] == "noindex"


def test_it_can_only_be_read(cast: Cast) -> None:
    path = made(cast)
    assert [Client().generic(method, path).status_code for method in ("POST", "PUT", "DELETE")] == [405, 405, 405]
    assert Client().head(path).status_code == 200


def test_when_it_was_fetched_last_is_kept_to_the_day(cast: Cast, june: Meeting) -> None:
    path = made(cast)
    fetched(path)
    assert CalendarFeed.objects.get().fetched_on == TODAY
    assert CalendarFeed.history.count() == 1


def test_as_many_queries_for_many_meetings_as_for_one(cast: Cast, june: Meeting) -> None:
    path = made(cast)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            fetched(path)
        return len(asked)

    fetched(path)
    one = queries()
    for day in range(1, 9):
        cast.meeting(on=date(2027, 9, day))
    assert queries() == one <= 6


# --- the page ---------------------------------------------------------------------------------------------------------


def test_made_on_the_page_it_is_shown_once(cast: Cast, june: Meeting, signed_in: SignedIn) -> None:
    client = signed_in("member")
    page = client.get(PAGE).content.decode()
    assert "All your groups" in page
    assert "Main Board" in page
    shown = client.post(MAKE, {"of": BOARD}).content.decode()
    found = re.search(r"http://[^<]*(/calendar/[\w-]+\.ics)<", shown)
    assert found is not None
    assert "webcal://" in shown
    assert len(events(found[1])) == 1
    again = client.get(PAGE).content.decode()
    assert found[1] not in again
    assert "last fetched today" in again
    assert "Renew" in again


@pytest.mark.parametrize(
    "of", ["", "portsmouth", "isle-of-wight/executive", "isle-of-wight/main-board/", "\0", "x" * 9000]
)
def test_what_is_not_theirs_cannot_be_chosen(cast: Cast, signed_in: SignedIn, of: str) -> None:
    response = signed_in("member").post(MAKE, {"of": of})
    assert response.status_code == 400
    assert "Choose for which group." in response.content.decode()
    assert not CalendarFeed.objects.exists()


def test_another_persons_is_not_found(cast: Cast, signed_in: SignedIn) -> None:
    made(cast)
    feed = CalendarFeed.objects.get()
    for name in ("chair", "coordinator", "manager", "outsider"):
        assert signed_in(name).post(f"/my/calendar/{feed.pk}/end/").status_code == 404
    assert CalendarFeed.objects.open().count() == 1


def test_who_may_have_none_is_told_so(cast: Cast, signed_in: SignedIn) -> None:
    assert "You have no group whose dates" in signed_in("nobody").get(PAGE).content.decode()
