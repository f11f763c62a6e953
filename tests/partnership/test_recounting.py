"""A bank holiday proclaimed after duties were planned: what counts working days falls due anew, the rest stays."""

from __future__ import annotations

from datetime import date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from meetings.models import Meeting
from membership.operations import bring_into_force
from partnership.clock import LONDON
from partnership.models import Delivery, DeliveryState, Obligation
from partnership.obligations import recounting
from partnership.obligations.operations import meet_obligation
from partnership.obligations.planning import plan
from partnership.obligations.recounting import proclaim, recount
from partnership.proclaimed_days import UnreadableDays, proclaimed
from partnership.rules.deadlines.calendars import Division
from partnership.tasks import keep_duties
from partnership.working_days import working_days
from tests.cast import TODAY, Cast, amended

APRIL = date(2027, 4, 22)
MONDAY, TUESDAY = date(2027, 4, 19), date(2027, 4, 20)
CLAUSE = '    clause: {ref: "Support 2", words: "Agenda and papers go'
WEEK = "    time: {amount: 1, unit: weeks, direction: before, anchor: meeting}\n"
DAYS = "    time: {amount: 5, unit: working days, direction: before, anchor: meeting}\n"
WHY = "Proclaimed for a coronation"


@pytest.fixture
def meeting(cast: Cast, settings: Settings, tmp_path: Path) -> Meeting:
    """Papers five working days before Thursday 22 April: by Thursday the 15th. Minutes a week after, whatever it is."""
    settings.PROCLAIMED_DAYS = tmp_path / "bank-holidays.csv"
    text = amended("isle-of-wight/main-board", {"number: 2\n": "number: 3\n", WEEK + CLAUSE: DAYS + CLAUSE})
    bring_into_force(board=cast.board, text=text, in_force_from=TODAY, by=cast.author)
    return cast.meeting(on=APRIL)


@pytest.fixture
def papers(meeting: Meeting) -> Obligation:
    found = Obligation.objects.get(cause_id=meeting.pk, duty="papers")
    assert found.due_on == date(2027, 4, 15)
    return found


def a_holiday(cast: Cast, *days: date, is_holiday: bool = True, division: Division | None = None) -> list[Obligation]:
    division = division or Division.ENGLAND_AND_WALES
    return proclaim(days=days, division=division, is_holiday=is_holiday, reason=WHY, by=cast["manager"])


def states(obligation: Obligation) -> set[tuple[int, str]]:
    return set(Delivery.objects.filter(obligation=obligation).values_list("due_version", "state"))


def test_what_counts_working_days_moves_and_its_history_keeps_the_old_date(cast: Cast, papers: Obligation) -> None:
    assert [each.pk for each in a_holiday(cast, MONDAY)] == [papers.pk]
    papers.refresh_from_db()
    assert (papers.due_on, papers.due_version) == (date(2027, 4, 14), 2)
    moved = papers.events.get(what="moved")
    assert (moved.detail, moved.due_on, moved.by) == (
        "From 15 April 2027: Proclaimed for a coronation",
        date(2027, 4, 14),
        cast["manager"],
    )


def test_two_days_at_once_and_one_taken_back(cast: Cast, papers: Obligation) -> None:
    a_holiday(cast, MONDAY, TUESDAY)
    papers.refresh_from_db()
    assert papers.due_on == date(2027, 4, 13)
    a_holiday(cast, TUESDAY, is_holiday=False)
    papers.refresh_from_db()
    assert papers.due_on == date(2027, 4, 14)
    # Early May, moved in the table itself to another day, is taken back as any other.
    a_holiday(cast, date(2027, 5, 3), is_holiday=False)
    assert working_days(Division.ENGLAND_AND_WALES).is_working(date(2027, 5, 3))


def test_what_counts_weeks_or_another_divisions_days_stays(cast: Cast, meeting: Meeting, papers: Obligation) -> None:
    minutes = Obligation.objects.get(cause_id=meeting.pk, duty="minutes-and-tracker")
    assert a_holiday(cast, MONDAY, division=Division.SCOTLAND) == []
    a_holiday(cast, MONDAY)
    minutes.refresh_from_db()
    assert (minutes.due_on, minutes.due_version) == (date(2027, 4, 29), 1)


