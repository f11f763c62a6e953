"""What is entered with its date or its reminders gone by is told once, on the next working morning."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from meetings.models import Meeting
from meetings.operations import agree_action, cancel, move
from membership.operations import bring_into_force
from partnership.clock import LONDON
from partnership.models import Delivery, DeliveryState, Obligation, Purpose, RemindersAs
from partnership.obligations.features import plan_board
from partnership.obligations.hours import hours_of, timed_steps
from partnership.obligations.operations import ensure_obligation, meet_obligation, reopen_obligation
from partnership.obligations.recounting import proclaim
from partnership.obligations.waivers import waive
from partnership.operations import choose_reminders
from partnership.rules.deadlines.calendars import Division
from tests.cast import NOW, TODAY, Cast, amended
from tests.partnership.test_telling_beyond import Letters, sent
from tests.terms_with_waiver import PAPERS, let_waive

# The papers for Saturday 20 March were due on the 13th; it is called on Wednesday the 17th at 10:05.
MARCH = date(2027, 3, 20)
THURSDAY = datetime(2027, 3, 18, 9, tzinfo=LONDON)


@pytest.fixture
def late(cast: Cast) -> Meeting:
    return cast.meeting(on=MARCH)


def papers(meeting: Meeting) -> Obligation:
    return Obligation.objects.get(cause_id=meeting.pk, duty="papers")


def an_action(cast: Cast, due_on: date) -> None:
    """Agreed in January, and entered today."""
    agree_action(
        board=cast.board,
        text="Review it",
        owner=cast["member"],
        due_on=due_on,
        agreed_on=date(2027, 1, 20),
        by=cast["coordinator"],
    )


def about(obligation: Obligation) -> list[tuple[str, str]]:
    """Who was sent what about it, and when."""
    rows = Delivery.objects.filter(obligation=obligation, state=DeliveryState.SENT, purpose=Purpose.REMINDER)
    return sorted((row.recipient.name, f"{row.send_at.astimezone(LONDON):%a %-d %b %H:%M}") for row in rows)


def through(cast: Cast, settings: Settings, until: date) -> Letters:
    """Every day's sweep at nine from the 17th on, and what the last of them sent."""
    day, letters = TODAY, Letters()
    while day <= until:
        letters = sent(cast, settings, datetime(day.year, day.month, day.day, 11, tzinfo=LONDON))
        day += timedelta(days=1)
    return letters


def test_a_meeting_called_too_late_for_its_papers_tells_the_team_once_and_by_how_much(
    cast: Cast, late: Meeting, stopped_clock: Settings
) -> None:
    letters = through(cast, stopped_clock, date(2027, 3, 18))
    mine = [each for each in letters.taken if "manager@" in each.to[0] and "papers" in str(each.subject)]
    (message,) = mine
    body = " ".join(str(message.body).split())
    assert "were due on Saturday 13 March 2027, 5 days ago" in body
    assert "It was entered here on Wednesday 17 March 2027, after that day." in body
    through(cast, stopped_clock, date(2027, 4, 9))
    assert about(papers(late)) == [("Coordinator", "Thu 18 Mar 08:30"), ("Manager", "Thu 18 Mar 08:30")]


def test_an_action_with_a_past_date_tells_its_owner_and_the_team(cast: Cast, stopped_clock: Settings) -> None:
    an_action(cast, date(2027, 3, 1))
    action = Obligation.objects.get(duty="action-done")
    through(cast, stopped_clock, date(2027, 4, 2))
    names = [name for name, _ in about(action)]
    assert names == ["Coordinator", "Deputy", "Manager", "Member"]
    assert {at for _, at in about(action)} == {"Thu 18 Mar 08:30"}


def test_steps_still_to_come_come(cast: Cast, stopped_clock: Settings) -> None:
    """Due two days before it was entered: a week after that day lies ahead."""
    an_action(cast, date(2027, 3, 15))
    action = Obligation.objects.get(duty="action-done")
    through(cast, stopped_clock, date(2027, 3, 31))
    assert [at for name, at in about(action) if name == "Member"] == ["Mon 22 Mar 08:30", "Thu 18 Mar 08:30"]


