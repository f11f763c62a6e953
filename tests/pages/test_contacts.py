"""Contact details in the browser: two answers of one weight, a list that shows each reader what they may read."""

from __future__ import annotations

import csv
import html
import re
import zipfile
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries, Settings

from meetings.models import Meeting
from membership.models import ContactDetails, Seat
from membership.operations import Entered, appoint, change_details, end_appointment
from partnership.clock import LONDON
from tests.cast import LONG_AGO, Cast
from tests.pages.conftest import SignedIn
from tests.rights.people import assemble
from tests.rights.places import places_in
from tests.rights.table import lines

ISLAND = "/p/isle-of-wight/"
LIST = ISLAND + "main-board/contacts/"
NUMBER, STREET = "01632 960 147", "14 Sandpiper Row"
NEED = "A seat near the door, recovering from an operation"
FORM = {
    "seen": "0",
    "post_title": "Superintendent",
    "telephone": NUMBER,
    "work_address": "Police Station\nNewport",
    "preferred_way": "telephone",
    "postal_address": STREET,
    "access_needs": NEED,
    "paper_needs": "",
}


def text(response: Any) -> str:
    main: str = response.content.decode().split("<main", 1)[1]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def say(cast: Cast, name: str = "member", **changed: str) -> ContactDetails:
    entered = {name: value for name, value in FORM.items() if name != "seen"} | changed
    person = cast[name]
    known = ContactDetails.objects.filter(partnership=cast.partnership, person=person).first()
    return change_details(
        partnership=cast.partnership,
        person=person,
        entered=Entered(**entered),
        seen=known.version if known else 0,
        by=person,
    )


# --- one's own --------------------------------------------------------------------------------------------------------


def test_the_member_is_asked_with_two_answers_and_confirms(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("member")
    said = text(client.get("/my/details/"))
    assert "You have not confirmed them yet." in said
    assert "Confirm or correct them by Friday 17 September 2027 (Support 4 of main-board)." in said
    buttons = re.findall(r'class="(govuk-button[^"]*)"', client.get("/my/details/").content.decode())
    assert buttons == ["govuk-button govuk-button--secondary"] * 2, "neither answer is pressed upon the reader"
    response = client.post(ISLAND + "my-details/confirm/", {"seen": "0"}, follow=True)
    assert "Thank you. Your details for IOWSCP are confirmed." in text(response)
    assert "You confirmed them on Wednesday 17 March 2027." in text(response)
    assert ContactDetails.objects.get().history.get().history_user == cast["member"]


def test_changing_them_confirms_them_and_is_kept(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("member")
    response = client.post(ISLAND + "my-details/", FORM, follow=True)
    assert response.redirect_chain == [("/my/details/", 302)]
    assert NUMBER in text(response)
    assert NEED in text(response)
    assert "Changed by the person , by Member, Wednesday 17 March 2027, 10:05am" in text(
        client.get(ISLAND + "my-details/")
    )


def test_terms_without_the_duty_say_that_no_clause_asks(cast: Cast, signed_in: SignedIn) -> None:
    said = text(signed_in("outsider").get("/my/details/"))
    assert "No clause of your groups' terms of reference asks you to confirm them." in said


def test_a_person_in_two_partnerships_has_two_cards_and_two_lists_of_groups(cast: Cast, signed_in: SignedIn) -> None:
    far = Seat.objects.get(board=cast.elsewhere, key="probation")
    appoint(seat=far, person=cast["member"], starts_on=LONG_AGO, by=cast.author)
    say(cast)
    said = text(signed_in("member").get("/my/details/"))
    assert said.count(NUMBER) == 1
    assert "Portsmouth SCP You have not confirmed them yet." in said
    groups = text(signed_in("member").get("/my/groups/"))
    assert "Isle of Wight SCP" in groups
    assert "Portsmouth SCP" in groups
    assert NUMBER not in signed_in("outsider").get("/p/portsmouth/board/contacts/").content.decode()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"telephone": "ring me"}, "Enter a telephone number, like 01632 960 001 or 07700 900 982."),
        ({"telephone": "=1+1"}, "Enter a telephone number, like 01632 960 001 or 07700 900 982."),
        ({"telephone": "٠١٦٣٢٩٦٠١٤٧"}, "Enter a telephone number, like 01632 960 001 or 07700 900 982."),
        ({"telephone": "0" * 41}, "Use at most 40 characters."),
        ({"telephone": ""}, "Enter the telephone number, or choose another way."),
        ({"preferred_way": "post", "work_address": "", "postal_address": ""}, "Enter the address, or choose another"),
        ({"preferred_way": "pigeon"}, "Choose one of the ways."),
        ({"work_address": "x" * 500_000}, "Use at most 300 characters."),
        ({"access_needs": "Eve\x00Moor"}, "Null characters are not allowed."),
        ({"seen": "two"}, "This form could not be read. Open the page again."),
        ({"seen": "9" * 5000}, "This form could not be read. Open the page again."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    cast: Cast, signed_in: SignedIn, changed: dict[str, str], sentence: str
) -> None:
    response = signed_in("member").post(ISLAND + "my-details/", FORM | changed)
    assert response.status_code == 400
    assert sentence in html.unescape(response.content.decode())
    assert 'value="Superintendent"' in response.content.decode()
    assert not ContactDetails.objects.exists()


