"""The database itself refuses that two appointments to one place, or of one person to one seat, share a day.

PostgreSQL has a constraint for it, SQLite triggers. Whatever rebuilds the table in SQLite (a migration that changes a
column) takes its triggers away, so that they are put up again after each run of the migrations.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import connections, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Func, Model

TABLE = "membership_appointment"
ONE_IN_A_PLACE, ONCE_IN_A_SEAT = "appointment_one_in_each_place_a_day", "appointment_person_once_in_a_seat_a_day"
# What an appointment must not share with another of its seat on the same day, by the name of the guard.
GUARDS = {ONE_IN_A_PLACE: "order", ONCE_IN_A_SEAT: "person_id"}
CHANGES = {"insert": "INSERT", "update": "UPDATE"}
TRIGGER = """
CREATE TRIGGER IF NOT EXISTS {guard}_{change} BEFORE {words} ON {table} FOR EACH ROW
WHEN EXISTS (
    SELECT 1 FROM {table} other
    WHERE other.seat_id = NEW.seat_id AND other."{shared}" = NEW."{shared}" AND other.id IS NOT NEW.id
    AND (other.until IS NULL OR other.until > NEW.starts_on)
    AND (NEW.until IS NULL OR NEW.until > other.starts_on)
)
BEGIN SELECT RAISE(ABORT, '{guard}'); END
"""


def put_up(schema_editor: BaseDatabaseSchemaEditor, appointment: type[Model]) -> None:
    """Begin to refuse overlaps; those that are there already are refused by PostgreSQL at once."""
    if schema_editor.connection.vendor == "postgresql":
        # Trusted since version 13: whoever may create in the database may create this.
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        for constraint in _constraints():
            schema_editor.add_constraint(appointment, constraint)
    elif schema_editor.connection.vendor == "sqlite":
        for statement in _triggers():
            schema_editor.execute(statement)


def take_down(schema_editor: BaseDatabaseSchemaEditor, appointment: type[Model]) -> None:
    """No longer refuse them."""
    if schema_editor.connection.vendor == "postgresql":
        for constraint in _constraints():
            schema_editor.remove_constraint(appointment, constraint)
    elif schema_editor.connection.vendor == "sqlite":
        for guard in GUARDS:
            for change in CHANGES:
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {guard}_{change}")


def put_up_again(*, using: str, **_: Any) -> None:
    """After the migrations ran: what a rebuilt table lost in SQLite."""
    connection = connections[using]
    if connection.vendor != "sqlite" or TABLE not in connection.introspection.table_names():
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for statement in _triggers():
            cursor.execute(statement)


def _constraints() -> list[ExclusionConstraint]:
    days = Func(F("starts_on"), F("until"), function="daterange", output_field=DateRangeField())
    return [
        ExclusionConstraint(
            name=name,
            expressions=[
                (F("seat"), RangeOperators.EQUAL),
                (F(shared.removesuffix("_id")), RangeOperators.EQUAL),
                (days, RangeOperators.OVERLAPS),
            ],
        )
        for name, shared in GUARDS.items()
    ]


def _triggers() -> list[str]:
    return [
        TRIGGER.format(guard=guard, change=change, words=words, table=TABLE, shared=shared)
        for guard, shared in GUARDS.items()
        for change, words in CHANGES.items()
    ]
