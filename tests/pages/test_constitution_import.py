"""Bringing in a version: every mistake is told and the text kept, the preview writes nothing, what was shown is what
is adopted.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from pytest_django import DjangoAssertNumQueries

from meetings.models import Attendance, Meeting, Recorded
from meetings.operations import RowEntry, close_register, open_register, record_attendance
from membership.models import Appointment
from membership.operations import appoint
from partnership.constitutions.text import LIMIT_IN_BYTES
from partnership.models import Constitution, Obligation
from tests.cast import TODAY, Cast, amended, text_of
from tests.pages.conftest import SignedIn
from tests.pages.test_constitution_pages import main_of

RULES = "/p/isle-of-wight/main-board/constitution/"
IMPORT = RULES + "import/"
MAY, JUNE = date(2027, 5, 1), date(2027, 6, 16)
VERSION_3 = {"number: 2": "number: 3", "in_force_from: 2026-01-01": "in_force_from: 2027-05-01"}
TWO_WEEKS = {
    'amount: 1, unit: weeks, direction: before, anchor: meeting}\n    clause: {ref: "Support 2"': (
        'amount: 2, unit: weeks, direction: before, anchor: meeting}\n    clause: {ref: "Support 2"'
    )
}
THREE_QUARTERS = {"share: {at_least: 1/2": "share: {at_least: 3/4"}
UNDATED = amended(
    "isle-of-wight/main-board", {"number: 2": "number: 3", "in_force_from: 2026-01-01": "in_force_from: not stated"}
)
PRISON = "  - {id: hmp, name: HMP Isle of Wight, organisation: hmp}\n"
REASON = {"step": "adopt", "reason": "Agreed on 17 March, item 9"}


def version_3(*changes: dict[str, str]) -> str:
    every = VERSION_3 | {was: now for each in changes for was, now in each.items()}
    return amended("isle-of-wight/main-board", every)


def page(response: HttpResponseBase) -> str:
    assert isinstance(response, HttpResponse)
    return response.content.decode()


def kept(response: HttpResponseBase) -> str:
    """The text that the page holds for the next try."""
    found = re.search(r'<textarea[^>]*name="text"[^>]*>\n(.*?)</textarea>', page(response), re.DOTALL)
    assert found is not None
    return unescape(found[1])


def hidden(response: HttpResponseBase, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page(response))
    assert found is not None
    return unescape(found[1])


def confirmation(response: HttpResponseBase, **changed: str) -> dict[str, str]:
    """What the browser sends when the button is pressed: line breaks as browsers send them."""
    return {
        "text": kept(response).replace("\n", "\r\n"),
        "in_force_from": hidden(response, "in_force_from"),
        "preview": hidden(response, "preview"),
        **REASON,
        **changed,
    }


def versions(cast: Cast) -> list[int]:
    return list(Constitution.objects.filter(board=cast.board).order_by("version").values_list("version", flat=True))


# --- what is wrong with a text ----------------------------------------------------------------------------------------


def test_every_problem_is_told_with_line_and_key_and_the_text_is_kept(cast: Cast, signed_in: SignedIn) -> None:
    text = version_3({"share: {at_least: 1/2": "share: {at_least: 0.5", "deadlines:\n": "deadliness:\n"})
    response = signed_in("coordinator").post(IMPORT, {"text": text})
    assert response.status_code == 400
    said = main_of(response)
    line = text[: text.index("0.5")].count("\n") + 1
    assert f"Line {line} , quorum[1].all[1].share.at_least : Decimals are not exact: write 0.5 as a fraction" in said
    assert '"deadliness" is not a key here; did you mean "deadlines"?' in said
    assert said.count("The text has 2 problems. Nothing was stored.") == 2
    assert "<title>Error: Propose a new version of the rules" in page(response)
    assert kept(response) == text
    assert versions(cast) == [2]


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("ten megabytes", b"a: b\n" * 2_000_000, "The file is larger than 256 KB, the most that is read."),
        ("UTF-16", "format: 1\n".encode("utf-16"), "The file is saved as UTF-16; save it as UTF-8."),
        (
            "Latin-1",
            "format: 1\nname: Café\n".encode("latin-1"),
            "The file is not UTF-8: byte 20 does not belong in it",
        ),
        ("a picture", b"\x89PNG\r\n\x1a\n", "The file is not UTF-8: byte 1 does not belong in it; save it as UTF-8."),
        ("nothing", b"", "The file is empty."),
        ("an anchor", b"format: 1\nbody: &a {id: x}\nversion: *a\n", 'The anchor "&a" is not allowed; leave it out.'),
        ("a tag", b"format: !!python/object/apply:os.system [ls]\n", "is not allowed; leave it out."),
        ("depth", b"[" * 1000, "Values are nested deeper than 32 levels."),
        ("a NUL", b"format: 1\nna\0me: x\n", "The character U+0000 cannot be printed and may not be in the file."),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 15 else "",
)
def test_a_hostile_file_is_refused_with_the_loaders_own_sentence(
    cast: Cast, signed_in: SignedIn, name: str, data: bytes, sentence: str
) -> None:
    file = SimpleUploadedFile(f"{name}.yaml", data, content_type="application/yaml")
    response = signed_in("coordinator").post(IMPORT, {"file": file})
    assert response.status_code == 400
    assert sentence in main_of(response).replace("&amp;", "&")
    assert versions(cast) == [2]


def test_a_billion_laughs_are_not_laughed(cast: Cast, signed_in: SignedIn) -> None:
    laughs = "a0: &a0 [lol, lol]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
    response = signed_in("coordinator").post(IMPORT, {"text": laughs})
    assert response.status_code == 400
    assert 'The anchor "&a0" is not allowed; leave it out.' in main_of(response).replace("&amp;", "&")
    assert kept(response) == laughs


def test_a_text_that_is_no_html_comes_back_as_text(cast: Cast, signed_in: SignedIn) -> None:
    hostile = "</textarea><script>alert(1)</script>"
    response = signed_in("coordinator").post(IMPORT, {"text": hostile})
    assert "<script>alert" not in page(response)
    assert kept(response) == hostile


def test_too_long_a_text_is_told_so_and_kept(cast: Cast, signed_in: SignedIn) -> None:
    text = "#" * (LIMIT_IN_BYTES + 1)
    response = signed_in("coordinator").post(IMPORT, {"text": text})
    assert "The file is larger than 256 KB, the most that is read." in main_of(response)
    assert kept(response) == text


def test_a_text_beyond_all_measure_is_not_even_read(cast: Cast, signed_in: SignedIn) -> None:
    response = signed_in("coordinator").post(IMPORT, {"text": "a: b\n" * 2_000_000})
    assert response.status_code == 400
    assert versions(cast) == [2]


def test_nothing_handed_in(cast: Cast, signed_in: SignedIn) -> None:
    response = signed_in("coordinator").post(IMPORT, {"text": "  \n"})
    assert response.status_code == 400
    assert "Choose a file or paste its text." in main_of(response)


def test_a_file_wins_over_the_text_beside_it(cast: Cast, signed_in: SignedIn) -> None:
    file = SimpleUploadedFile("mended.yaml", b"\xef\xbb\xbf" + version_3().replace("\n", "\r\n").encode())
    response = signed_in("coordinator").post(IMPORT, {"file": file, "text": "format: nonsense"})
    assert response.status_code == 200
    assert kept(response) == version_3()


# --- what cannot come next --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": text_of("portsmouth/board"), "in_force_from": "2027-05-01"}, "This file is the constitution of"),
        ({"text": text_of("isle-of-wight/main-board")}, "Version 2 is in force from 1 January 2026: a further version"),
        ({"text": version_3(), "in_force_from": "2027-03-16"}, "16 March 2027 has passed"),
        ({"text": version_3(), "in_force_from": "soon"}, "Enter a date like 2027-05-01 or 1/5/2027."),
        (
            {"text": UNDATED},
            "Enter the day from which it is to be in force: the text does not state one.",
        ),
    ],
    ids=["other body", "older version", "past", "no date", "no day"],
)
def test_what_cannot_come_next_is_refused_and_kept(
    cast: Cast, signed_in: SignedIn, fields: dict[str, str], sentence: str
) -> None:
    response = signed_in("coordinator").post(IMPORT, fields)
    assert response.status_code == 400
    assert main_of(response).count(sentence) == 2
    assert "There is a problem" in main_of(response)
    assert kept(response) == fields["text"]
    assert versions(cast) == [2]


# --- the preview ------------------------------------------------------------------------------------------------------


def held_meeting(cast: Cast, on: date, came: int) -> Meeting:
    """A meeting held with the five who must be there, and others up to that number."""
    cast.fill(seat for seat in cast.seats if seat != "cabinet-member")
    meeting = cast.meeting(on=on)
    opened = open_register(meeting=meeting, at=meeting.begins, by=cast.author)
    rows = Attendance.objects.filter(meeting=opened).exclude(seat__key="cabinet-member").order_by("seat__position")
    required = ("chair", "scrutineer", "constabulary", "icb", "childrens-social-care")
    those = [*rows.filter(seat__key__in=required), *rows.exclude(seat__key__in=required)[: came - len(required)]]
    entries = [
        RowEntry(attendance_id=row.pk, version=row.version, recorded=Recorded.PRESENT, arrived_at=meeting.begins)
        for row in those
    ]
    record_attendance(meeting=opened, rows=entries, by=cast["coordinator"])
    return close_register(meeting=opened, at=meeting.begins + timedelta(hours=2), by=cast["coordinator"])


def test_the_preview_shows_everything_and_writes_nothing(cast: Cast, signed_in: SignedIn) -> None:
    held_meeting(cast, date(2027, 1, 20), came=13)
    held_meeting(cast, date(2026, 10, 21), came=20)
    cast.meeting(on=JUNE)
    obligations = list(Obligation.objects.values_list("due_on", "due_version"))
    prison = {PRISON: "  - {id: prison, name: The prison, organisation: hmp}\n"}
    response = signed_in("coordinator").post(IMPORT, {"text": version_3(TWO_WEEKS, THREE_QUARTERS, prison)})
    assert response.status_code == 200
    said = main_of(response)
    assert "What version 3 would change from 1 May 2027" in said
    assert "1 rule added, 1 taken out and 2 changed; 98 are unchanged." in said
    assert "1 of the last 2 meetings would not have been quorate" in said
    assert "20 January 2027 13 Quorate Not quorate Not quorate: 13 of 24 present. 5 more members needed." in said
    assert "21 October 2026 20 Quorate Quorate Same" in said
    assert "Only a preview: those meetings keep the answer of the version in force on their day." in said
    assert "Deadlines of 1 of 1 meeting planned from that day on would change." in said
    assert "16 June 2027 Wednesday 9 June 2027 Wednesday 2 June 2027" in said
    assert "New seats The prison" in said
    assert "HMP Isle of Wight: ends on 30 April 2027, and with it the appointment of Rep Hmp as representative." in said
    assert "24 other seats stay as before." in said
    assert versions(cast) == [2]
    assert list(Obligation.objects.values_list("due_on", "due_version")) == obligations
    assert not Appointment.objects.exclude(until=None).exists()


def test_where_the_rules_name_who_signs_it_is_put_forward_and_signed(cast: Cast, signed_in: SignedIn) -> None:
    signatories = {
        "attendance: not stated\n": (
            "attendance: not stated\nsignatories:\n  id: signed\n"
            '  clause: {ref: "New 2", words: "The chair signs."}\n  by: {offices: [chair]}\n'
        ),
    }
    coordinator, chair = signed_in("coordinator"), signed_in("chair")
    response = coordinator.post(IMPORT, {"text": version_3(signatories)})
    said = main_of(response)
    assert "A version is signed by the partnership chair. It is kept as a draft and put forward to them" in said
    assert coordinator.post(IMPORT, confirmation(response)).status_code == 302
    assert versions(cast) == [2]
    # The chair, whom the rules name, signs what was put forward; it is in force with that.
    draft, sign = RULES + "draft/", RULES + "draft/sign/"
    assert "Put forward for signature." in main_of(chair.get(draft))
    assert coordinator.get(sign).status_code == 403
    page_to_sign = chair.get(sign)
    assert "you sign this version electronically" in main_of(page_to_sign)
    sent = {name: hidden(page_to_sign, name) for name in ("place", "sha256")}
    assert chair.post(sign, sent).status_code == 400
    stale = chair.post(sign, sent | {"sha256": "0" * 64, "agreed": "on"})
    assert stale.status_code == 409
    assert "Read it again before you sign." in main_of(stale)
    assert chair.post(sign, sent | {"agreed": "on"}).status_code == 302
    assert versions(cast) == [2, 3]


def test_a_first_version_has_nothing_to_differ_from(cast: Cast, signed_in: SignedIn) -> None:
    fields = {"text": text_of("isle-of-wight/executive-group"), "in_force_from": "2027-05-01"}
    response = signed_in("neighbour").post("/p/isle-of-wight/executive/constitution/import/", fields)
    said = main_of(response)
    assert "The first version of the rules of this group." in said
    assert "No meeting is planned from that day on." in said


def test_the_same_rules_again_change_nothing(cast: Cast, signed_in: SignedIn) -> None:
    cast.meeting(on=JUNE)
    said = main_of(signed_in("coordinator").post(IMPORT, {"text": version_3()}))
    assert "No rule differs: 101 rules in both." in said
    assert "No meeting has been held yet" in said
    assert "No deadline moves at the 1 meeting planned from that day on." in said
    assert "No seat comes, goes or changes: 25 seats." in said


@pytest.mark.parametrize("rows", [1, 3])
def test_the_preview_asks_as_often_for_three_meetings_as_for_one(
    cast: Cast, signed_in: SignedIn, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    for number in range(rows):
        held_meeting(cast, TODAY - timedelta(days=30 * (number + 1)), came=10 + number)
        cast.meeting(on=JUNE + timedelta(days=30 * number))
    client = signed_in("coordinator")
    fields = {"text": version_3(TWO_WEEKS, {PRISON: ""})}
    client.post(IMPORT, fields)
    with django_assert_num_queries(25):
        assert client.post(IMPORT, fields).status_code == 200


# --- the confirmation -------------------------------------------------------------------------------------------------


def test_what_was_shown_is_what_is_adopted(cast: Cast, signed_in: SignedIn) -> None:
    meeting = cast.meeting(on=JUNE)
    client = signed_in("coordinator")
    shown = client.post(IMPORT, {"text": version_3(TWO_WEEKS)})
    response = client.post(IMPORT, confirmation(shown, signed="The chair, 12 March 2027"), follow=True)
    assert response.redirect_chain == [(RULES + "3/", 302)]
    assert "Version 3 is in force from 1 May 2027." in main_of(response)
    adopted = Constitution.objects.get(board=cast.board, version=3)
    assert adopted.text == version_3(TWO_WEEKS)
    assert adopted.history.get().history_change_reason == (
        "Agreed on 17 March, item 9. Signed by: The chair, 12 March 2027, recorded outside this system."
    )
    assert Obligation.objects.get(cause_id=meeting.pk, duty="papers").due_on == date(2027, 6, 2)


def test_the_file_that_is_exported_can_be_brought_in_again(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    exported = client.get(RULES + "2/file/").content.decode()
    again = exported.replace("number: 2", "number: 3")
    shown = client.post(IMPORT, {"text": again, "in_force_from": "1/5/2027"})
    assert client.post(IMPORT, confirmation(shown)).status_code == 302
    assert client.get(RULES + "3/file/").content.decode() == again


def test_a_reason_is_asked_for_and_everything_kept(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    shown = client.post(IMPORT, {"text": version_3(TWO_WEEKS)})
    response = client.post(IMPORT, confirmation(shown, reason=" ", signed="The chair"))
    assert response.status_code == 400
    assert main_of(response).count("Say why the rules change.") == 2
    assert 'value="The chair"' in page(response)
    assert kept(response) == version_3(TWO_WEEKS)
    assert versions(cast) == [2]


@pytest.mark.parametrize("changed", ["text", "in_force_from", "preview"])
def test_what_was_not_shown_is_not_adopted(cast: Cast, signed_in: SignedIn, changed: str) -> None:
    client = signed_in("coordinator")
    shown = client.post(IMPORT, {"text": version_3()})
    other = {"text": version_3(TWO_WEEKS), "in_force_from": "2027-07-01", "preview": "made up"}[changed]
    response = client.post(IMPORT, confirmation(shown, **{changed: other}))
    assert response.status_code == 400
    assert "This is not what was shown when you last looked." in main_of(response)
    assert versions(cast) == [2]
    assert client.post(IMPORT, confirmation(response)).status_code == 302


def test_a_holder_appointed_after_the_preview_is_not_unseated_unseen(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    shown = client.post(IMPORT, {"text": version_3({PRISON: ""})})
    late = appoint(seat=cast.seats["hmp"], person=cast.person("governor"), starts_on=TODAY, by=cast.author)
    response = client.post(IMPORT, confirmation(shown))
    assert response.status_code == 400
    assert "the appointment of Governor as representative" in main_of(response)
    assert client.post(IMPORT, confirmation(response)).status_code == 302
    late.refresh_from_db()
    assert late.until == MAY


def test_of_two_importers_the_second_is_told_and_keeps_the_text(cast: Cast, signed_in: SignedIn) -> None:
    first, second = signed_in("coordinator"), signed_in("manager")
    mine = first.post(IMPORT, {"text": version_3(TWO_WEEKS)})
    theirs = second.post(IMPORT, {"text": version_3(THREE_QUARTERS)})
    assert first.post(IMPORT, confirmation(mine)).status_code == 302
    told = second.post(IMPORT, confirmation(theirs))
    assert told.status_code == 409
    assert "Version 3 was adopted meanwhile, in force from 1 May 2027. Nothing of yours was stored" in main_of(told)
    assert f'href="{RULES}3/"' in page(told)
    assert kept(told) == version_3(THREE_QUARTERS)
    again = {"text": kept(told).replace("number: 3", "number: 4"), "in_force_from": "2027-06-01"}
    shown = second.post(IMPORT, again)
    assert shown.status_code == 200
    assert "What version 4 would change from 1 June 2027" in main_of(shown)
    assert second.post(IMPORT, confirmation(shown)).status_code == 302
    assert versions(cast) == [2, 3, 4]


def test_the_text_can_be_changed_again(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    shown = client.post(IMPORT, {"text": version_3()})
    response = client.post(IMPORT, confirmation(shown, step="edit"))
    assert response.status_code == 200
    assert "Propose a new version of the rules" in main_of(response)
    assert kept(response) == version_3()
    assert 'value="2027-05-01"' in page(response)
    assert versions(cast) == [2]


def test_a_day_whose_register_was_opened_keeps_its_rules(cast: Cast, meeting: Meeting, signed_in: SignedIn) -> None:
    response = signed_in("coordinator").post(IMPORT, {"text": version_3(), "in_force_from": "2027-03-17"})
    assert response.status_code == 400
    assert "The register of the meeting on 17 March 2027 was opened under the rules of that day" in main_of(response)