def test_two_hands_at_once_see_both(cast: Cast, signed_in: SignedIn) -> None:
    say(cast, telephone="01632 960 148")
    response = signed_in("member").post(ISLAND + "my-details/", FORM)
    assert response.status_code == 409
    assert "Somebody else changed these details while you were writing." in text(response)
    assert "01632 960 148" in text(response)
    assert f'value="{NUMBER}"' in response.content.decode()
    stale = signed_in("member").post(ISLAND + "my-details/confirm/", {"seen": "0"}, follow=True)
    assert "These details have changed since you opened the page." in text(stale)


# --- the list ---------------------------------------------------------------------------------------------------------


def test_the_team_sees_who_is_stale_and_who_never_confirmed(
    cast: Cast, signed_in: SignedIn, settings: Settings
) -> None:
    say(cast)
    settings.CLOCK_STOPPED_AT = datetime(2027, 9, 18, 9, 0, tzinfo=LONDON)
    said = text(signed_in("coordinator").get(LIST))
    assert "Each member confirms or corrects their details within 6 months of the last time (Support 4)." in said
    assert "5 people: 1 stale, 4 never confirmed, 0 up to date." in said
    assert "Stale since 17 September 2027" in said
    assert "Never confirmed, due 17 September 2027" in said
    assert "Stale" not in text(signed_in("member").get(LIST)), "how others stand is for the team"


def test_the_team_corrects_for_a_member_and_it_is_not_their_confirmation(cast: Cast, signed_in: SignedIn) -> None:
    held = cast.appointments["member"]
    client = signed_in("coordinator")
    missing = client.post(f"{LIST}{held.pk}/", FORM)
    assert (missing.status_code, "Say how you know." in text(missing)) == (400, True)
    response = client.post(f"{LIST}{held.pk}/", FORM | {"reason": "Told us by telephone"}, follow=True)
    assert "Saved for Member. It does not count as their confirmation." in text(response)
    assert ContactDetails.objects.get().confirmed_on is None
    assert "Corrected by the team: Told us by telephone" in text(client.get(f"{LIST}{held.pk}/"))
    assert "You have not confirmed them yet." in text(signed_in("member").get("/my/details/"))


def test_the_number_reaches_only_those_who_may_read_it(cast: Cast, meeting: Meeting, signed_in: SignedIn) -> None:
    """The canary: every page and file that those get who may not read all of it; the page itself for the others."""
    assemble(cast, meeting)
    places = places_in(cast, meeting)
    say(cast)
    everywhere = [line.at(**places) for line in lines("get") if "xlsx" not in line.path]
    for who in ("observer", "adviser", "outsider", "substitute", "chair", "deputy"):
        client = signed_in(who)
        drawn = b"".join(client.get(path).getvalue() for path in everywhere).decode(errors="replace")
        assert (NUMBER in drawn) is (who in {"chair", "deputy"}), who
        assert NEED not in drawn, who
        assert STREET not in drawn, who
    for who in ("member", "scrutineer", "coordinator", "manager", "vice-chair", "member of two"):
        assert NUMBER in text(signed_in(who).get(LIST)), who
    for who in ("neighbour", "administrator"):
        assert signed_in(who).get(LIST).status_code == 404


