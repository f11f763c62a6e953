"""Whatever is sent, the answer is a sentence and a 4xx, what was typed is kept, and nothing has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time

import pytest
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from pytest_django import Settings

from meetings.models import Attendance, Decision, ItemRecord, Meeting, Presence, Recorded
from meetings.operations import RowEntry, open_register, record_attendance
from partnership.clock import LONDON
from tests.cast import Cast, at
from tests.pages.conftest import SignedIn
from tests.pages.outcomes import item_on, taken_item

MEETING = "/p/isle-of-wight/main-board/meetings/2027-03-17/"
REGISTER, RECORD = MEETING + "register/", MEETING + "record/"
NUL = "Eve\x00Moor"
EMOJI = "Zoë Ångström 🙂"


@pytest.fixture
def row(cast: Cast, meeting: Meeting) -> Attendance:
    """The Constabulary's row, its representative there since ten."""
    drawn = meeting.attendances.get(seat__key="constabulary")
    entry = RowEntry(attendance_id=drawn.pk, version=drawn.version, recorded=Recorded.PRESENT, arrived_at=at(10))
    (written,) = record_attendance(meeting=meeting, rows=[entry], by=cast["coordinator"])
    return written


@contextmanager
def nothing_changed() -> Iterator[None]:
    before = (list(Attendance.objects.values()), list(Presence.objects.values()), Attendance.history.count())
    yield
    assert (list(Attendance.objects.values()), list(Presence.objects.values()), Attendance.history.count()) == before


def text(response: HttpResponseBase) -> str:
    assert isinstance(response, HttpResponse)
    return response.content.decode()


# --- the register -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("recorded-{id}", "levitating"),
        ("recorded-{id}", NUL),
        ("recorded-{id}", ""),
        ("version-{id}", "two"),
        ("version-{id}", ""),
        ("version-{id}", "9" * 60),
    ],
)
def test_a_register_nobody_drew_is_refused(
    signed_in: SignedIn, meeting: Meeting, row: Attendance, field: str, value: str
) -> None:
    form = {f"recorded-{row.pk}": "apologies", f"version-{row.pk}": str(row.version)}
    form[field.format(id=row.pk)] = value
    with nothing_changed():
        response = signed_in("coordinator").post(REGISTER, form)
    assert response.status_code in {400, 409}
    assert "There is a problem" in text(response)


@pytest.mark.parametrize("alien", ["999999999", "0", "123456789012345678"])
def test_a_row_of_nowhere_is_refused_with_the_rest(
    signed_in: SignedIn, meeting: Meeting, row: Attendance, alien: str
) -> None:
    form = {f"recorded-{row.pk}": "apologies", f"version-{row.pk}": "1", f"recorded-{alien}": "present"}
    with nothing_changed():
        response = signed_in("coordinator").post(REGISTER, form | {f"version-{alien}": "1"})
    assert response.status_code == 400
    assert "This form belongs to another register. Open the register again." in text(response)
    assert f'id="r{row.pk}a" value="apologies" checked' in text(response), "what was chosen is still chosen"


def test_a_row_of_another_meeting_is_refused(cast: Cast, signed_in: SignedIn, meeting: Meeting) -> None:
    other = open_register(meeting=cast.meeting(starts_at=time(11)), by=cast.author)
    alien = other.attendances.get(seat__key="chair")
    with nothing_changed():
        response = signed_in("coordinator").post(
            REGISTER, {f"recorded-{alien.pk}": "present", f"version-{alien.pk}": str(alien.version)}
        )
    assert response.status_code == 400


def test_a_seat_without_a_deputy_asks_who_came(signed_in: SignedIn, meeting: Meeting) -> None:
    chair = meeting.attendances.get(seat__key="chair")
    with nothing_changed():
        response = signed_in("coordinator").post(
            REGISTER, {f"recorded-{chair.pk}": "deputy", f"version-{chair.pk}": str(chair.version)}
        )
    assert response.status_code == 400
    assert "Say who came for Partnership chair: nobody is named for that day." in text(response)
    assert f'id="r{chair.pk}d" value="deputy" checked' in text(response)


def test_leaving_twice_is_refused(signed_in: SignedIn, meeting: Meeting, row: Attendance) -> None:
    client = signed_in("coordinator")
    assert client.post(REGISTER, {"leaving": str(row.pk)}).status_code == 302
    with nothing_changed():
        response = client.post(REGISTER, {"leaving": str(row.pk)})
    assert response.status_code == 400
    assert "Nobody is in the meeting for Hampshire and Isle of Wight Constabulary." in text(response)


