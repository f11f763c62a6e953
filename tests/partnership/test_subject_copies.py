"""A copy of what is held on a person, with what tells of others held back; and what ends after its time."""

from __future__ import annotations

import io
import json
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from meetings.models import ReplyAnswer
from meetings.operations import reply
from partnership import clock
from partnership.audit.recording import record
from partnership.audit.sealing import seal_all
from partnership.audit.verifying import verify
from partnership.models import AuditEvent, Erasure, SubjectCopy, User, What, WorkState
from partnership.operations import deactivate_person, register_person
from partnership.personal_data.packaging import (
    NotOfThisPartnership,
    ask_for_copy,
    contents_of,
    copy_to_fetch,
    make_copy,
    zipped,
)
from partnership.personal_data.retaining import counted, retain
from partnership.personal_data.working import ask_for_erasure, do_waiting
from tests.cast import TODAY, Cast


@pytest.fixture(autouse=True)
def folders(settings: Settings, tmp_path: Path) -> None:
    settings.MAIL_SINK_DIR, settings.ANCHOR_DIR, settings.MEDIA_ROOT = (tmp_path / name for name in ("m", "a", "f"))
    settings.MAIL_SINK_DIR.mkdir()


def opened(data: bytes) -> dict[str, str]:
    with ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_a_copy_holds_all_of_theirs_and_nobody_elses_unread(cast: Cast) -> None:
    meeting = cast.meeting()
    for name, key in (("member", "constabulary"), ("chair", "chair")):
        words = f"{name.title()} has to be at home with a child"
        seat = cast.seats[key]
        reply(meeting=meeting, seat=seat, answer=ReplyAnswer.COMING, by=cast[name])
        reply(meeting=meeting, seat=seat, answer=ReplyAnswer.APOLOGIES, reason=words, by=cast[name])
    files = opened(zipped(cast["member"], contents_of(person=cast["member"])))
    released = json.loads(files["released.json"])
    held = {each["kind"]: each["rows"] for each in released["held"] if "before" not in each["what"]}
    assert held["partnership.user"][0]["email"] == "member@example.org"
    assert {"membership.appointment", "partnership.standing", "partnership.auditevent"} <= set(held)
    assert "Chair" not in files["released.json"].replace("Partnership chair", "")
    assert "chair@example.org" not in files["released.json"] + files["released.html"]
    assert "Test author" in files["for-review-before-release.json"], "who did it waits for a reader"
    before = [each for each in released["held"] if each["what"] == "Your replies, as they were before"]
    assert before == [], "what they were without a seat in it is nobody's"


def test_a_copy_is_fetched_by_who_asked_for_it_while_it_lasts(cast: Cast, settings: Settings) -> None:
    asked = {name: ask_for_copy(person=cast[name], by=cast["manager"]) for name in ("member", "chair")}
    ask_for_copy(person=cast["member"], by=cast["coordinator"])
    assert do_waiting() == 3
    for name, copy in asked.items():
        fetched = copy_to_fetch(uuid=copy.uuid, by=cast["manager"])
        assert fetched is not None
        with fetched.file.open("rb") as file:
            assert json.loads(opened(file.read())["released.json"])["person"] == f"{name}@example.org"
        for other in ("coordinator", "member", "chair"):
            assert copy_to_fetch(uuid=copy.uuid, by=cast[other]) is None, "not even by whom it is about"
    assert copy_to_fetch(uuid=uuid.uuid4(), by=cast["manager"]) is None
    assert len(set(SubjectCopy.objects.values_list("file", flat=True))) == 3, "no copy lies where another lies"
    assert AuditEvent.objects.filter(what=What.SUBJECT_ACCESS).count() == 3
    settings.CLOCK_STOPPED_AT += timedelta(days=8)
    assert copy_to_fetch(uuid=asked["member"].uuid, by=cast["manager"]) is None
    assert counted(now=clock.now()) == {"copies for a person": 3}
    retain(now=clock.now(), by=cast.author)
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.zip"))


def test_a_partnership_gives_out_its_own_part_alone(cast: Cast) -> None:
    with pytest.raises(NotOfThisPartnership):
        ask_for_copy(person=cast["outsider"], by=cast["manager"], partnership=cast.partnership)
    contents = contents_of(person=cast["member"], partnership=cast.elsewhere.partnership)
    assert {each["kind"] for each in contents.released} == {"partnership.user"}


def test_a_copy_that_cannot_be_made_stands_in_nobodys_way(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = ask_for_copy(person=cast["member"], by=cast["manager"])

    def full(**_: Any) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("partnership.personal_data.working.make_copy", full)
    do_waiting()
    copy.refresh_from_db()
    assert copy.state == WorkState.FAILED
    make_copy(copy=copy)
    copy.refresh_from_db()
    assert copy.state == WorkState.FAILED, "late, and nobody waits for it any more"


def test_the_worker_erases_whom_somebody_asked_for_once(cast: Cast) -> None:
    person = register_person(email="gone@example.org", name="Gone Person", by=cast.author)
    deactivate_person(person=person, reason="Left", by=cast.author)
    first = ask_for_erasure(person=person, reason="Their letter of 3 March", by=cast["manager"])
    assert ask_for_erasure(person=person, reason="Again", by=cast["manager"]) == first
    do_waiting()
    do_waiting()
    first.refresh_from_db()
    assert (first.state, first.came_to["erased"]["partnership.user"] > 2) == (WorkState.READY, True)
    assert AuditEvent.objects.filter(what=What.ERASED).count() == Erasure.objects.count() == 1


def test_commands_say_what_they_do(cast: Cast, tmp_path: Path) -> None:
    person = register_person(email="gone@example.org", name="Gone Person", by=cast.author)
    call_command("subject_access", "gone@example.org", str(tmp_path / "copy.zip"), stdout=io.StringIO())
    assert (tmp_path / "copy.zip").stat().st_mode & 0o777 == 0o600
    call_command("erase_person", "GONE@example.org", stdout=(said := io.StringIO()))
    assert "partnership.user: " in said.getvalue()
    assert User.objects.get(pk=person.pk).name == "Gone Person", "without a reason it is a dry run"
    call_command("erase_person", "gone@example.org", reason="Their letter", stdout=(said := io.StringIO()))
    assert "erased" in said.getvalue()
    for arguments in (("erase_person", "chair@example.org"), ("subject_access", "x@example.org", str(tmp_path / "x"))):
        with pytest.raises(CommandError):
            call_command(*arguments, **({"reason": "Why"} if arguments[0] == "erase_person" else {}))


def test_logs_end_after_their_time_and_the_chain_still_holds(cast: Cast, settings: Settings) -> None:
    old = record(What.DENIED, by=cast["member"])
    lasting = record(What.BROKE_GLASS, by=cast["member"])
    seal_all(by=cast.author)
    settings.CLOCK_STOPPED_AT += timedelta(days=366)
    numbers = counted(now=clock.now())
    assert numbers["sign-in and access logs"] > 1
    call_command("retain", dry_run=True, stdout=(said := io.StringIO()))
    assert AuditEvent.objects.filter(pk=old.pk).exists()
    assert "Sign-in and access logs (365 days after the event): " in said.getvalue()
    assert retain(now=clock.now(), by=cast.author) == numbers
    assert not AuditEvent.objects.filter(pk=old.pk).exists()
    assert AuditEvent.objects.filter(pk=lasting.pk).exists()
    seal_all(by=cast.author)
    assert verify(now=clock.machine_now())[0] == []
    assert retain(now=clock.now(), by=cast.author) == {}
    assert clock.today() > TODAY
