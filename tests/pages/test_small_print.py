"""Who is told reasons of apology, grades of deputies, and replies by name."""

from __future__ import annotations

from django.test import Client

from meetings.models import Meeting, Recorded, ReplyAnswer
from meetings.operations import RowEntry, record_attendance, record_deputy_check, reply
from tests.cast import Cast
from tests.pages.conftest import SignedIn

REASON = "a canary with the vet"


def page(client: Client, meeting: Meeting, part: str = "") -> str:
    response = client.get(f"/p/isle-of-wight/main-board/meetings/{meeting.address}/register/{part}")
    assert response.status_code == 200
    return response.content.decode()


def test_replies_are_told_by_name_to_members_and_in_numbers_to_observers(
    cast: Cast, later: Meeting, signed_in: SignedIn
) -> None:
    member = cast.person("member")
    reply(meeting=later, seat=cast.seats["constabulary"], answer=ReplyAnswer.COMING, person=member, by=member)
    told = page(signed_in("member"), later)
    assert "Said they are coming." in told
    assert "it falls short" in told
    kept_back = page(signed_in("observer"), later)
    assert "1 said they are coming" in kept_back
    assert "Said they are coming." not in kept_back
    assert "it falls short" not in kept_back


def test_reasons_of_apology_are_for_chair_and_team(cast: Cast, meeting: Meeting, signed_in: SignedIn) -> None:
    row = meeting.attendances.get(seat__key="constabulary")
    entry = RowEntry(attendance_id=row.pk, version=row.version, recorded=Recorded.APOLOGIES, reason=REASON)
    record_attendance(meeting=meeting, rows=[entry], by=cast.person("coordinator"))
    for who, is_told in (("chair", True), ("coordinator", True), ("member", False), ("observer", False)):
        for part in ("", "history/"):
            assert (REASON in page(signed_in(who), meeting, part)) is is_told, f"{who}, {part or 'register'}"


def test_a_deputys_grade_is_for_chair_and_team(cast: Cast, meeting: Meeting, signed_in: SignedIn) -> None:
    row = meeting.attendances.get(seat__key="constabulary")
    entry = RowEntry(attendance_id=row.pk, version=row.version, recorded=Recorded.DEPUTY, deputy_reason=REASON)
    record_attendance(meeting=meeting, rows=[entry], by=cast.person("coordinator"))
    row.refresh_from_db()
    record_deputy_check(
        attendance=row, has_same_authority=True, grades_lower=2, reason=REASON, by=cast.person("coordinator")
    )
    for who, is_told in (("chair", True), ("manager", True), ("member", False), ("deputy", False), ("observer", False)):
        text = page(signed_in(who), meeting)
        assert "Not a proper deputy" in text
        assert ("grade too low" in text) is is_told, who
        assert (REASON in page(signed_in(who), meeting, "history/")) is is_told, who