def test_with_a_step_of_the_same_morning_it_is_one_message(cast: Cast, stopped_clock: Settings) -> None:
    """Due today, entered after the hour of today's reminder: the day after is the step for what passed, too."""
    meeting = cast.meeting(on=date(2027, 3, 24))
    through(cast, stopped_clock, date(2027, 3, 31))
    assert papers(meeting).due_on == TODAY
    assert about(papers(meeting)) == [
        ("Chair", "Thu 18 Mar 08:30"),
        ("Coordinator", "Thu 18 Mar 08:30"),
        ("Manager", "Thu 18 Mar 08:30"),
    ]


@pytest.mark.parametrize(
    ("entered", "told"),
    [
        ("2027-03-17T07:00", "Wed 17 Mar 08:30"),
        ("2027-03-17T08:31", "Thu 18 Mar 08:30"),
        ("2027-03-19T18:00", "Mon 22 Mar 08:30"),
        # Good Friday, Easter Monday, and the night in which the clocks go forward.
        ("2027-03-25T18:00", "Tue 30 Mar 08:30"),
        ("2027-03-27T12:00", "Tue 30 Mar 08:30"),
        ("2027-10-29T18:00", "Mon 1 Nov 08:30"),
    ],
)
def test_it_waits_for_a_working_morning(cast: Cast, stopped_clock: Settings, entered: str, told: str) -> None:
    at = datetime.fromisoformat(entered).replace(tzinfo=LONDON)
    stopped_clock.CLOCK_STOPPED_AT = at
    meeting = cast.meeting(on=at.date() + timedelta(days=4))
    ((_, at),) = timed_steps(papers(meeting))
    assert f"{at.astimezone(LONDON):%a %-d %b %H:%M}" == told


def test_a_date_ahead_whose_reminders_are_past_is_told_before_it(cast: Cast, stopped_clock: Settings) -> None:
    plan_board(board=cast.board, by=cast.author)
    quarter = Obligation.objects.get(duty="quarterly-meeting", occurrence="2027-Q1")
    assert quarter.due_on == date(2027, 3, 31)
    letters = through(cast, stopped_clock, date(2027, 3, 18))
    body = " ".join(str(letters.to("manager").body).split())
    assert "by Wednesday 31 March 2027: 13 days left" in body
    assert "It was entered here" not in body
    assert about(quarter) == [("Coordinator", "Thu 18 Mar 08:30"), ("Manager", "Thu 18 Mar 08:30")]


def test_what_is_entered_in_time_is_told_as_ever(cast: Cast, stopped_clock: Settings) -> None:
    meeting = cast.meeting(on=date(2027, 3, 26))
    asked = papers(meeting)
    assert asked.entered_late_at is None
    assert list(hours_of(asked)) == [-1, 0, 1]


# --- not told any more, and not twice ---------------------------------------------------------------------------------


def test_done_or_cancelled_before_the_morning_nobody_is_told(
    cast: Cast, late: Meeting, stopped_clock: Settings
) -> None:
    gone = cast.meeting(on=date(2027, 3, 21))
    meet_obligation(duty="papers", cause=late, on=TODAY, evidence="Agenda, version 1", by=cast.author)
    cancel(meeting=gone, reason="Snow", by=cast["coordinator"])
    through(cast, stopped_clock, date(2027, 3, 19))
    assert about(papers(late)) == about(papers(gone)) == []


def test_waived_nobody_is_told(cast: Cast, stopped_clock: Settings) -> None:
    let_waive(cast, "chair")
    meeting = cast.meeting(on=MARCH)
    waive(obligation=papers(meeting), reason="Nothing to be read", by=cast["chair"])
    through(cast, stopped_clock, date(2027, 3, 19))
    assert about(papers(meeting)) == []


