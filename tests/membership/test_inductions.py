"""Induction: begun by a first seat where the terms ask for it, done line by line, met by its completion."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django import Settings

from membership.duties import INDUCTION
from membership.models import Appointment, Induction, InductionLine, MarkedBy, RoleDescription, Seat
from membership.operations import (
    BegunAlready,
    NothingToDo,
    NotTheirs,
    accept_description,
    appoint,
    begin_induction,
    end_appointment,
    mark_step,
    name_deputy,
    set_practice,
    take_shipped_sets,
    write_set,
)
from partnership.access import Role
from partnership.models import Obligation, Partnership
from tests.cast import NOW, TODAY, Cast

EIGHT_WEEKS_ON = date(2027, 5, 12)


@pytest.fixture
def city(cast: Cast) -> Partnership:
    """Portsmouth, whose arrangements ask for induction, with what ships."""
    take_shipped_sets(partnership=cast.elsewhere.partnership, by=cast.author)
    return cast.elsewhere.partnership


def seat(cast: Cast, key: str = "probation") -> Seat:
    return Seat.objects.get(board=cast.elsewhere, key=key)


def newcomer(cast: Cast, on: date = TODAY) -> Appointment:
    return appoint(seat=seat(cast), person=cast.person("newcomer"), starts_on=on, by=cast.author)


def asked(induction: Induction) -> tuple[date, date | None, bool]:
    row = Obligation.objects.get(cause_type="membership.induction", cause_id=induction.pk, duty=INDUCTION)
    return row.due_on, row.met_on, row.cancelled_at is not None


def do_all(induction: Induction, cast: Cast) -> None:
    for step in induction.induction_steps.all():
        is_team = step.marked_by == MarkedBy.TEAM
        by = cast["manager"] if is_team else cast["newcomer"]
        mark_step(step=step, is_done=True, as_team=is_team, by=by)


def test_what_ships_is_a_description_and_two_checklists_in_our_words(cast: Cast, city: Partnership) -> None:
    description = RoleDescription.objects.get(partnership=city, role=Role.MEMBER)
    assert len(description.text.splitlines()) == 7
    lines = InductionLine.objects.filter(partnership=city, role=Role.MEMBER)
    assert (lines.filter(marked_by="member").count(), lines.filter(marked_by="team").count()) == (6, 4)
    take_shipped_sets(partnership=city, by=cast.author)
    assert lines.count() == 10, "taken twice, it is there once"


def test_a_first_seat_begins_it_and_completion_meets_it(cast: Cast, city: Partnership) -> None:
    newcomer(cast)
    induction = Induction.objects.get(partnership=city)
    assert (induction.role, induction.started_on, induction.due_on) == (Role.MEMBER, TODAY, EIGHT_WEEKS_ON)
    assert asked(induction) == (EIGHT_WEEKS_ON, None, False)
    do_all(induction, cast)
    assert Induction.objects.unfinished().exists(), "the role description is not accepted yet"
    induction = accept_description(induction=induction, by=cast["newcomer"])
    assert induction.completed_on == TODAY
    assert asked(induction) == (EIGHT_WEEKS_ON, TODAY, False)
    step = induction.induction_steps.filter(marked_by=MarkedBy.MEMBER).first()
    assert step is not None
    mark_step(step=step, is_done=False, as_team=False, by=cast["newcomer"])
    assert Induction.objects.unfinished().exists()
    assert asked(induction) == (EIGHT_WEEKS_ON, None, False)


def test_a_deputy_has_a_checklist_of_their_own(cast: Cast, city: Partnership) -> None:
    name_deputy(seat=seat(cast), person=cast.person("newcomer"), starts_on=TODAY, by=cast.author)
    assert Induction.objects.get(partnership=city).role == Role.DEPUTY


def test_nobody_is_new_twice_nor_long_after(cast: Cast, city: Partnership) -> None:
    newcomer(cast, on=date(2026, 9, 1))
    assert not Induction.objects.exists(), "entered after it would have been over"
    appoint(seat=seat(cast, "post-16"), person=cast["newcomer"], starts_on=TODAY, by=cast.author)
    appoint(seat=seat(cast, "solent"), person=cast["newcomer"], starts_on=TODAY, by=cast.author)
    assert Induction.objects.count() == 1


def test_each_marks_their_own_lines(cast: Cast, city: Partnership) -> None:
    newcomer(cast)
    induction = Induction.objects.get()
    theirs = induction.induction_steps.filter(marked_by=MarkedBy.MEMBER).first()
    ours = induction.induction_steps.filter(marked_by=MarkedBy.TEAM).first()
    assert theirs is not None
    assert ours is not None
    for step, as_team, by in ((ours, False, "newcomer"), (theirs, True, "manager"), (theirs, False, "manager")):
        with pytest.raises(NotTheirs):
            mark_step(step=step, is_done=True, as_team=as_team, by=cast[by])
    with pytest.raises(NotTheirs):
        accept_description(induction=induction, by=cast["manager"])


def test_who_leaves_is_asked_no_longer_and_who_returns_goes_on(
    cast: Cast, city: Partnership, settings: Settings
) -> None:
    held = newcomer(cast)
    end_appointment(appointment=held, ends_on=TODAY, reason="Left", by=cast.author)
    assert Induction.objects.unfinished().exists(), "today is their last day"
    settings.CLOCK_STOPPED_AT = NOW + timedelta(days=30)
    other = appoint(seat=seat(cast), person=cast.person("other"), starts_on=TODAY + timedelta(days=20), by=cast.author)
    end_appointment(appointment=other, ends_on=TODAY + timedelta(days=29), reason="Left", by=cast.author)
    stopped = Induction.objects.get(person=cast["other"])
    assert stopped.stopped_on == TODAY + timedelta(days=30)
    assert asked(stopped)[2], "nothing falls due for them any more"
    appoint(seat=seat(cast, "solent"), person=cast["other"], starts_on=TODAY + timedelta(days=31), by=cast.author)
    assert asked(stopped) == (date(2027, 6, 12), None, False)


def test_a_later_change_of_the_checklist_leaves_inductions_under_way(cast: Cast, city: Partnership) -> None:
    newcomer(cast)
    induction = Induction.objects.get()
    before = list(induction.induction_steps.values_list("text", flat=True))
    write_set(
        partnership=city, role=Role.MEMBER, description="Come.", for_member=["Say hello"], for_team=[], by=cast.author
    )
    assert list(induction.induction_steps.values_list("text", flat=True)) == before
    assert induction.description is not None
    assert induction.description.version == 1
    assert RoleDescription.objects.filter(partnership=city, role=Role.MEMBER).count() == 2
    kept = InductionLine.objects.filter(partnership=city, role=Role.MEMBER, withdrawn_on=None)
    assert [line.text for line in kept] == ["Say hello"]


def test_where_no_clause_asks_it_is_off_until_switched_on_and_reminds_nobody(cast: Cast) -> None:
    island = cast.partnership
    take_shipped_sets(partnership=island, by=cast.author)
    appoint(seat=cast.seats["hmp"], person=cast.person("first"), starts_on=TODAY, by=cast.author)
    assert not Induction.objects.exists()
    set_practice(partnership=island, is_on=True, weeks=6, by=cast.author)
    appoint(seat=cast.seats["probation"], person=cast.person("second"), starts_on=TODAY, by=cast.author)
    induction = Induction.objects.get()
    assert (induction.person, induction.due_on) == (cast["second"], date(2027, 4, 28))
    assert not Obligation.objects.filter(cause_type="membership.induction").exists()


def test_the_team_may_begin_one_by_hand_once(cast: Cast) -> None:
    with pytest.raises(NothingToDo):
        begin_induction(appointment=cast.appointments["member"], by=cast["manager"])
    take_shipped_sets(partnership=cast.partnership, by=cast.author)
    begun = begin_induction(appointment=cast.appointments["member"], started_on=TODAY, by=cast["manager"])
    assert begun.due_on == EIGHT_WEEKS_ON
    with pytest.raises(BegunAlready):
        begin_induction(appointment=cast.appointments["member"], by=cast["manager"])