def test_the_files_hold_what_their_reader_may_read_and_no_heading_of_more(cast: Cast, signed_in: SignedIn) -> None:
    say(cast, post_title="=HYPERLINK(1)", telephone="+44 1632 960 147")
    read = signed_in("member").get(LIST + "file/csv/").content.decode("utf-8-sig")
    heads, *rows = list(csv.reader(StringIO(read)))
    assert heads == ["Name", "Place", "Post title", "E-mail", "Telephone", "Work address", "Preferred way"]
    own = next(row for row in rows if row[0] == "Member")
    assert own[2:5] == ["'=HYPERLINK(1)", "member@example.org", "'+44 1632 960 147"]
    assert NEED not in read
    for_team = signed_in("manager").get(LIST + "file/csv/").content.decode("utf-8-sig")
    assert next(csv.reader(StringIO(for_team)))[-2:] == ["Postal address", "Last confirmed"]
    assert STREET in for_team
    assert NEED not in for_team, "what somebody needs is in no file"


def test_the_workbook_has_one_visible_sheet_of_plain_text(cast: Cast, signed_in: SignedIn) -> None:
    say(cast, post_title="=HYPERLINK(1)\x0b")
    response = signed_in("member").get(LIST + "file/xlsx/")
    assert response["Content-Disposition"] == 'attachment; filename="contacts-main-board-2027-03-17.xlsx"'
    book = load_workbook(BytesIO(response.content))
    (sheet,) = book.worksheets
    assert sheet.sheet_state == "visible"
    assert all(cell.data_type == "s" for row in sheet.iter_rows() for cell in row if cell.value is not None)
    assert "'=HYPERLINK(1)" in {cell.value for row in sheet.iter_rows() for cell in row}
    assert not book.properties.creator
    inside = b"".join(zipfile.ZipFile(BytesIO(response.content)).read(name) for name in _names(response.content))
    assert STREET.encode() not in inside
    assert b"Last confirmed" not in inside


def _names(content: bytes) -> list[str]:
    return zipfile.ZipFile(BytesIO(content)).namelist()


def test_a_form_of_file_that_does_not_exist_is_not_found(signed_in: SignedIn) -> None:
    assert signed_in("member").get(LIST + "file/docx/").status_code == 404


def test_somebody_who_has_left_is_on_the_list_no_more(cast: Cast, signed_in: SignedIn, settings: Settings) -> None:
    say(cast)
    held = cast.appointments["member"]
    assert NUMBER in text(signed_in("chair").get(LIST))

    end_appointment(appointment=held, ends_on=date(2027, 3, 16), reason="Left", by=cast.author)
    assert NUMBER not in text(signed_in("chair").get(LIST))


def _more_people(cast: Cast, rows: int) -> None:
    for key in ("hmp", "probation", "public-health")[:rows]:
        cast.seat(f"rep {key}", key)
        person = cast[f"rep {key}"]
        change_details(
            partnership=cast.partnership, person=person, entered=Entered(telephone=NUMBER), seen=0, by=person
        )
    for seat in Seat.objects.filter(board=cast.elsewhere).exclude(key="constabulary")[:rows]:
        appoint(seat=seat, person=cast["coordinator"], starts_on=LONG_AGO, by=cast.author)


PAGES = {"list": (LIST, 12), "own details": ("/my/details/", 7), "own groups": ("/my/groups/", 5)}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("page", PAGES)
def test_as_many_queries_for_three_rows_as_for_one(
    cast: Cast, signed_in: SignedIn, django_assert_num_queries: DjangoAssertNumQueries, page: str, rows: int
) -> None:
    address, queries = PAGES[page]
    _more_people(cast, rows)
    client = signed_in("coordinator")
    client.get(address)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200
