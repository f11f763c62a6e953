"""The database itself refuses: by triggers in a file, by rights on a server under the application's role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client
from pytest_django import Settings

from meetings.models import Meeting
from partnership import checks, clock
from partnership.audit import guards
from partnership.audit.recording import record
from partnership.audit.sealing import seal_all
from partnership.audit.verifying import verify
from partnership.models import AuditEvent, ObligationEvent, What
from tests.cast import Cast

ROOT = Path(__file__).parents[2]
on_a_server = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="a file has no roles")
in_a_file = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a server has roles")


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def application_role(cast: Cast, settings: Settings) -> Iterator[Settings]:
    """Everything from here on is done under the application's role; the roles go with the test's transaction."""
    settings.APP_ROLE, settings.ERASER_ROLE = "test_application", "test_eraser"
    for role in (settings.APP_ROLE, settings.ERASER_ROLE):
        run(f"CREATE ROLE {role}")
    guards.put_up()
    run("SET LOCAL ROLE test_application")
    yield settings
    if not connection.needs_rollback:
        run("RESET ROLE")


def test_every_table_of_the_record_is_among_the_guarded() -> None:
    guarded = set(guards.append_only_models())
    assert {Meeting.history.model, AuditEvent, ObligationEvent} <= guarded
    assert Meeting not in guarded
    histories = [model for model in guarded if model.__name__.startswith("Historical")]
    assert len(histories) > 15


@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
@pytest.mark.parametrize("model", [Meeting.history.model, AuditEvent], ids=["history", "trail"])
@in_a_file
def test_a_file_refuses_to_change_or_delete_what_is_written_once(cast: Cast, model: type, statement: str) -> None:
    cast.meeting()
    table, key = model._meta.db_table, model._meta.pk.column  # type: ignore[attr-defined]  # a model
    with pytest.raises(DatabaseError, match="written once"):
        run(statement.format(table, key, key))
    with transaction.atomic(), guards.lifted():
        run(statement.format(table, key, key))
    record(What.DENIED, by=cast["member"])
    with pytest.raises(DatabaseError, match="written once"):
        run(statement.format("partnership_auditevent", "id", "id"))


def assert_unguarded_and_fail() -> None:
    assert guards._triggers(connection) == []
    run("SELECT nothing FROM nowhere")


@in_a_file
def test_every_guarded_table_of_a_file_has_its_triggers_even_after_a_lift_that_fails(cast: Cast) -> None:
    expected = {
        f"written_once_{event}_{model._meta.db_table}"
        for model in guards.append_only_models()
        for event in ("update", "delete")
    }
    assert set(guards._triggers(connection)) == expected
    with pytest.raises(DatabaseError), transaction.atomic(), guards.lifted():
        assert_unguarded_and_fail()
    assert set(guards._triggers(connection)) == expected


@on_a_server
def test_the_applications_role_adds_to_the_record_and_changes_nothing_of_it(application_role: Settings) -> None:
    rights = "SELECT has_table_privilege(%s, %s, %s)"
    wrong = []
    for model in guards.append_only_models():
        table = model._meta.db_table
        for right in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"):
            with connection.cursor() as cursor:
                cursor.execute(rights, ("test_application", table, right))
                if cursor.fetchone()[0] is not (right in {"SELECT", "INSERT"}):
                    wrong.append(f"{right} on {table}")
    assert wrong == []
    for statement in (
        "UPDATE meetings_historicalmeeting SET place = 'Elsewhere'",
        "DELETE FROM partnership_auditevent",
        "TRUNCATE partnership_link CASCADE",
        "ALTER TABLE partnership_auditevent ADD COLUMN x int",
        "DELETE FROM django_migrations",
    ):
        with pytest.raises(DatabaseError, match=r"permission denied|must be owner"):
            run(statement)
    assert checks.record_is_out_of_reach(None, ["default"]) == []
    run("RESET ROLE")
    application_role.HAS_DATABASE_SERVER = True
    (said,) = checks.record_is_out_of_reach(None, ["default"])
    assert said.id == "quorate.W033"


@on_a_server
def test_migrated_back_to_before_every_table_there_is_no_right_to_take_away(application_role: Settings) -> None:
    run("RESET ROLE")
    with mock.patch.object(connection.introspection, "table_names", return_value=["django_migrations"]):
        guards.put_up()


@on_a_server
def test_whole_requests_sealing_and_the_check_work_under_the_applications_role(
    cast: Cast, application_role: Settings
) -> None:
    meeting = cast.meeting()
    client = Client()
    client.force_login(cast["coordinator"])
    address = f"/p/isle-of-wight/main-board/meetings/{meeting.address}/"
    assert client.get(address).status_code == 200
    assert client.post(address + "register/open/").status_code == 302
    meeting.refresh_from_db()
    assert meeting.opened_at is not None
    assert seal_all(by=cast.author) > 90
    assert verify(now=clock.machine_now())[0] == []
    # Only the eraser's role, and only for the length of a transaction.
    with transaction.atomic(), guards.lifted():
        run("UPDATE meetings_historicalmeeting SET place = 'Elsewhere'")
    with pytest.raises(DatabaseError, match="permission denied"):
        run("UPDATE meetings_historicalmeeting SET place = 'Elsewhere'")
    assert [found.what for found in verify(now=clock.machine_now())[0]] == ["changed"] * Meeting.history.count()


@on_a_server
def test_a_role_that_does_not_exist_is_named(cast: Cast, settings: Settings) -> None:
    settings.APP_ROLE = "nobody_made_it"
    with pytest.raises(guards.NoSuchRole, match="nobody_made_it"):
        guards.put_up()


def test_guards_are_lifted_in_a_transaction_alone_and_nothing_empties_a_record(settings: Settings) -> None:
    outside = mock.patch.object(connections["default"], "in_atomic_block", new=False)
    with outside, pytest.raises(transaction.TransactionManagementError), guards.lifted():
        pass
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="nothing empties the database"):
        call_command("flush", interactive=False)


@on_a_server
def test_only_the_worker_may_become_the_eraser(cast: Cast) -> None:
    """The file that makes the roles, its passwords filled in; everything goes with the test's transaction."""
    text = (ROOT / "deploy" / "make-roles.sql").read_text(encoding="utf-8")
    made = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    run(re.sub(r":'\w+'", "'for this test'", made))
    for role, may_erase in (("quorate_web", False), ("quorate_worker", True)):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_has_role(%s, 'quorate_app', 'member')", (role,))
            assert cursor.fetchone() == (True,)
            cursor.execute("SELECT pg_has_role(%s, 'quorate_eraser', 'member')", (role,))
            assert cursor.fetchone() == (may_erase,)
            # Having its rights without becoming it would make every slip of the worker an erasure.
            cursor.execute("SELECT pg_has_role(%s, 'quorate_eraser', 'usage')", (role,))
            assert cursor.fetchone() == (False,)
