"""The record is sealed: what was written stands as it was written, or the check says which row does not."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from pytest_django import Settings

from meetings.models import Meeting, MeetingStatus
from meetings.operations.calling import cancel
from partnership import clock
from partnership.access import GrantCodename
from partnership.audit import guards, keeping
from partnership.audit.recording import record
from partnership.audit.sealing import anchor, seal, seal_all, sealed_models
from partnership.audit.verifying import verify
from partnership.models import AuditEvent, ChainHead, EventWritten, Fingerprint, Link, What
from partnership.operations import deactivate_person, grant, revoke_grant
from tests.cast import LONG_AGO, TODAY, Cast


def found() -> list[str]:
    return [str(finding) for finding in verify(now=clock.machine_now())[0]]


def sql(statement: str, *values: str | int) -> None:
    """As somebody who reaches the database past the application, with its owner's rights."""
    with guards.lifted(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture(autouse=True)
def anchors(settings: Settings, tmp_path: Any) -> None:
    settings.ANCHOR_DIR = tmp_path / "anchors"


@pytest.fixture
def sealed(cast: Cast) -> Cast:
    """A record of some hundred rows, all of them sealed."""
    cast.meeting()
    record(What.DENIED, by=cast["member"], kind="meeting", number=1)
    assert seal_all(by=cast.author) > 90
    assert found() == []
    return cast


def test_every_row_of_the_record_is_sealed_and_reads_back_as_it_was_written(sealed: Cast) -> None:
    numbers = {model._meta.label_lower: model._default_manager.count() for model in sealed_models()}
    assert {name for name, count in numbers.items() if count} >= {
        "meetings.historicalmeeting",
        "partnership.historicaluser",
        "partnership.auditevent",
    }
    assert Link.objects.count() == Fingerprint.objects.count() == sum(numbers.values())
    assert seal(by=sealed.author) == 0, "sealing again seals nothing"


def change_a_place() -> None:
    sql("UPDATE meetings_historicalmeeting SET place = 'Elsewhere'")


def change_a_reason() -> None:
    sql("UPDATE partnership_historicaluser SET history_change_reason = 'x' WHERE name = 'Chair'")


def change_an_author() -> None:
    sql("UPDATE meetings_historicalmeeting SET history_user_id = history_user_id + 1")


def change_an_event() -> None:
    sql("UPDATE partnership_auditevent SET person_id = NULL WHERE kind = 'meeting'")


def delete_a_row() -> None:
    sql("DELETE FROM meetings_historicalmeeting")


def delete_a_row_with_its_traces() -> None:
    fingerprint = Fingerprint.objects.get(model="meetings.historicalmeeting")
    sql("DELETE FROM partnership_link WHERE fingerprint_id = %s", fingerprint.pk)
    sql("DELETE FROM partnership_fingerprint WHERE id = %s", fingerprint.pk)
    sql("DELETE FROM meetings_historicalmeeting WHERE history_id = %s", fingerprint.row)


def put_a_row_in() -> None:
    sql(
        "INSERT INTO partnership_auditevent (at, what, kind, number, detail, request)"
        " VALUES ('2027-01-01', 'authz_fail', '', '', '', '')"
    )


def put_a_row_in_with_a_fingerprint() -> None:
    put_a_row_in()
    event, alike = AuditEvent.objects.latest("pk"), Fingerprint.objects.filter(model="partnership.auditevent")
    sql(
        "INSERT INTO partnership_fingerprint (model, row, layout, digest, made_at)"
        " VALUES ('partnership.auditevent', %s, %s, %s, '2027-01-01')",
        event.pk,
        alike.values_list("layout", flat=True)[0],
        "0" * 64,
    )


def forge_a_fingerprint() -> None:
    sql("UPDATE partnership_fingerprint SET digest = 'x' WHERE model = 'meetings.historicalmeeting'")


def swap_two_links() -> None:
    for was, now in ((5, 999_999), (6, 5), (999_999, 6)):
        sql("UPDATE partnership_link SET sequence = %s WHERE sequence = %s", now, was)


def cut_the_chain_short() -> None:
    sql("DELETE FROM partnership_link WHERE sequence > 10")


def narrow_what_is_covered() -> None:
    sql("UPDATE partnership_layout SET columns = 'id' WHERE model = 'meetings.historicalmeeting'")


# What somebody with the database may try, and the words with which the check names it.
TAMPERING: dict[Callable[[], None], str] = {
    change_a_place: r"^meetings.historicalmeeting \d+: changed$",
    change_a_reason: r"^partnership.historicaluser \d+: changed$",
    change_an_author: r"^meetings.historicalmeeting \d+: changed$",
    change_an_event: r"^partnership.auditevent \d+: changed$",
    delete_a_row: r"^meetings.historicalmeeting \d+: deleted$",
    delete_a_row_with_its_traces: r"^Link \d+: missing from the chain$",
    put_a_row_in: r"^partnership.auditevent \d+: put in past the application$",
    put_a_row_in_with_a_fingerprint: r"^partnership.auditevent \d+: changed$",
    forge_a_fingerprint: r"^meetings.historicalmeeting \d+ \(link \d+\): sealed otherwise",
    swap_two_links: r"\(link 5\): sealed otherwise than it stands now, or in another place$",
    cut_the_chain_short: r"^The chain's head: does not end at the last link$",
    narrow_what_is_covered: r"^meetings.historicalmeeting \d+: cannot be checked",
}


@pytest.mark.parametrize("tamper", TAMPERING, ids=lambda tamper: tamper.__name__)
def test_what_is_done_past_the_application_is_found_and_named(sealed: Cast, tamper: Callable[[], None]) -> None:
    tamper()
    said = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("audit", "verify", stderr=said)
    assert ended.value.code == 1
    assert re.search(TAMPERING[tamper], said.getvalue(), re.MULTILINE), said.getvalue()
    assert "THE RECORD IS NOT AS IT WAS WRITTEN" in said.getvalue()


def test_a_row_changed_before_it_was_sealed_is_found_as_well(cast: Cast) -> None:
    cast.meeting()
    change_a_place()
    seal_all(by=cast.author)
    assert [line for line in found() if line.endswith(": changed")] == found() != []


def test_a_row_that_nobody_seals_is_found_after_a_while(cast: Cast, settings: Settings) -> None:
    seal_all(by=cast.author)
    cast.meeting()
    assert found() == []
    (late, *_), _ = verify(now=clock.machine_now() + settings.SEALED_WITHIN + timedelta(minutes=1))
    assert late.what == "never sealed, or its link was taken out"


def test_another_key_makes_every_seal_look_broken(sealed: Cast, settings: Settings) -> None:
    settings.AUDIT_KEY = "of somebody else"
    assert len(found()) > 90


def test_a_chain_built_anew_by_somebody_is_told_by_its_anchor(sealed: Cast) -> None:
    """Even with the key: the head of the day is kept elsewhere."""
    assert anchor(at=clock.machine_now()) is not None
    assert anchor(at=clock.machine_now()) is None, "once a day"
    assert found() == []
    sql("DELETE FROM partnership_link")
    sql("DELETE FROM partnership_chainhead")
    sql("DELETE FROM partnership_fingerprint WHERE model = 'meetings.historicalmeeting'")
    sql("DELETE FROM meetings_historicalmeeting")
    seal_all(by=sealed.author)
    assert [line for line in found() if "Anchor" not in line] == []
    assert re.match(r"Anchor \d{4}-\d\d-\d\d.json: the chain no longer holds what was anchored then", found()[0])


def test_rows_from_before_there_was_a_chain_are_taken_in_once(cast: Cast) -> None:
    sql("DELETE FROM partnership_fingerprint")
    seal_all(by=cast.author)
    assert found() == []
    assert "rows from before" in AuditEvent.objects.get(what=What.CHAIN_BEGUN).detail
    put_a_row_in()
    seal_all(by=cast.author)
    assert len(found()) == 1, "a later one is not"


def test_the_day_is_anchored_only_when_the_record_stands(
    sealed: Cast, settings: Settings, mailoutbox: list[Any]
) -> None:
    settings.ANCHOR_TO = "keeper@example.org"
    change_a_place()
    assert not keeping.keep(at=clock.machine_now(), by=sealed.author)
    assert not keeping.keep(at=clock.machine_now(), by=sealed.author)
    assert AuditEvent.objects.filter(what=What.CHAIN_BROKEN).count() == 1, "said once, not at every look"
    assert mailoutbox == []
    sql("UPDATE meetings_historicalmeeting SET place = 'County Hall'")
    assert keeping.keep(at=clock.machine_now(), by=sealed.author)
    (kept,) = settings.ANCHOR_DIR.iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert json.loads(kept.read_text())["code"] == ChainHead.objects.get().code
    assert ChainHead.objects.get().code in mailoutbox[0].body


# --- what is recorded -------------------------------------------------------------------------------------------------


def test_rows_of_the_record_are_neither_changed_nor_deleted(sealed: Cast) -> None:
    for model in sealed_models():
        rows = model._default_manager.all()
        with pytest.raises(EventWritten):
            rows.delete()
        with pytest.raises(EventWritten):
            rows.update(pk=1)
        for row in rows[:1]:
            with pytest.raises(EventWritten):
                row.delete()
            with pytest.raises(EventWritten):
                row.save()


def test_standings_grants_and_accounts_are_in_the_trail_with_whom_they_concern(cast: Cast) -> None:
    given = grant(
        person=cast["member"], codename=GrantCodename.OBSERVE, board=cast.neighbours, reason="For the review",
        starts_on=LONG_AGO, ends_on=TODAY, by=cast["manager"],
    )  # fmt: skip
    revoke_grant(grant=given, reason="Done", by=cast["manager"])
    deactivate_person(person=cast["member"], reason="Left", by=cast["manager"])
    events = AuditEvent.objects.filter(subject=cast["member"], person=cast["manager"]).order_by("pk")
    assert [event.what for event in events] == [What.GRANT_GIVEN, What.GRANT_CHANGED, What.DEACTIVATED]
    assert [event.board_id for event in events] == [cast.neighbours.pk, cast.neighbours.pk, None]
    assert events[0].partnership_id == cast.partnership.pk
    standings = AuditEvent.objects.filter(what=What.STANDING_GIVEN, subject=cast["chair"])
    assert [event.board_id for event in standings] == [cast.board.pk]


def test_a_change_whose_record_cannot_be_written_is_not_made(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = cast.meeting()

    def full(*_: object, **__: object) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(Fingerprint, "save", full)
    before = Meeting.history.count()
    with pytest.raises(DatabaseError):
        cancel(meeting=meeting, reason="Snow", by=cast["coordinator"])
    meeting.refresh_from_db()
    assert (meeting.status, Meeting.history.count()) == (MeetingStatus.PLANNED, before)


class FullDisk(logging.Handler):
    def handle(self, record: logging.LogRecord) -> bool:
        raise OSError("no space left on device")


def test_a_log_that_takes_nothing_stops_nobody(
    cast: Cast, django_capture_on_commit_callbacks: Any, caplog: pytest.LogCaptureFixture
) -> None:
    log = logging.getLogger("quorate.audit")
    log.addHandler(blocked := FullDisk())
    try:
        with django_capture_on_commit_callbacks(execute=True):
            event = record(What.DENIED, by=cast["member"], kind="meeting", number=7)
    finally:
        log.removeHandler(blocked)
    assert AuditEvent.objects.get(pk=event.pk).number == "7"