@pytest.mark.parametrize("act", ["leaving", "returning"])
@pytest.mark.parametrize("value", ["999999", "x", "", "9" * 40, "9" * 5000, "-1", NUL])
def test_a_button_nobody_drew_changes_nothing(
    signed_in: SignedIn, meeting: Meeting, row: Attendance, act: str, value: str
) -> None:
    with nothing_changed():
        assert signed_in("coordinator").post(REGISTER, {act: value}).status_code in {302, 400}


def test_a_closed_register_takes_nothing_more(cast: Cast, signed_in: SignedIn, row: Attendance) -> None:
    client = signed_in("coordinator")
    client.post(REGISTER + "close/")
    with nothing_changed():
        form = {f"recorded-{row.pk}": "apologies", f"version-{row.pk}": str(row.version)}
        response = client.post(REGISTER, form)
    assert response.status_code == 400
    assert "The register of this meeting is not open." in text(response)


def test_two_stale_forms_clash_with_both_values(cast: Cast, signed_in: SignedIn, row: Attendance) -> None:
    first, second = signed_in("coordinator"), signed_in("manager")
    version = {f"version-{row.pk}": str(row.version)}
    assert first.post(REGISTER, {f"recorded-{row.pk}": "apologies"} | version).status_code == 302
    with nothing_changed():
        response = second.post(REGISTER, {f"recorded-{row.pk}": "did not attend"} | version)
    assert response.status_code == 409
    assert "the register says “Apologies”, you chose “Did not attend”" in text(response)
    assert f'id="r{row.pk}n" value="did not attend" checked' in text(response)
    assert f'name="version-{row.pk}" value="{row.version + 1}"' in text(response)


# --- the record and the documents -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["version-00{id}", "version-{arabic}"])
def test_an_item_named_as_no_page_names_it_is_refused(
    cast: Cast, signed_in: SignedIn, meeting: Meeting, name: str
) -> None:
    item = item_on(cast, meeting)
    arabic = str(item.pk).translate({ord("0") + digit: 0x0660 + digit for digit in range(10)})
    response = signed_in("coordinator").post(RECORD, {name.format(id=item.pk, arabic=arabic): "0"})
    assert response.status_code == 400
    assert "This form could not be read. Open the record again." in text(response)


def test_a_button_with_a_number_of_no_item_leads_to_the_record(
    cast: Cast, signed_in: SignedIn, meeting: Meeting
) -> None:
    item = item_on(cast, meeting)
    form = {f"version-{item.pk}": "0", f"discussion-{item.pk}": "Welcomed", "then": "decision-" + "9" * 5000}
    response = signed_in("coordinator").post(RECORD, form)
    assert (response.status_code, response["Location"]) == (302, RECORD)


def test_a_reason_that_nobody_can_type_corrects_nothing(cast: Cast, signed_in: SignedIn, meeting: Meeting) -> None:
    item, decision, _ = taken_item(cast, meeting)
    client = signed_in("coordinator")
    form = {f"version-{item.pk}": "1", f"taken-{item.pk}": "10:02", "reason": NUL}
    withdrawal = {"version": "1", "text": decision.text, "decided": "10:02", "withdraw": "withdraw", "reason": NUL}
    for address, posted in ((RECORD, form), (f"{RECORD}decisions/{decision.pk}/", withdrawal)):
        response = client.post(address, posted)
        assert response.status_code == 400
        assert "This form could not be read. Open the record again." in text(response)
    assert (ItemRecord.history.count(), Decision.objects.get()) == (1, decision)


def test_a_version_of_no_minutes_is_not_asked_for(signed_in: SignedIn, meeting: Meeting) -> None:
    form = {"kind": "minutes", "version": "9" * 5000}
    response = signed_in("coordinator").post(f"{MEETING}documents/", form)
    assert (response.status_code, response["Location"]) == (302, f"{MEETING}minutes/")


# --- one row ----------------------------------------------------------------------------------------------------------


