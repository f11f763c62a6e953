"""The guards of a seat where rows are committed: two hands at once, a rebuilt table, what came past them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction
from pytest_django import Settings

from membership import overlap_guards
from membership.models import Appointment, AppointmentKind
from partnership.models import User
from tests.cast import TODAY, Cast, assembled
from tests.meetings.test_races import two_at_once
from tests.membership.test_overlaps import DAY, row

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def full_cast(stopped_clock: Settings) -> Cast:
    return assembled()


def emptied(cast: Cast) -> None:
    """The seat as it was, so that the guards can be put up again."""
    those = Appointment.objects.filter(seat=cast.seats["icb"])
    those._raw_delete(those.db)


@contextmanager
def unguarded() -> Iterator[None]:
    """The control: the same database with its guards down."""
    with connection.schema_editor() as editor:
        overlap_guards.take_down(editor, Appointment)
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            overlap_guards.put_up(editor, Appointment)


def test_check_seats_names_what_came_past_the_guards(full_cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    with unguarded():
        Appointment.objects.bulk_create(
            [row(full_cast, "one"), row(full_cast, "another"), row(full_cast, "one", order=1)]
        )
        with pytest.raises(CommandError, match="2 overlapping"):
            call_command("check_seats")
        emptied(full_cast)
    assert "both from 1 March 2027" in capsys.readouterr().out


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite loses triggers with a rebuilt table")
def test_a_rebuilt_table_is_guarded_again_after_the_migrations(full_cast: Cast) -> None:
    with connection.schema_editor() as editor:
        editor._remake_table(Appointment)  # type: ignore[attr-defined]  # SQLite's own way to change a column
    pair = [row(full_cast, "one"), row(full_cast, "another")]
    with transaction.atomic():
        Appointment.objects.bulk_create(pair)
        transaction.set_rollback(True)
    call_command("migrate", verbosity=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.bulk_create([row(full_cast, "one"), row(full_cast, "another")])


# --- two hands at once ------------------------------------------------------------------------------------------------


def both_insert(cast: Cast) -> list[object]:
    """Two hands put somebody into one empty seat in the same moment, past the operations and their lock."""
    seat, people = cast.seats["icb"], (cast.person("one"), cast.person("another"))

    def insert(person: User) -> object:
        # With an end: the older guard of open ends is not what is asked about.
        kind, until = AppointmentKind.REPRESENTATIVE, TODAY + 30 * DAY
        held = Appointment(seat=seat, person=person, kind=kind, starts_on=TODAY, until=until)
        return Appointment.objects.bulk_create([held])

    return two_at_once(lambda: insert(people[0]), lambda: insert(people[1]))


def test_of_two_hands_the_database_lets_one(full_cast: Cast) -> None:
    results = both_insert(full_cast)
    assert sum(isinstance(result, IntegrityError) for result in results) == 1
    assert Appointment.objects.filter(seat=full_cast.seats["icb"]).count() == 1


def test_control_without_the_guards_both_get_in(full_cast: Cast) -> None:
    with unguarded():
        both_insert(full_cast)
        assert Appointment.objects.filter(seat=full_cast.seats["icb"]).count() == 2
        emptied(full_cast)
