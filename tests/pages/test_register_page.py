"""The register page beyond its answer: what it sends while it is open, what was taken when, the seats, the sheet."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

import pytest
from django.test import Client
from pytest_django import Settings

from meetings.models import AgendaItem, Attendance, AttendsAs, ItemKind, Meeting, Recorded
from meetings.operations import (
    add_guest,
    add_item,
    begin_item,
    close_register,
    open_register,
    publish_agenda,
    record_decision,
    record_departure,
    send_minutes,
)
from meetings.presenters.register import RegisterPage, register_page
from meetings.presenters.register_rows import RowOnPage
from meetings.presenters.register_table import MOST_SEATS, table_picture
from meetings.queries import ItemTaken, course_of, register_of
from membership.models import Seat
from membership.operations import appoint
from partnership.access import Role
from partnership.operations import admit_to_team
from tests.cast import LONG_AGO, TODAY, Cast, at
from tests.pages.conftest import SignedIn
from tests.pages.test_presenters import EVERYTHING, FIVE, SEVEN, tick

ADDRESS = "/p/isle-of-wight/main-board/meetings/2027-03-17/register/"
CHANGES = ADDRESS + "changes/"
HTMX = {"HX-Request": "true"}
TAKEN_WITHOUT = "Taken while not quorate."


@pytest.fixture
def full(cast: Cast) -> Meeting:
    """Today's meeting, its register open, somebody in each of twelve seats."""
    cast.fill((*FIVE, *SEVEN))
    return cast.open_meeting()


def shown(client: Client) -> dict[str, str]:
    """What an open page sends along when it asks what others changed."""
    page = client.get(ADDRESS).content.decode()
    fields = re.findall(r'<input type="hidden" name="((?:version-\d+)|sentence|stamp)"[^>]*value="([^"]*)"', page)
    return dict(fields)


# --- what others changed ----------------------------------------------------------------------------------------------


