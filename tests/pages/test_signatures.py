"""The pages of the confidentiality agreement: its text, one's own signature, who has signed, and where it shows."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from meetings.minutes.drafting import draft_minutes
from meetings.models import ConfidentialityAgreement, ConfidentialitySignature
from meetings.operations import close_register
from membership.operations import appoint
from tests.cast import LONG_AGO, NOW, TODAY, Cast
from tests.pages.conftest import SignedIn
from tests.signatures import TEXT, City

BOARD = "/p/portsmouth/board/"
TEXT_PAGE = BOARD + "confidentiality/"
MEETING = BOARD + "meetings/2027-03-17/"
SIGN, LIST = MEETING + "confidentiality/", MEETING + "register/signatures/"
GIVEN = {"version": "1", "agreed": "on", "name": "Rep Icb"}
PAPER = {"version": "1", "on_0": "17", "on_1": "3", "on_2": "2027", "evidence": "Folder 3"}


@pytest.fixture
def city(cast: Cast) -> City:
    return City(cast)


def words(client: Client, address: str) -> str:
    """What a page says, without its markup."""
    page = client.get(address).content.decode()
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition("<main")[2])))


# --- the text ---------------------------------------------------------------------------------------------------------


def test_the_team_enters_the_text_and_everybody_of_the_board_reads_it(city: City, signed_in: SignedIn) -> None:
    team = signed_in("coordinator")
    assert f'<a href="{TEXT_PAGE}">The agreement</a>' in team.get(BOARD).content.decode()
    assert "The text is not here yet." in words(team, TEXT_PAGE)
    sent = team.post(TEXT_PAGE, {"seen": "0", "text": TEXT}, follow=True)
    assert "Version 1 is in force." in sent.content.decode()
    member = words(signed_in("rep icb"), TEXT_PAGE)
    assert "What is said here stays here." in member
    assert "Clause x" in member
    assert "Save" not in member


def test_an_earlier_version_is_kept_to_be_read(city: City, signed_in: SignedIn) -> None:
    city.write("The first words.")
    city.write()
    page = words(signed_in("rep icb"), TEXT_PAGE + "1/")
    assert "An earlier text The first words." in page
    assert "Version 2 Entered by Coordinator on 17 March 2027. Clearer." in page
    assert signed_in("rep icb").get(TEXT_PAGE + "3/").status_code == 404


def test_two_who_write_at_once_lose_nothing(city: City, signed_in: SignedIn) -> None:
    city.write("Theirs")
    sent = signed_in("coordinator").post(TEXT_PAGE, {"seen": "0", "text": "Mine"})
    page = sent.content.decode()
    assert sent.status_code == 400
    assert "Coordinator wrote version 1 while you were writing. Nothing was saved." in page
    assert "Theirs" in page
    assert ">\nMine</textarea>" in page
    assert 'name="seen" value="1"' in page
    assert ConfidentialityAgreement.objects.count() == 1


def test_a_board_whose_terms_ask_for_none_shows_nothing_of_it(cast: Cast, signed_in: SignedIn) -> None:
    cast.open_meeting()
    team, island = signed_in("coordinator"), "/p/isle-of-wight/main-board/"
    there = island + "meetings/2027-03-17/"
    for address in (island + "confidentiality/", there + "confidentiality/", there + "register/signatures/"):
        assert team.get(address).status_code == 404
    for address in (island, there, there + "register/", there + "register/close/", there + "register/sheet/"):
        assert "onfidentiality" not in team.get(address).content.decode(), address


# --- signing ----------------------------------------------------------------------------------------------------------


def test_a_member_reads_ticks_types_and_signs(city: City, signed_in: SignedIn) -> None:
    city.write()
    city.tick("icb")
    member = signed_in("rep icb")
    assert f'<a class="govuk-button" href="{SIGN}">Sign the confidentiality agreement</a>' in (
        member.get(MEETING).content.decode()
    )
    page = member.get(SIGN).content.decode()
    assert "What is said here stays here." in page
    assert "you sign version 1 electronically" in page
    assert "checked" not in page, "nobody has agreed beforehand"
    assert 'name="name"' in page
    assert 'value="Rep Icb"' not in page
    after = member.post(SIGN, GIVEN, follow=True).content.decode()
    assert "You have signed the confidentiality agreement." in after
    assert "Version 1, at 10:05am on 17 March 2027." in after
    assert "You signed the confidentiality agreement: version 1, at 10:05am on 17 March 2027." in words(member, MEETING)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"agreed": ""}, "Tick the box if you agree."),
        ({"name": ""}, "Type your full name."),
        ({"name": "Somebody"}, "Type your name as it stands here: Rep Icb."),
        ({"version": "2"}, "The agreement was changed after it was shown to you."),
        ({"version": "none"}, "This form could not be read."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    city: City, signed_in: SignedIn, sent: dict[str, str], sentence: str
) -> None:
    city.write()
    city.tick("icb")
    answer = signed_in("rep icb").post(SIGN, {key: value for key, value in (GIVEN | sent).items() if value})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in page
    assert f'value="{(GIVEN | sent)["name"]}"' in page or not sent.get("name", "x")
    assert not ConfidentialitySignature.objects.exists()


def test_a_text_changed_meanwhile_is_read_again_before_it_is_signed(city: City, signed_in: SignedIn) -> None:
    city.write()
    city.tick("icb")
    city.write("The newer words.")
    page = signed_in("rep icb").post(SIGN, GIVEN).content.decode()
    assert "The newer words." in page
    assert 'name="version" value="2"' in page
    assert "checked" not in page, "it is ticked anew, for the other text"


def test_before_the_day_one_reads_that_one_will_be_asked(cast: Cast, city: City, signed_in: SignedIn) -> None:
    city.write()
    ahead = cast.meeting(on=TODAY + timedelta(days=7), board=city.board)
    member = signed_in("rep icb")
    page = BOARD + f"meetings/{ahead.address}/"
    assert "At the meeting you are asked to sign the confidentiality agreement (clause x)." in words(member, page)
    assert "You can sign from 24 March 2027, the day of the meeting." in words(member, page + "confidentiality/")


def test_who_did_not_come_is_not_asked(city: City, signed_in: SignedIn) -> None:
    city.write()
    close_register(meeting=city.meeting, by=city.by)
    member = signed_in("rep icb")
    assert "govuk-button" not in member.get(MEETING).content.decode()
    assert "The register says that you did not attend" in words(member, SIGN)


def test_the_team_is_led_to_the_list_and_cannot_sign(city: City, signed_in: SignedIn) -> None:
    city.write()
    team = signed_in("coordinator")
    assert team.get(SIGN).headers["Location"] == LIST
    assert team.post(SIGN, GIVEN).status_code == 403


# --- who has signed ---------------------------------------------------------------------------------------------------


def test_the_list_begins_with_who_has_not_signed(city: City, signed_in: SignedIn) -> None:
    city.write()
    city.tick("council", "icb")
    city.sign(city.council)
    page = words(signed_in("coordinator"), LIST)
    assert "1 person has not signed the confidentiality agreement." in page
    assert page.index("Rep Icb") < page.index("Rep Council")
    assert "Version 1, at 10:05am on 17 March 2027" in page


def test_paper_is_recorded_with_its_author_and_withdrawn_with_a_reason(city: City, signed_in: SignedIn) -> None:
    city.write()
    city.tick("council", "icb")
    team = signed_in("coordinator")
    sent = team.post(LIST, PAPER | {"signers": [str(city.icb.pk), str(city.council.pk)]}, follow=True)
    assert "2 signatures recorded." in sent.content.decode()
    told = "Version 1, on paper on 17 March 2027. Recorded afterwards by Coordinator on 17 March 2027: Folder 3"
    assert told in words(team, LIST)
    given = ConfidentialitySignature.objects.get(name="Rep Icb")
    correct = f"{LIST}{given.pk}/correct/"
    assert "Say why it is withdrawn." in team.post(correct, {"reason": ""}).content.decode()
    team.post(correct, {"reason": "Another line of the sheet"})
    page = words(team, LIST)
    assert "1 person has not signed the confidentiality agreement." in page
    assert "Withdrawn by Coordinator on 17 March 2027: Another line of the sheet." in page


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"signers": []}, "Choose who signed."),
        ({"signers": ["12345"]}, "Somebody you chose has signed meanwhile, or does not attend."),
        ({"evidence": ""}, "Say where the signed sheet is kept."),
        ({"on_0": "18"}, "Enter a day from 17 March 2027, the day of the meeting, until today."),
        ({"version": "7"}, "Choose the version that they signed."),
    ],
)
def test_paper_that_says_too_little_records_nothing(
    city: City, signed_in: SignedIn, sent: dict[str, object], sentence: str
) -> None:
    city.write()
    city.tick("icb")
    answer = signed_in("coordinator").post(LIST, {"signers": [str(city.icb.pk)]} | PAPER | sent)
    assert answer.status_code == 400
    assert sentence in unescape(answer.content.decode())
    assert not ConfidentialitySignature.objects.exists()


def test_members_read_the_list_and_change_nothing(city: City, signed_in: SignedIn) -> None:
    city.write()
    city.tick("icb")
    city.sign(city.icb)
    page = words(signed_in("outsider"), LIST)
    assert "Rep Icb" in page
    assert "Withdraw" not in page
    assert "on paper" not in page


# --- where it shows ---------------------------------------------------------------------------------------------------


def test_the_register_says_it_in_each_row_and_beside_the_quorum(city: City, signed_in: SignedIn) -> None:
    city.write()
    city.tick("council", "icb")
    team, register = signed_in("coordinator"), MEETING + "register/"
    assert "2 people have not signed the confidentiality agreement. Who has signed" in words(team, register)
    fields = re.findall(
        r'<input type="hidden" name="((?:version-\d+)|sentence|stamp)"[^>]*value="([^"]*)"',
        team.get(register).content.decode(),
    )
    city.sign(city.icb)
    live = team.get(register + "changes/", dict(fields), headers={"HX-Request": "true"}).content.decode()
    assert "1 person has not signed the confidentiality agreement." in live
    row = city.row("icb").pk
    assert f'id="signed-{row}" hx-swap-oob="true">Signed the agreement</span>' in live
    assert '<li id="row-' not in live, "no row is drawn anew for it"


def test_the_meeting_and_its_minutes_say_how_far_it_is(city: City, signed_in: SignedIn) -> None:
    city.write()
    city.tick("council", "icb")
    city.sign(city.icb)
    team = signed_in("coordinator")
    assert "Clause x, no later than the meeting. 1 of 2 signed." in words(team, MEETING)
    assert "1 not signed" in words(team, MEETING)
    minutes = draft_minutes(meeting=city.meeting, user=city.by, today=TODAY)
    said = "1 of 2 members and deputies who attended signed the confidentiality agreement (clause x)."
    assert minutes.signed == said
    assert said in words(team, MEETING + "minutes/")
    assert type(minutes).from_json(minutes.to_json()) == minutes


def test_the_persons_home_and_after_a_week_the_chairs_page_say_what_is_owed(
    city: City, signed_in: SignedIn, settings: Settings
) -> None:
    chair = city.cast.person("city chair")
    appoint(seat=city.seat("chair"), person=chair, starts_on=LONG_AGO, by=city.by)
    city.write()
    city.tick("council", "icb")
    city.sign(city.council)
    close_register(meeting=city.meeting, by=city.by)
    member, overview = signed_in("rep icb"), BOARD + "overview/"
    owed = f'href="{SIGN}">Sign the confidentiality agreement</a>'
    assert owed in member.get("/").content.decode()
    matter = f'href="{LIST}">1 person has not signed the confidentiality agreement</a>'
    settings.CLOCK_STOPPED_AT = NOW + timedelta(days=6)
    assert matter not in signed_in("city chair").get(overview).content.decode()
    settings.CLOCK_STOPPED_AT = NOW + timedelta(days=7)
    there = signed_in("city chair")
    assert matter in there.get(overview).content.decode()
    assert "At the meeting of 17 March. Clause x. 7 days late" in words(there, overview)
    city.sign(city.icb)
    assert matter not in there.get(overview).content.decode()
    assert owed not in signed_in("rep icb").get("/").content.decode()


def test_the_sheet_to_print_has_the_text(city: City, signed_in: SignedIn) -> None:
    city.write()
    page = words(signed_in("coordinator"), MEETING + "register/sheet/")
    assert "Confidentiality agreement, version 1 What is said here stays here." in page


@pytest.mark.parametrize("address", [LIST, MEETING + "register/", SIGN])
def test_it_asks_as_often_for_one_as_for_three(city: City, signed_in: SignedIn, address: str) -> None:
    city.write()
    client = signed_in("sam lee")
    counts = []
    for keys in (("council",), ("constabulary", "icb")):
        city.tick(*keys)
        city.on_paper(*({"council": [city.council], "icb": [city.icb, city.police]}[keys[-1]]))
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]
