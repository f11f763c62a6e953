"""A person is erased: their name stands nowhere but where a reason to keep it is recorded, and the seals still hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from pytest_django import Settings

from meetings.models import ItemKind, Reply, ReplyAnswer
from meetings.operations import add_item, move, reply
from membership.operations import appoint, end_appointment
from partnership import clock
from partnership.audit import guards
from partnership.audit.recording import record
from partnership.audit.sealing import seal_all
from partnership.audit.verifying import verify
from partnership.models import AuditEvent, Tombstone, User, What
from partnership.operations import deactivate_person, register_person
from partnership.personal_data.erasing import NotAPerson, StillHere, erase_person, plan
from partnership.personal_data.registry import HELD, NOTHING_HELD
from tests.cast import LONG_AGO, TODAY, Cast

CANARY, ADDRESS = "Zephyrine Quillfeather", "zephyrine.quillfeather@example.org"


@pytest.fixture(autouse=True)
def folders(settings: Settings, tmp_path: Path) -> None:
    settings.MAIL_SINK_DIR, settings.ANCHOR_DIR, settings.MEDIA_ROOT = (tmp_path / name for name in ("m", "a", "f"))
    settings.MAIL_SINK_DIR.mkdir()
    (settings.MAIL_SINK_DIR / "000001.eml").write_bytes(f"X-Envelope-To: {ADDRESS}\r\n\r\nDear {CANARY}".encode())
    (settings.MAIL_SINK_DIR / "000002.eml").write_bytes(b"X-Envelope-To: chair@example.org\r\n\r\nDear Chair")


@pytest.fixture
def gone(cast: Cast) -> User:
    """Somebody who sat, replied, was named by others in passing, and has left."""
    person = register_person(email=ADDRESS, name=CANARY, by=cast.author)
    seat = cast.seats["hmp"]
    held = appoint(seat=seat, person=person, starts_on=LONG_AGO, by=cast.author)
    meeting = cast.meeting()
    reply(meeting=meeting, seat=seat, answer=ReplyAnswer.COMING, by=person)
    move(
        meeting=meeting,
        on=TODAY,
        starts_at=meeting.starts_at,
        place=f"At {CANARY.upper()}'s",
        reason=CANARY,
        by=cast.author,
    )
    record(What.DENIED, by=person, kind="board", number=1, detail=f"GET {ADDRESS}")
    end_appointment(appointment=held, ends_on=LONG_AGO, reason=f"{CANARY} retired", by=cast.author)
    deactivate_person(person=person, reason=f"{CANARY} left", by=cast.author)
    return person


def where_it_stands() -> set[str]:
    """Every table and column of the database in which the canary still stands, read past every model."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the database's own names
            for row in cursor.fetchall():
                named = [column for column, value in zip(columns, row, strict=True) if "quillfeather" in as_text(value)]
                found |= {f"{table}.{column}" for column in named}
    return found


def as_text(value: object) -> str:
    text = bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else str(value)
    return text.lower()


def test_every_field_that_leads_to_a_person_has_a_line_in_the_registry() -> None:
    told = {(held.model, held.person) for held in HELD}
    missing = [
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is User and not hasattr(model, "instance_type")
        if (model._meta.label_lower, field.name) not in told and model._meta.label_lower not in NOTHING_HELD
    ]
    assert missing == []
    for held in HELD:
        columns = {field.name for field in apps.get_model(held.model)._meta.get_fields()}
        assert {held.person, *held.own, *held.blanked} <= columns, held.model


def test_the_name_is_gone_from_every_table_and_the_chain_still_holds(
    cast: Cast, gone: User, settings: Settings
) -> None:
    assert {"partnership_user.name", "partnership_historicaluser.email", "meetings_meeting.place"} <= where_it_stands()
    seal_all(by=cast.author)
    foreseen = plan(person=gone)
    assert len(where_it_stands()) > 5, "a dry run changes nothing"
    done = erase_person(person=gone, reason="Asked for it", by=cast["manager"])
    assert done.to_json() == foreseen.to_json()
    assert where_it_stands() == set()
    gone.refresh_from_db()
    assert (gone.name, gone.is_active) == (f"Erased person {gone.pk}", False)
    assert [path.name for path in settings.MAIL_SINK_DIR.iterdir()] == ["000002.eml"]
    seal_all(by=cast.author)
    findings, _ = verify(now=clock.machine_now())
    assert findings == []
    assert Tombstone.objects.count() > 5
    event = AuditEvent.objects.get(what=What.ERASED)
    assert (event.person, event.subject) == (cast["manager"], gone)
    assert Reply.history.filter(person_id=gone.pk).exists(), "that somebody replied is still told"


def test_what_an_erasure_leaves_is_not_a_hole_for_others(cast: Cast, gone: User) -> None:
    seal_all(by=cast.author)
    erase_person(person=gone, reason="Asked for it", by=cast["manager"])
    with connection.cursor() as cursor, guards.lifted():
        cursor.execute("UPDATE partnership_historicaluser SET name = 'Somebody else' WHERE id = %s", [gone.pk])
    assert {found.what for found in verify(now=clock.machine_now())[0]} == {"changed after name was erased", "changed"}


def test_a_name_in_the_record_of_a_meeting_stays_with_its_reason(cast: Cast, gone: User) -> None:
    june = cast.meeting(on=TODAY.replace(month=6))
    add_item(meeting=june, title=f"Thanks to {CANARY}", kind=ItemKind.DECISION, by=cast.author)
    done = erase_person(person=gone, reason="Asked for it", by=cast["manager"])
    assert done.kept[("meetings.agendaitem", "kept for ever as the partnership's record")] == 2
    assert where_it_stands() == {"meetings_agendaitem.title", "meetings_historicalagendaitem.title"}


def test_a_second_person_in_the_same_words_is_erased_from_them_too(cast: Cast, gone: User) -> None:
    other = register_person(email="o.brightwater@example.org", name="Orla Brightwater", by=cast.author)
    record(What.DENIED, by=None, detail=f"{CANARY} and Orla Brightwater")
    for person in (gone, other):
        erase_person(person=person, reason="Asked for it", by=cast["manager"])
    seal_all(by=cast.author)
    assert verify(now=clock.machine_now())[0] == []
    assert AuditEvent.objects.filter(detail=f"Erased person {gone.pk} and Erased person {other.pk}").exists()


def test_nobody_is_erased_while_they_are_here(cast: Cast) -> None:
    with pytest.raises(StillHere):
        erase_person(person=cast["member"], reason="Asked for it", by=cast["manager"])
    with pytest.raises(NotAPerson):
        erase_person(person=cast.author, reason="Asked for it", by=cast["manager"])