def test_where_nothing_changed_nothing_is_sent(full: Meeting, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    response = client.get(CHANGES, shown(client), headers=HTMX)
    assert (response.status_code, response.content) == (204, b"")


def test_a_row_that_somebody_else_changed_is_sent_and_no_other(
    cast: Cast,
    full: Meeting,
    signed_in: SignedIn,
) -> None:
    client = signed_in("coordinator")
    seen = shown(client)
    (changed,) = tick(cast, full, "hmp")
    sent = client.get(CHANGES, seen, headers=HTMX).content.decode()
    assert re.findall(r'<li id="(row-\d+)"', sent) == [f"row-{changed.pk}"]
    assert "Saved" not in sent, "somebody else saved it"
    assert "1 present (1 representative, 0 deputies)" in sent
    assert client.get(CHANGES, shown(client), headers=HTMX).status_code == 204


def test_a_guest_whom_somebody_else_added_is_sent(cast: Cast, full: Meeting, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    seen = shown(client)
    add_guest(meeting=full, attends_as=AttendsAs.GUEST, name="Wren Halloran", by=cast["manager"])
    sent = client.get(CHANGES, seen, headers=HTMX).content.decode()
    assert 'hx-swap-oob="beforeend:#seats-uncounted"' in sent
    assert sent.count("<b>Wren Halloran</b>") == 1


def test_the_sentence_is_spoken_only_when_it_is_another(
    cast: Cast,
    full: Meeting,
    signed_in: SignedIn,
) -> None:
    tick(cast, full, *FIVE, *SEVEN)
    client = signed_in("coordinator")
    seen = shown(client)
    tick(cast, full, "cabinet-member")
    assert "innerHTML:#spoken" not in client.get(CHANGES, seen, headers=HTMX).content.decode()
    record_departure(
        attendance=Attendance.objects.get(meeting=full, seat__key="icb"), at=at(10, 3), by=cast["coordinator"]
    )
    assert "innerHTML:#spoken" in client.get(CHANGES, seen, headers=HTMX).content.decode()


def test_once_it_is_closed_the_page_is_told_to_ask_no_more(
    cast: Cast,
    full: Meeting,
    signed_in: SignedIn,
) -> None:
    client = signed_in("coordinator")
    seen = shown(client)
    close_register(meeting=full, by=cast["manager"])
    response = client.get(CHANGES, seen, headers=HTMX)
    assert response.status_code == 286
    assert "Somebody closed it while you had it open." in response.content.decode()
    assert "hx-trigger" not in client.get(ADDRESS).content.decode()


def test_who_opens_that_address_is_led_to_the_register(full: Meeting, signed_in: SignedIn) -> None:
    assert signed_in("coordinator").get(CHANGES)["Location"] == ADDRESS


def test_the_record_is_linked_for_those_who_may_read_it(full: Meeting, signed_in: SignedIn) -> None:
    for name, words in (("coordinator", "Record items and decisions"), ("chair", "Record of the meeting")):
        assert f'2027-03-17/record/">{words}</a>' in signed_in(name).get(ADDRESS).content.decode(), name
    assert "/record/" not in signed_in("member").get(ADDRESS).content.decode()


# --- saving -----------------------------------------------------------------------------------------------------------


def test_a_saved_row_says_when(full: Meeting, signed_in: SignedIn) -> None:
    row = full.attendances.get(seat__key="hmp")
    data = {f"recorded-{row.pk}": "present", f"version-{row.pk}": row.version}
    sent = signed_in("coordinator").post(ADDRESS, data, headers=HTMX).content.decode()
    assert "Saved 10:05am" in sent
    assert "Saved at 10:05am." in sent


def test_a_press_that_changes_nothing_is_answered_all_the_same(
    full: Meeting,
    signed_in: SignedIn,
) -> None:
    client = signed_in("coordinator")
    response = client.post(ADDRESS, {**shown(client), "save": "save"}, headers=HTMX)
    assert response.status_code == 200
    assert "The register is saved." in response.content.decode()


def test_the_short_list_stays_short_after_saving(full: Meeting, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    assert client.post(ADDRESS, {"show": "rest"})["Location"] == f"{ADDRESS}?show=rest"
    assert client.post(ADDRESS, {"show": "all"})["Location"] == ADDRESS
    radio = r'id="show-rest" value="rest" checked'
    assert re.search(radio, client.get(f"{ADDRESS}?show=rest").content.decode())
    assert not re.search(radio, client.get(ADDRESS).content.decode())


def test_a_clash_marks_the_row_that_is_not_saved(cast: Cast, full: Meeting, signed_in: SignedIn) -> None:
    row = full.attendances.get(seat__key="hmp")
    data = {f"recorded-{row.pk}": "present", f"version-{row.pk}": row.version, "show": "rest"}
    tick(cast, full, "hmp", recorded=Recorded.APOLOGIES)
    response = signed_in("coordinator").post(ADDRESS, data)
    assert response.status_code == 409
    page = response.content.decode()
    assert re.findall(r'<li id="(row-\d+)"[^>]*data-state="unsaved"', page) == [f"row-{row.pk}"]
    assert 'value="rest" checked' in page


# --- the course of the meeting ----------------------------------------------------------------------------------------


@pytest.fixture
def taken(cast: Cast, full: Meeting, settings: Settings) -> Meeting:
    """Eight items, one every ten minutes from 10am, decisions at the fourth and seventh; the police leave at item 6."""
    by = cast["coordinator"]
    tick(cast, full, *FIVE, *SEVEN)
    settings.CLOCK_STOPPED_AT = at(11, 30)
    items = [add_item(meeting=full, title=f"Matter {n}", kind=ItemKind.DECISION, by=by) for n in range(1, 9)]
    for number, item in enumerate(items):
        begin_item(item=item, at=at(10 + number // 6, number % 6 * 10), by=by)
    record_decision(item=items[3], text="The plan is agreed.", decided_at=at(10, 35), by=by)
    record_decision(item=items[6], text="The returns are noted.", decided_at=at(11, 5), by=by)
    police = Attendance.objects.get(meeting=full, seat__key="constabulary")
    record_departure(attendance=police, at=at(10, 50), by=by)
    return full


def page_for(meeting: Meeting, reader: object, now: datetime) -> RegisterPage:
    fresh = Meeting.objects.select_related("board__partnership").get(pk=meeting.pk)
    course = course_of(meeting=fresh, user=reader, today=TODAY)  # type: ignore[arg-type]  # a person of the cast
    return register_page(register_of(meeting=fresh), rights=EVERYTHING, now=now, posted={}, course=course)


def test_items_from_the_sixth_on_are_labelled_when_the_police_leave_at_it(cast: Cast, taken: Meeting) -> None:
    events = page_for(taken, cast["coordinator"], at(11, 30)).events
    items = [event for event in events if event.words.startswith("Item") and "decision" not in event.words]
    assert [event.words for event in items if event.label] == [
        "Item 8: Matter 8.",
        "Item 7: Matter 7.",
        "Item 6: Matter 6.",
    ]
    assert {event.label for event in items if event.label} == {TAKEN_WITHOUT}
    assert len([event for event in items if not event.label]) == 5
    decisions = [(event.at, event.words, event.label) for event in events if "decision" in event.words]
    assert decisions == [
        ("11:05am", "Item 7, decision: The returns are noted.", TAKEN_WITHOUT),
        ("10:35am", "Item 4, decision: The plan is agreed.", ""),
    ]


def test_the_strip_marks_items_and_decisions_and_says_them_in_words(cast: Cast, taken: Meeting) -> None:
    strip = page_for(taken, cast["coordinator"], at(11, 30)).strip
    assert strip is not None
    assert [(mark.x, mark.number, mark.is_quorate) for mark in strip.decisions] == [
        ("23.33", 4, True), ("43.33", 7, False),
    ]  # fmt: skip
    assert strip.item_marks[:3] == ("0.00", "6.67", "13.33")
    assert strip.current == "Item 8 of 8: Matter 8"
    assert strip.label.endswith("Decision at item 4 at 10:35am. Decision at item 7 at 11:05am")


def test_decisions_close_to_each_other_stand_one_above_the_other(cast: Cast, taken: Meeting) -> None:
    item = AgendaItem.objects.get(meeting=taken, title="Matter 4")
    for minute in (36, 37, 38):
        record_decision(item=item, text="Also agreed.", decided_at=at(10, minute), by=cast["coordinator"])
    strip = page_for(taken, cast["coordinator"], at(11, 30)).strip
    assert strip is not None
    assert [mark.y for mark in strip.decisions] == [0, 27, 54, 0, 0]
    assert strip.top == 81


def test_a_draft_record_is_drawn_only_for_those_who_may_read_it(cast: Cast, taken: Meeting) -> None:
    for name in ("chair", "coordinator", "manager"):
        assert len(course_of(meeting=taken, user=cast[name], today=TODAY)) == 8, name
    for name in ("member", "deputy", "observer", "scrutineer", "neighbour", "outsider"):
        assert course_of(meeting=taken, user=cast[name], today=TODAY) == [], name


def test_members_see_decisions_once_minutes_carried_them(cast: Cast, taken: Meeting, settings: Settings) -> None:
    publish_agenda(meeting=taken, by=cast["coordinator"], reason="Late")
    settings.CLOCK_STOPPED_AT = at(12, 30)
    close_register(meeting=taken, by=cast["coordinator"])
    send_minutes(meeting=taken, by=cast["coordinator"])
    course = course_of(meeting=taken, user=cast["member"], today=TODAY)
    assert [(item.number, item.of, item.begun_at) for item in course] == [(4, 8, None), (7, 8, None)]
    page = page_for(taken, cast["member"], at(12, 30))
    assert page.strip is not None
    assert (len(page.strip.decisions), page.strip.item_marks, page.strip.current) == (2, (), "")


def test_an_item_without_a_time_is_told_by_its_decision_alone(cast: Cast, full: Meeting) -> None:
    item = add_item(meeting=full, title="Matter", kind=ItemKind.DECISION, by=cast["coordinator"])
    record_decision(item=item, text="Agreed.", decided_at=at(10, 4), by=cast["coordinator"])
    (told,) = course_of(meeting=full, user=cast["chair"], today=TODAY)
    assert isinstance(told, ItemTaken)
    assert (told.number, told.begun_at, len(told.decisions)) == (1, None, 1)


# --- seats round the table --------------------------------------------------------------------------------------------


def row(**values: object) -> RowOnPage:
    blank = RowOnPage(
        id=1, version=1, seat="A seat", who="Somebody", others="", letter="", choices=(), is_remote=False, note="",
        warning="", has_left=False, is_here=False, is_coming=False, is_required=False, href="",
    )  # fmt: skip
    return replace(blank, **values)  # type: ignore[arg-type]  # fields of the row


def test_every_seat_has_its_own_place_inside_the_picture() -> None:
    for required in range(10):
        for others in range(MOST_SEATS - required + 1):
            picture = table_picture([row(is_required=True)] * required, [row()] * others)
            if required + others == 0:
                assert picture is None
                continue
            assert picture is not None
            places = {(seat.x, seat.y) for seat in picture.seats}
            assert len(places) == required + others
            assert all(0 < float(x) < 400 and 0 < float(y) < 208 for x, y in places)


def test_the_picture_says_of_each_seat_what_the_list_says() -> None:
    picture = table_picture(
        [row(is_required=True, is_here=True, letter="y"), row(is_required=True, has_left=True, letter="y")],
        [row(is_here=True, letter="d"), row()],
    )
    assert picture is not None
    assert [(seat.is_required, seat.state) for seat in picture.seats] == [
        (True, "here"), (True, "left"), (False, "deputy"), (False, "open"),
    ]  # fmt: skip
    assert (picture.here, picture.of) == (2, 4)


def test_a_board_too_large_to_draw_is_not_drawn() -> None:
    assert table_picture([], [row()] * MOST_SEATS) is not None
    assert table_picture([], [row()] * (MOST_SEATS + 1)) is None


# --- the sheet --------------------------------------------------------------------------------------------------------


def test_the_sheet_has_a_line_for_every_seat_and_some_to_spare(
    cast: Cast,
    full: Meeting,
    signed_in: SignedIn,
) -> None:
    page = signed_in("coordinator").get(ADDRESS + "sheet/").content.decode()
    assert page.count("<tr>") == 1 + 25 + 4
    assert '<th scope="row">Partnership chair</th><td>Chair</td>' in page
    assert '<th scope="row">Anglican Diocese</th><td>Vacant</td>' in page
    assert "or Deputy" in page


def test_the_sheet_asks_for_confidentiality_only_where_the_terms_do(
    cast: Cast,
    full: Meeting,
    far: Meeting,
    signed_in: SignedIn,
) -> None:
    asked = "Everybody who signs below agrees to this."
    city = signed_in("outsider").get(f"/p/portsmouth/board/meetings/{far.address}/register/sheet/").content.decode()
    assert asked in city
    assert "Confidentiality agreement signed at the meeting." in city
    assert asked not in signed_in("coordinator").get(ADDRESS + "sheet/").content.decode()


def test_closing_says_who_has_not_signed_where_the_terms_ask_for_it(
    cast: Cast,
    full: Meeting,
    signed_in: SignedIn,
) -> None:
    admit_to_team(person=cast["manager"], role=Role.MANAGER, board=cast.elsewhere, starts_on=LONG_AGO, by=cast.author)
    city = open_register(meeting=cast.meeting(board=cast.elsewhere), at=at(9, 50), by=cast.author)
    appoint(
        seat=Seat.objects.get(board=cast.elsewhere, key="icb"),
        person=cast.person("icb"),
        starts_on=LONG_AGO,
        by=cast.author,
    )
    client = signed_in("manager")
    close = f"/p/portsmouth/board/meetings/{city.address}/register/close/"
    assert "Confidentiality" not in client.get(close).content.decode(), "nobody who would have to sign is there"
    tick(cast, city, "icb")
    page = client.get(close).content.decode()
    assert "<b>1 person has not signed the confidentiality agreement.</b> Icb. Clause x." in page
    assert f'href="/p/portsmouth/board/meetings/{city.address}/register/signatures/"' in page
    assert "Confidentiality" not in signed_in("coordinator").get(ADDRESS + "close/").content.decode()
