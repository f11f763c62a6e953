"""What falls due because a meeting is called, moved or cancelled, and whom it concerns."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from meetings.models import Meeting, MeetingKind
from meetings.operations import call_meeting, cancel, move
from partnership.access import Role
from partnership.clock import LONDON
from partnership.models import Delivery, DeliveryState, Obligation, ObligationEvent, User
from partnership.obligations.hours import hour_of
from partnership.obligations.operations import meet_obligation
from partnership.obligations.planning import plan
from partnership.obligations.team import team_recipients
from partnership.operations import admit_to_team, release_from_team
from tests.cast import LONG_AGO, TODAY, Cast

APRIL, MARCH = date(2027, 4, 22), date(2027, 3, 24)


def due_dates(meeting: Meeting) -> dict[str, date]:
    rows = Obligation.objects.filter(cause_type="meetings.meeting", cause_id=meeting.pk, cancelled_at=None)
    return dict(rows.values_list("duty", "due_on"))


def names(people: list[User]) -> list[str]:
    return [person.name for person in people]


def papers_of(meeting: Meeting) -> Obligation:
    return Obligation.objects.get(cause_id=meeting.pk, duty="papers")


def test_portsmouth_papers_are_due_a_week_before_and_minutes_two_weeks_after(cast: Cast) -> None:
    meeting = cast.meeting(on=APRIL, board=cast.elsewhere)
    assert due_dates(meeting) == {"papers": date(2027, 4, 15), "minutes": date(2027, 5, 6)}


def test_isle_of_wight_papers_are_due_a_week_before_and_minutes_with_tracker_a_week_after(cast: Cast) -> None:
    meeting = cast.meeting(on=TODAY)
    assert due_dates(meeting) == {"papers": date(2027, 3, 10), "minutes-and-tracker": date(2027, 3, 24)}


def test_the_duty_comes_from_the_terms_in_force(cast: Cast) -> None:
    papers = papers_of(cast.meeting(on=APRIL, board=cast.elsewhere))
    assert (papers.owner, papers.constitution.board, papers.due_version) == ("coordinator", cast.elsewhere, 1)
    assert list(papers.events.values_list("what", "due_on")) == [("planned", date(2027, 4, 15))]


def test_a_development_day_has_no_papers_or_minutes_that_the_terms_ask_for(cast: Cast) -> None:
    meeting = call_meeting(
        board=cast.elsewhere, kind=MeetingKind.DEVELOPMENT_DAY, on=APRIL, starts_at=time(10), by=cast.author
    )
    assert due_dates(meeting) == {}


def test_a_board_without_terms_has_nothing_due(cast: Cast) -> None:
    assert due_dates(cast.meeting(on=APRIL, board=cast.neighbours)) == {}


def test_a_meeting_entered_for_the_record_makes_nothing_due(cast: Cast) -> None:
    assert due_dates(cast.meeting(on=date(2027, 3, 16))) == {}


def test_what_is_undone_with_the_meeting_is_undone_with_it(cast: Cast) -> None:
    with transaction.atomic():
        cast.meeting(on=APRIL)
        transaction.set_rollback(True)
    assert not Obligation.objects.filter(cause_type="meetings.meeting").exists()


def test_a_moved_meeting_moves_what_is_due_and_supersedes_the_old_reminders(cast: Cast) -> None:
    meeting = cast.meeting(on=date(2027, 4, 14))
    plan(now=datetime(2027, 4, 1, 9, tzinfo=LONDON))
    old = Delivery.objects.filter(obligation=papers_of(meeting), state=DeliveryState.PENDING)
    numbers = set(old.values_list("pk", flat=True))
    assert numbers
    move(meeting=meeting, on=APRIL, starts_at=time(10), reason="The chair is away", by=cast["coordinator"])
    assert due_dates(meeting) == {"papers": date(2027, 4, 15), "minutes-and-tracker": date(2027, 4, 29)}
    assert papers_of(meeting).due_version == 2
    superseded = Delivery.objects.filter(pk__in=numbers).values_list("state", flat=True)
    assert set(superseded) == {DeliveryState.SUPERSEDED}


def test_another_hour_of_the_same_day_moves_nothing(cast: Cast) -> None:
    meeting = cast.meeting(on=APRIL)
    move(meeting=meeting, on=APRIL, starts_at=time(14), reason="The room is free then", by=cast["coordinator"])
    assert papers_of(meeting).due_version == 1


def test_a_cancelled_meeting_cancels_what_is_due_and_its_reminders(cast: Cast) -> None:
    meeting = cast.meeting(on=MARCH)
    plan(now=datetime(2027, 3, 21, 9, tzinfo=LONDON))
    assert Delivery.objects.filter(obligation__cause_id=meeting.pk).count() > 0
    cancel(meeting=meeting, reason="Snow", by=cast["coordinator"])
    assert due_dates(meeting) == {}
    reminders = Delivery.objects.filter(announcement=None)
    assert set(reminders.values_list("state", flat=True)) == {DeliveryState.CANCELLED}
    told = ObligationEvent.objects.filter(what="cancelled", detail="Snow", by=cast["coordinator"])
    assert told.count() == 2


def test_what_is_met_stays_met_when_the_meeting_is_cancelled(cast: Cast) -> None:
    meeting = cast.meeting(on=APRIL)
    meet_obligation(duty="papers", cause=meeting, on=TODAY, evidence="Agenda, version 1", by=cast["coordinator"])
    cancel(meeting=meeting, reason="Snow", by=cast["coordinator"])
    assert papers_of(meeting).met_on == TODAY


def test_reminders_go_to_the_coordinator_and_manager_of_that_board(cast: Cast) -> None:
    papers = papers_of(cast.meeting(on=APRIL))
    assert names(team_recipients([papers], TODAY)[papers.pk]) == ["Coordinator", "Manager"]


def test_somebody_of_the_whole_partnership_is_told_too_and_nobody_of_another_group(cast: Cast) -> None:
    admit_to_team(
        person=cast.person("everywhere"),
        role=Role.MANAGER,
        partnership=cast.partnership,
        starts_on=LONG_AGO,
        by=cast.author,
    )
    papers = papers_of(cast.meeting(on=APRIL))
    assert names(team_recipients([papers], TODAY)[papers.pk]) == ["Coordinator", "Everywhere", "Manager"]


def test_whoever_left_the_team_is_told_no_more(cast: Cast) -> None:
    papers = papers_of(cast.meeting(on=APRIL))
    standing = cast["coordinator"].standings.get()
    release_from_team(standing=standing, ends_on=date(2027, 3, 31), reason="A new post", by=cast.author)
    assert names(team_recipients([papers], date(2027, 3, 31))[papers.pk]) == ["Coordinator", "Manager"]
    assert names(team_recipients([papers], date(2027, 4, 1))[papers.pk]) == ["Manager"]


def test_recipients_of_many_cost_one_query(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for day in (20, 21, 22):
        cast.meeting(on=date(2027, 4, day))
    of_meetings = Obligation.objects.filter(cause_type="meetings.meeting")
    rows = list(of_meetings.select_related("constitution", "board__partnership"))
    team_recipients(rows, TODAY)
    with django_assert_num_queries(1):
        assert len(team_recipients(rows, TODAY)) == 6


@pytest.mark.parametrize(
    ("due", "offset", "utc_hour"),
    [(date(2027, 3, 31), -7, 8), (date(2027, 4, 1), -1, 7), (date(2027, 11, 1), -3, 7), (date(2027, 11, 1), 0, 8)],
)
def test_half_past_eight_is_londons_on_both_sides_of_the_clock_change(
    cast: Cast, due: date, offset: int, utc_hour: int
) -> None:
    papers = papers_of(cast.meeting(on=APRIL))
    papers.due_on = due
    at = hour_of(papers, offset)
    assert (at.utctimetuple().tm_hour, at.minute) == (utc_hour, 30)
    assert at.astimezone(LONDON).time() == time(8, 30)