def row_form(row: Attendance, **changed: str) -> dict[str, str]:
    (presence,) = row.presences.all()
    times = f"times-{presence.pk}"
    form = {
        "version": str(row.version),
        "recorded": "present",
        "who": str(row.person_id),
        "mode": "in the room",
        f"{times}-arrived": "10:00",
        f"{times}-left": "",
    }
    return form | {name.replace("times", times): value for name, value in changed.items()}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"recorded": ""}, "Choose what happened."),
        ({"recorded": "levitating"}, "Choose what happened."),
        ({"who": "4711"}, "Choose who came."),
        ({"who": "somebody else"}, "Enter the name of the person who came."),
        ({"who": "somebody else", "name": "x" * 151}, "at most 150 characters"),
        ({"who": "somebody else", "name": NUL}, "Null characters are not allowed."),
        ({"mode": "by carrier pigeon"}, "Choose how they took part."),
        ({"reason": "x" * 301}, "at most 300 characters"),
        ({"times-arrived": ""}, "Enter when they arrived."),
        ({"times-arrived": "quarter past"}, "Enter a time like 10:06."),
        ({"times-arrived": "25:00"}, "Enter a time like 10:06."),
        ({"times-left": "09:59"}, "The time of leaving must be after the time of arriving."),
        ({"times-left": "10:00"}, "The time of leaving must be after the time of arriving."),
        ({"version": "two"}, "This form could not be read. Open the register again."),
        ({"version": ""}, "This form could not be read. Open the register again."),
    ],
)
def test_a_bad_row_is_told_what_to_do(
    signed_in: SignedIn, row: Attendance, changed: Mapping[str, str], sentence: str
) -> None:
    with nothing_changed():
        response = signed_in("coordinator").post(f"{REGISTER}rows/{row.pk}/", row_form(row, **changed))
    assert response.status_code == 400
    assert "There is a problem" in text(response)
    assert sentence in text(response)


def test_what_was_typed_is_kept(signed_in: SignedIn, row: Attendance) -> None:
    form = row_form(row, **{"who": "somebody else", "name": EMOJI, "times-arrived": "10:02", "times-left": "10:01"})
    response = signed_in("coordinator").post(f"{REGISTER}rows/{row.pk}/", form)
    assert response.status_code == 400
    for typed in (EMOJI, 'value="10:02"', 'value="10:01"'):
        assert typed in text(response)


def test_an_emoji_is_a_letter_of_a_name(signed_in: SignedIn, row: Attendance) -> None:
    form = row_form(row, recorded="deputy", who="somebody else", name=EMOJI)
    assert signed_in("coordinator").post(f"{REGISTER}rows/{row.pk}/", form).status_code == 302
    assert Attendance.objects.get(pk=row.pk).guest_name == EMOJI


def test_a_stale_row_shows_theirs_and_keeps_ours(signed_in: SignedIn, row: Attendance) -> None:
    stale = row_form(row, recorded="apologies", reason="Called away")
    client = signed_in("coordinator")
    client.post(REGISTER, {f"recorded-{row.pk}": "did not attend", f"version-{row.pk}": str(row.version)})
    with nothing_changed():
        response = client.post(f"{REGISTER}rows/{row.pk}/", stale)
    assert response.status_code in {400, 409}
    assert "it now says “Did not attend”" in text(response)
    assert "Called away" in text(response)


def test_a_time_the_clocks_skip_is_named(cast: Cast, signed_in: SignedIn, settings: Settings) -> None:
    """On 28 March 2027 it is never half past one in London."""
    settings.CLOCK_STOPPED_AT = datetime(2027, 3, 28, 4, 0, tzinfo=LONDON)
    night = open_register(meeting=cast.meeting(on=date(2027, 3, 28), starts_at=time(0, 30)), by=cast.author)
    drawn = night.attendances.get(seat__key="constabulary")
    form = {"version": str(drawn.version), "recorded": "present", "who": "", "mode": "in the room", "arrived": "01:30"}
    address = f"/p/isle-of-wight/main-board/meetings/2027-03-28/register/rows/{drawn.pk}/"
    with nothing_changed():
        response = signed_in("coordinator").post(address, form)
    assert response.status_code == 400
    assert "1:30am" in text(response)


# --- somebody without a seat ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Enter the person&#x27;s name."),
        ({"name": "   "}, "Enter the person&#x27;s name."),
        ({"name": "x" * 151}, "at most 150 characters"),
        ({"name": NUL}, "Null characters are not allowed."),
        ({"attends_as": ""}, "Choose what they attend as."),
        ({"attends_as": "seat"}, "Choose what they attend as."),
        ({"mode": "astral"}, "Choose how they take part."),
    ],
)
def test_a_bad_guest_is_told_what_to_do(
    signed_in: SignedIn, meeting: Meeting, changed: dict[str, str], sentence: str
) -> None:
    form = {"name": "Wren Halloran", "attends_as": "guest", "mode": "in the room"} | changed
    with nothing_changed():
        response = signed_in("coordinator").post(REGISTER + "add/", form)
    assert response.status_code == 400
    assert sentence in text(response)
    if "name" not in changed:
        assert 'value="Wren Halloran"' in text(response)


@pytest.mark.parametrize(
    "address", ["2027-02-30", "2027-03-18", "x" * 300, "2027-03-17-0", "2027-03-17-99999999999999"]
)
def test_an_address_of_no_meeting_is_not_found(signed_in: SignedIn, meeting: Meeting, address: str) -> None:
    response = signed_in("coordinator").get(f"/p/isle-of-wight/main-board/meetings/{address}/register/")
    assert response.status_code == 404
    assert "Page not found" in text(response)