def test_further_terms_tell_it_no_second_time(cast: Cast, late: Meeting, stopped_clock: Settings) -> None:
    through(cast, stopped_clock, date(2027, 3, 18))
    text = amended("isle-of-wight/main-board", {"number: 2\n": "number: 3\n", PAPERS: PAPERS.replace("0]", "0, 1, 9]")})
    further = bring_into_force(board=cast.board, text=text, in_force_from=date(2027, 3, 18), by=cast.author)
    row = ensure_obligation(
        duty="papers", cause=late, owner="coordinator", due_on=date(2027, 3, 13), constitution=further, by=cast.author
    )
    assert row.due_version == 2, "there are other reminders"
    through(cast, stopped_clock, date(2027, 3, 26))
    assert [at for name, at in about(row) if name == "Manager"] == ["Mon 22 Mar 08:30", "Thu 18 Mar 08:30"]


def test_moved_to_another_past_date_it_says_the_change_and_no_more(
    cast: Cast, late: Meeting, stopped_clock: Settings
) -> None:
    through(cast, stopped_clock, date(2027, 3, 18))
    move(
        meeting=late,
        on=date(2027, 3, 22),
        starts_at=late.starts_at,
        ends_at=late.ends_at,
        reason="Room flooded",
        by=cast["coordinator"],
    )
    through(cast, stopped_clock, date(2027, 3, 26))
    assert len(about(papers(late))) == 2
    changed = Delivery.objects.filter(obligation=papers(late), purpose=Purpose.CHANGED, state=DeliveryState.SENT)
    assert changed.count() == 2


def test_opened_again_when_it_is_late_it_is_told_once(cast: Cast, late: Meeting, stopped_clock: Settings) -> None:
    meet_obligation(duty="papers", cause=late, on=TODAY, evidence="Agenda, version 1", by=cast.author)
    stopped_clock.CLOCK_STOPPED_AT = NOW + timedelta(days=5)
    reopen_obligation(duty="papers", cause=late, reason="Withdrawn", by=cast.author)
    through(cast, stopped_clock, date(2027, 3, 31))
    assert {at for _, at in about(papers(late))} == {"Tue 23 Mar 08:30"}
    assert len(about(papers(late))) == 2


def test_done_and_opened_again_on_the_same_day_it_is_told_once(
    cast: Cast, late: Meeting, stopped_clock: Settings
) -> None:
    sent(cast, stopped_clock, NOW)
    for _ in range(2):
        meet_obligation(duty="papers", cause=late, on=TODAY, evidence="Agenda, version 1", by=cast.author)
        reopen_obligation(duty="papers", cause=late, reason="Withdrawn", by=cast.author)
    through(cast, stopped_clock, date(2027, 3, 26))
    assert len(about(papers(late))) == 2


def test_a_holiday_proclaimed_for_that_morning_moves_it_and_doubles_nothing(
    cast: Cast, late: Meeting, stopped_clock: Settings, tmp_path: Path
) -> None:
    stopped_clock.PROCLAIMED_DAYS = tmp_path / "bank-holidays.csv"
    sent(cast, stopped_clock, NOW)
    proclaim(
        days=[date(2027, 3, 18)],
        division=Division(cast.partnership.get_bank_holidays_display()),
        is_holiday=True,
        reason="A royal wedding",
        by=cast["manager"],
    )
    through(cast, stopped_clock, date(2027, 3, 26))
    assert about(papers(late)) == [("Coordinator", "Fri 19 Mar 08:30"), ("Manager", "Fri 19 Mar 08:30")]


def test_in_a_digest_it_is_one_line(cast: Cast, late: Meeting, stopped_clock: Settings) -> None:
    choose_reminders(person=cast["manager"], reminders_as=RemindersAs.DIGEST, by=cast.author)
    letters = through(cast, stopped_clock, date(2027, 3, 18))
    body = " ".join(str(letters.to("manager").body).split())
    assert body.count("5 days late") == 1
    assert "It was entered here on Wednesday 17 March 2027, after that day." in body