def test_reminders_of_the_old_date_are_superseded_and_who_was_told_is_told(cast: Cast, papers: Obligation) -> None:
    plan(now=datetime(2027, 4, 1, 9, tzinfo=LONDON))
    sent = Delivery.objects.filter(obligation=papers, offset=-14, recipient=cast["coordinator"])
    sent.update(state=DeliveryState.SENT, sent_at=datetime(2027, 4, 1, 9, tzinfo=LONDON))
    a_holiday(cast, MONDAY)
    assert states(papers) == {(1, "sent"), (1, "superseded"), (2, "pending")}
    changed = Delivery.objects.get(obligation=papers, due_version=2)
    assert (changed.purpose, changed.recipient) == ("date changed", cast["coordinator"])


def test_what_is_done_is_left_as_it_is(cast: Cast, meeting: Meeting, papers: Obligation) -> None:
    meet_obligation(duty="papers", cause=meeting, on=TODAY, evidence="Agenda, version 1", by=cast.author)
    assert a_holiday(cast, MONDAY) == []
    papers.refresh_from_db()
    assert papers.due_on == date(2027, 4, 15)


def test_a_reminder_on_the_new_holiday_goes_by_the_rule_for_such_days(cast: Cast, meeting: Meeting) -> None:
    minutes = Obligation.objects.get(cause_id=meeting.pk, duty="minutes-and-tracker")
    plan(now=datetime(2027, 4, 24, 9, tzinfo=LONDON))
    on = [hour.astimezone(LONDON).date() for hour in hours(minutes, -2)]
    assert set(on) == {date(2027, 4, 27)}
    a_holiday(cast, date(2027, 4, 27))
    assert {hour.astimezone(LONDON).date() for hour in hours(minutes, -2)} == {date(2027, 4, 26)}


def hours(obligation: Obligation, offset: int) -> list[datetime]:
    rows = Delivery.objects.filter(obligation=obligation, offset=offset)
    return list(rows.values_list("send_at", flat=True))


def test_asked_again_nothing_moves(cast: Cast, papers: Obligation) -> None:
    a_holiday(cast, MONDAY)
    assert recount(why="again", by=cast.author) == []


def test_the_job_finds_a_table_that_was_installed_anew(
    cast: Cast, papers: Obligation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("partnership.working_days.PROCLAIMED_SINCE", {Division.ENGLAND_AND_WALES: frozenset({MONDAY})})
    from partnership.working_days import _installed  # noqa: PLC0415 - beside what it stands for

    _installed.cache_clear()
    try:
        keep_duties()
    finally:
        _installed.cache_clear()
    papers.refresh_from_db()
    assert (papers.due_on, papers.events.get(what="moved").detail) == (
        date(2027, 4, 14),
        "From 15 April 2027: the table of bank holidays changed",
    )


def test_both_or_neither(cast: Cast, papers: Obligation, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> list[Obligation]:
        raise RuntimeError("the disk is full")

    a_holiday(cast, MONDAY)
    monkeypatch.setattr(recounting, "recount", broken)
    with pytest.raises(RuntimeError):
        a_holiday(cast, TUESDAY)
    assert [day.on for day in proclaimed()] == [MONDAY]
    assert working_days(Division.ENGLAND_AND_WALES).is_working(TUESDAY)


def test_the_operator_enters_a_day_and_reads_what_moved(cast: Cast, papers: Obligation) -> None:
    said = StringIO()
    who = {"by": "manager@example.org", "reason": WHY, "stdout": said}
    call_command("bank_holiday", "add", "2027-04-19", **who)
    assert "papers is due by Wednesday 14 April 2027 now." in said.getvalue()
    call_command("bank_holiday", "list", stdout=said)
    assert "2027-04-19  England and Wales: a bank holiday. Proclaimed for a coronation" in said.getvalue()
    for words, day in (("already a bank holiday", "2027-04-19"), ("is no day", "19 April")):
        with pytest.raises(CommandError, match=words):
            call_command("bank_holiday", "add", day, **who)
    with pytest.raises(CommandError, match="nobody with an account"):
        call_command("bank_holiday", "add", "2027-04-20", by="who@example.org", reason=WHY)


def test_a_file_that_cannot_be_read_is_said_and_not_passed_over(
    cast: Cast, meeting: Meeting, settings: Settings
) -> None:
    Path(settings.PROCLAIMED_DAYS).write_text(
        "date,division,what,by,at,reason\n2027-04-31,England and Wales,added,,,\n"
    )
    with pytest.raises(UnreadableDays, match="Line 2"):
        working_days(Division.ENGLAND_AND_WALES)
