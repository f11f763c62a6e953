"""What spares people: quiet hours, a cap on a day's messages, digests; and mail that is held."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from meetings.models import Meeting
from meetings.operations import cancel
from partnership import clock
from partnership.clock import LONDON
from partnership.models import (
    Delivery,
    DeliveryState,
    Division,
    MailHold,
    Obligation,
    ObligationEvent,
    Purpose,
    RemindersAs,
)
from partnership.obligations import holding, steadiness
from partnership.obligations.courtesy import quiet_divisions
from partnership.obligations.operations import meet_obligation
from partnership.obligations.planning import plan
from partnership.obligations.steadiness import Steadiness
from partnership.obligations.sweeping import sweep
from partnership.obligations.transport import Answer, Outcome
from partnership.operations import choose_reminders
from tests.cast import Cast
from tests.partnership.test_deliveries import Carrier, hour, run

NAMES = ("Coordinator", "Manager")


def meetings(cast: Cast, number: int, on: date = date(2027, 4, 22)) -> list[Meeting]:
    """Each with papers to be reminded of on 1 April, among other days."""
    return [cast.meeting(on=on, starts_at=time(9, minute)) for minute in range(number)]


def to(carrier: Carrier, name: str) -> list[str]:
    return [str(message.subject) for message in carrier.taken if name.lower() in message.to[0]]


@pytest.mark.parametrize(
    ("at", "quiet"),
    [
        ("2027-04-01T07:29", {"england-and-wales", "scotland", "northern-ireland"}),
        ("2027-04-01T07:30", set()),
        ("2027-04-01T18:59", set()),
        ("2027-04-01T19:00", {"england-and-wales", "scotland", "northern-ireland"}),
        ("2027-03-17T09:00", {"northern-ireland"}),  # St Patrick's Day
        ("2027-03-29T09:00", {"england-and-wales", "northern-ireland"}),  # Easter Monday
        ("2027-04-03T09:00", {"england-and-wales", "scotland", "northern-ireland"}),  # a Saturday
        ("2040-04-05T09:00", set()),  # beyond the table: a Thursday
        ("2040-04-07T09:00", {"england-and-wales", "scotland", "northern-ireland"}),  # a Saturday
    ],
)
def test_quiet_hours(at: str, quiet: set[str]) -> None:
    assert quiet_divisions(datetime.fromisoformat(at).replace(tzinfo=LONDON)) == quiet


def test_quiet_hours_hold_reminders_and_nothing_else(cast: Cast) -> None:
    meetings(cast, 1)
    plan(now=hour(4, 1))
    evening = hour(4, 1).replace(hour=19)
    cancelled = cast.meeting(on=date(2027, 4, 23))
    cancel(meeting=cancelled, reason="Snow", by=cast["coordinator"])
    told = run(cast, evening, Carrier())
    assert told.taken
    assert not [subject for subject in told.subjects if "papers" in subject]
    assert run(cast, hour(4, 2, 29).replace(hour=7), Carrier()).taken == []
    assert len(run(cast, hour(4, 2).replace(hour=7), Carrier()).taken) == 2


def test_on_a_holiday_of_one_division_the_others_are_reminded(cast: Cast) -> None:
    meetings(cast, 1)
    plan(now=hour(4, 1))
    # Put to St Patrick's Day, which is worked in England.
    Delivery.objects.update(send_at=hour(3, 17))
    cast.partnership.bank_holidays = Division.NORTHERN_IRELAND
    type(cast.partnership).objects.filter(pk=cast.partnership.pk).update(bank_holidays=Division.NORTHERN_IRELAND)
    carrier = Carrier()
    sweep(now=hour(3, 17), by=cast.author, transport=carrier)
    assert not [subject for subject in carrier.subjects if "papers" in subject]
    type(cast.partnership).objects.filter(pk=cast.partnership.pk).update(bank_holidays=Division.ENGLAND_AND_WALES)
    sweep(now=hour(3, 17), by=cast.author, transport=carrier)
    assert [subject for subject in carrier.subjects if "papers" in subject]


def test_past_five_in_a_day_the_rest_go_in_one_message_the_next_working_day(cast: Cast) -> None:
    meetings(cast, 8)
    carrier = run(cast, hour(4, 1), Carrier())
    assert {name: len(to(carrier, name)) for name in NAMES} == {"Coordinator": 5, "Manager": 5}
    kept = Delivery.objects.filter(in_digest=True)
    assert set(kept.values_list("state", "send_at")) == {("pending", hour(4, 2, 0))}
    assert set(ObligationEvent.objects.filter(delivery__in=kept).values_list("what", flat=True)) == {"deferred"}
    assert run(cast, hour(4, 1, 50), Carrier()).taken == [], "no sweep of the day sends them after all"
    digest = run(cast, hour(4, 2, 0), Carrier())
    assert [to(digest, name) for name in NAMES] == [["3 things to do"], ["3 things to do"]]
    body = str(digest.taken[0].body)
    assert body.count("Due by Thursday 15 April 2027, 13 days left.") == 3
    assert set(Delivery.objects.filter(in_digest=True).values_list("state", flat=True)) == {"sent"}


def test_what_is_told_once_and_a_changed_date_count_towards_no_cap(cast: Cast, settings: Settings) -> None:
    settings.REMINDERS_A_DAY = 1
    for meeting in meetings(cast, 3):
        cancel(meeting=meeting, reason="Snow", by=cast["coordinator"])
    cast.meeting(on=date(2027, 4, 22), starts_at=time(11))
    carrier = run(cast, hour(4, 1), Carrier())
    assert len([subject for subject in to(carrier, "Coordinator") if "papers" in subject]) == 1
    assert len(carrier.taken) > 2


def test_who_chose_a_digest_gets_one_message_a_day(cast: Cast) -> None:
    person = cast["coordinator"]
    choose_reminders(person=person, reminders_as=RemindersAs.DIGEST, by=person)
    choose_reminders(person=person, reminders_as=RemindersAs.DIGEST, by=person)
    assert person.history.filter(reminders_as="digest").count() == 1
    first, _ = meetings(cast, 2)
    plan(now=hour(4, 1, 0))
    meet_obligation(duty="papers", cause=first, on=date(2027, 3, 31), evidence="Agenda 1", by=person)
    carrier = run(cast, hour(4, 1, 0), Carrier())
    [subject] = to(carrier, "Coordinator")
    assert subject.startswith("The agenda and papers for"), "what was done by then is not in it"
    assert to(carrier, "Manager") == []
    assert len(to(run(cast, hour(4, 1), Carrier()), "Manager")) == 1


def test_a_digest_with_nothing_left_is_not_sent(cast: Cast) -> None:
    person = cast["coordinator"]
    choose_reminders(person=person, reminders_as=RemindersAs.DIGEST, by=person)
    meetings(cast, 1)
    plan(now=hour(4, 1, 0))
    Obligation.objects.filter(duty="papers").update(met_on=date(2027, 3, 31), evidence="Agenda 1")
    assert to(run(cast, hour(4, 1, 0), Carrier()), "Coordinator") == []
    assert set(Delivery.objects.filter(in_digest=True).values_list("state", flat=True)) == {"skipped met"}


def test_a_digest_perhaps_sent_goes_once_more_as_it_was(cast: Cast, machine_time: Callable[[timedelta], None]) -> None:
    choose_reminders(person=cast["coordinator"], reminders_as=RemindersAs.DIGEST, by=cast.author)
    meetings(cast, 2)
    lost = Answer(Outcome.UNKNOWN, "SMTPServerDisconnected")
    first = run(cast, hour(4, 1, 0), Carrier([lost]))
    # Another becomes due before the second try: it goes by itself.
    cast.meeting(on=date(2027, 4, 22), starts_at=time(11))
    machine_time(timedelta(minutes=11))
    Delivery.objects.filter(state=DeliveryState.PENDING, recipient=cast["manager"]).delete()
    second = run(cast, hour(4, 1, 12), Carrier())
    mine = [message.extra_headers["Message-ID"] for message in first.taken + second.taken]
    assert mine[0] in mine[1:]
    assert len(mine) == len(set(mine)) + 1
    rows = Delivery.objects.filter(recipient=cast["coordinator"], in_digest=True, is_uncertain=True)
    assert {(row.state, row.attempts) for row in rows} == {("sent", 2)}


def test_a_digest_is_divided_by_no_batch(cast: Cast, settings: Settings) -> None:
    settings.DELIVERY_BATCH = 2
    choose_reminders(person=cast["coordinator"], reminders_as=RemindersAs.DIGEST, by=cast.author)
    meetings(cast, 5)
    assert to(run(cast, hour(4, 1, 0), Carrier()), "Coordinator") == ["5 things to do"]


@pytest.fixture
def machine_time(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    began, ahead = clock.machine_now(), [timedelta(0)]
    monkeypatch.setattr(clock, "machine_now", lambda: began + ahead[0])

    def pass_by(passed: timedelta) -> None:
        ahead[0] += passed

    return pass_by


def test_held_mail_waits_for_a_persons_word(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    meetings(cast, 1)
    call_command("mail", "hold", by="manager@example.org", reason="A backup is being put back")
    assert run(cast, hour(4, 1), Carrier()).taken == []
    call_command("mail", "status")
    said = capsys.readouterr().out
    assert "Mail is held: A backup is being put back" in said
    with pytest.raises(CommandError, match="nobody"):
        call_command("mail", "release", by="nobody at all", reason="Looked through")
    call_command("mail", "release", by="manager@example.org", reason="Looked through")
    assert len(run(cast, hour(4, 1), Carrier()).taken) > 1
    assert list(MailHold.objects.values_list("what", "by__name")) == [("held", "Manager"), ("released", "Manager")]


def test_what_is_due_can_be_dropped_as_mail_is_let_go(cast: Cast, settings: Settings) -> None:
    meetings(cast, 1)
    plan(now=hour(4, 1))
    settings.CLOCK_STOPPED_AT = hour(4, 1)
    holding.hold(reason="Restored", now=hour(4, 1), by=cast.author)
    call_command("mail", "release", "--drop-due", by="manager@example.org", reason="It went before the restore")
    assert run(cast, hour(4, 1), Carrier()).taken == []
    due = Delivery.objects.filter(send_at__lte=hour(4, 1))
    assert set(due.values_list("state", flat=True)) == {"cancelled"}


def test_a_setting_holds_it_whatever_is_ordered(cast: Cast, settings: Settings) -> None:
    meetings(cast, 1)
    settings.MAIL_HOLD = True
    assert run(cast, hour(4, 1), Carrier()).taken == []
    with pytest.raises(CommandError, match="MAIL_HOLD"):
        call_command("mail", "release", by="manager@example.org", reason="Looked through")


def test_a_database_older_than_the_last_message_holds_mail(
    cast: Cast, settings: Settings, tmp_path: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    settings.MAIL_MARK = tmp_path / "last-message"
    meetings(cast, 1)
    assert run(cast, hour(4, 1), Carrier()).taken
    assert run(cast, hour(4, 1, 40), Carrier()).taken == []
    assert holding.held_because() == "", "it knows what it sent"
    # Put back from a backup of the day before.
    Delivery.objects.update(state=DeliveryState.PENDING, sent_at=None)
    assert run(cast, hour(4, 1, 41), Carrier()).taken == []
    assert holding.held_because().startswith("The database is older")
    with django_capture_on_commit_callbacks(execute=True):
        holding.release(reason="Looked through", now=hour(4, 1, 42), by=cast["manager"])
    assert run(cast, hour(4, 1, 43), Carrier()).taken
    assert holding.held_because() == ""


def test_without_the_mark_a_restored_database_sends_again(cast: Cast) -> None:
    """The negative control of the test above."""
    meetings(cast, 1)
    first = run(cast, hour(4, 1), Carrier()).taken
    Delivery.objects.filter(purpose=Purpose.REMINDER).update(state=DeliveryState.PENDING, sent_at=None)
    again = run(cast, hour(4, 1, 41), Carrier()).taken
    assert {message.extra_headers["Message-ID"] for message in again} <= {
        message.extra_headers["Message-ID"] for message in first
    }
    assert again


def test_a_clock_put_forward_sends_nothing_until_it_is_back_or_believed(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall, steady = [1_000_000.0], [500.0]

    def pass_by(seconds: float, *, jump: float = 0) -> None:
        steady[0] += seconds
        wall[0] += seconds + jump

    watch = Steadiness(wall=lambda: wall[0], steady=lambda: steady[0])
    monkeypatch.setattr(steadiness, "MACHINE", watch)
    meetings(cast, 1)
    pass_by(3600, jump=59)
    assert watch.is_kept(), "a minute is forgiven"
    two_days = 2 * 86400
    pass_by(60, jump=two_days)
    assert run(cast, hour(4, 3), Carrier()).taken == []
    pass_by(600, jump=-two_days)
    assert len(run(cast, hour(4, 1), Carrier()).taken) > 1, "back again"
    pass_by(60, jump=two_days)
    assert not watch.is_kept()
    pass_by(3599)
    assert not watch.is_kept()
    pass_by(1)
    assert watch.is_kept(), "for an hour it has stayed"
    pass_by(60)
    assert watch.is_kept()


@pytest.mark.parametrize(
    ("meeting_on", "from_day", "to_day", "sent_at"),
    [
        # The clocks go forward in the night before 28 March, back in the one before 31 October.
        (date(2027, 4, 20), date(2027, 3, 26), date(2027, 3, 30), "2027-03-30T07:30+00:00"),
        (date(2027, 11, 22), date(2027, 10, 29), date(2027, 11, 1), "2027-11-01T08:30+00:00"),
    ],
)
def test_through_the_nights_of_the_clocks_each_reminder_goes_once_at_its_local_hour(
    cast: Cast, meeting_on: date, from_day: date, to_day: date, sent_at: str
) -> None:
    meeting = cast.meeting(on=meeting_on)
    now = datetime.combine(from_day, time(20), LONDON).astimezone(UTC)
    until = datetime.combine(to_day, time(10), LONDON)
    carrier = Carrier()
    while now < until:
        run(cast, now, carrier)
        run(cast, now, carrier)
        now += timedelta(minutes=30)
    rows = Delivery.objects.filter(obligation__cause_id=meeting.pk, offset=-14, purpose=Purpose.REMINDER)
    assert {(row.state, row.attempts, row.sent_at) for row in rows} == {("sent", 1, datetime.fromisoformat(sent_at))}
    assert len([message for message in carrier.taken if "are due by" in str(message.subject)]) == len(rows) == 2
