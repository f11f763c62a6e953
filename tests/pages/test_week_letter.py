"""The letter of the week, and stopping it from the message itself: it alone, by one press."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from meetings.models import MeetingKind
from meetings.operations import call_meeting
from partnership.models import Delivery, Obligation, User
from partnership.obligations import stopping
from partnership.obligations.planning import plan
from partnership.obligations.stopping import WEEK_LETTER, stop_address
from partnership.obligations.sweeping import sweep
from partnership.operations import choose_week_letter, deactivate_person
from reviews.week_letter import tell_the_week
from tests.cast import NOW, TODAY, Cast
from tests.pages.conftest import SignedIn
from tests.partnership.test_deliveries import Carrier

MONDAY = NOW.replace(month=4, day=12, hour=8, minute=0)
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def week(cast: Cast, stopped_clock: Settings) -> None:
    """A week in which papers are due, and its Monday at eight."""
    cast.meeting(on=date(2027, 4, 22))
    stopped_clock.CLOCK_STOPPED_AT = MONDAY


def letters(cast: Cast) -> list[EmailMultiAlternatives]:
    carrier = Carrier()
    sweep(now=MONDAY, by=cast.author, transport=carrier)
    return [message for message in carrier.taken if str(message.subject).startswith("This week")]


def told(cast: Cast) -> set[str]:
    tell_the_week(now=MONDAY, by=cast.author)
    return set(Delivery.objects.filter(announcement__kind="the week").values_list("recipient__name", flat=True))


def path_in(message: EmailMultiAlternatives) -> str:
    found = re.fullmatch(r"<http://localhost:\d+(/stop/[^<>\s]+/)>", message.message()["List-Unsubscribe"])
    assert found is not None
    return found[1]


def columns(person: User) -> dict[str, Any]:
    """Everything that is kept in the person's row."""
    return dict(User.objects.filter(pk=person.pk).values().get())


def wants(person: User) -> bool:
    return bool(User.objects.get(pk=person.pk).week_letter)


def test_the_team_is_told_what_is_due_once_a_week(cast: Cast, week: None) -> None:
    assert told(cast) == {"Coordinator", "Manager"}
    first, second = letters(cast)
    assert str(first.subject) == "This week: 1 deadline"
    assert "The agenda and papers for" in first.body
    assert "due Thursday 15 April 2027" in first.body
    assert len(first.recipients()) == len(second.recipients()) == 1
    tell_the_week(now=MONDAY + timedelta(hours=2), by=cast.author)
    assert letters(cast) == []


def test_without_a_worker_the_timer_tells_it_and_enters_what_a_new_quarter_asks(
    cast: Cast, week: None, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    call_command("run_due")
    assert set(Delivery.objects.filter(announcement__kind="the week").values_list("recipient__name", flat=True)) == {
        "Coordinator",
        "Manager",
    }
    assert Obligation.objects.filter(board=cast.board, duty="quarterly-meeting").exists()


@pytest.mark.parametrize("hours", [-1, 24, 24 * 6])
def test_at_no_other_time(cast: Cast, week: None, stopped_clock: Settings, hours: int) -> None:
    stopped_clock.CLOCK_STOPPED_AT = MONDAY + timedelta(hours=hours)
    tell_the_week(now=MONDAY + timedelta(hours=hours), by=cast.author)
    assert not Delivery.objects.filter(announcement__kind="the week").exists()


def test_after_a_holiday_on_the_first_day_that_is_worked(cast: Cast, week: None, stopped_clock: Settings) -> None:
    easter_monday = MONDAY.replace(month=3, day=29)
    tell_the_week(now=easter_monday, by=cast.author)
    assert not Delivery.objects.filter(announcement__kind="the week").exists()
    tell_the_week(now=easter_monday + timedelta(days=1), by=cast.author)
    assert Delivery.objects.filter(announcement__kind="the week").count() in {0, 2}


def test_with_nothing_due_there_is_no_letter(cast: Cast, stopped_clock: Settings) -> None:
    stopped_clock.CLOCK_STOPPED_AT = MONDAY
    assert told(cast) == set()


def test_who_stopped_it_after_it_was_written_gets_none(cast: Cast, week: None) -> None:
    told(cast)
    choose_week_letter(person=cast["manager"], wants=False, by=cast["manager"])
    (only,) = letters(cast)
    assert "coordinator@" in only.to[0]


# --- stopping it ------------------------------------------------------------------------------------------------------


def test_one_press_of_a_mail_program_stops_it_and_nothing_else(cast: Cast, week: None) -> None:
    told(cast)
    message = next(message for message in letters(cast) if "manager@" in message.to[0])
    assert message.message()["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = path_in(message)
    assert f"{path}" in message.body, "it stands in the message, too"
    before = columns(cast["manager"])
    response = Client(enforce_csrf_checks=True).post(path, ONE_CLICK)
    assert (response.status_code, response.cookies) == (200, {})
    after = columns(cast["manager"])
    assert {name for name, value in after.items() if value != before[name]} == {"week_letter"}
    assert Client(enforce_csrf_checks=True).post(path, ONE_CLICK).status_code == 200
    assert cast["manager"].history.filter(week_letter=False).count() == 1, "pressed twice it is one change"
    assert wants(cast["coordinator"])


def test_to_look_at_the_page_changes_nothing(cast: Cast) -> None:
    path = stop_address(cast["manager"], WEEK_LETTER).partition("8000")[2]
    page = Client().get(path)
    assert page.status_code == 200
    assert "Stop the letter of the week?" in page.content.decode()
    assert "<button" in page.content.decode()
    assert Client().head(path).status_code == 200
    assert wants(cast["manager"])


def test_it_needs_no_sign_in_and_goes_by_none(cast: Cast, signed_in: SignedIn) -> None:
    """Somebody else's browser stops what the address names, not what is theirs."""
    path = stop_address(cast["manager"], WEEK_LETTER).partition("8000")[2]
    assert signed_in("coordinator").post(path, ONE_CLICK).status_code == 200
    assert (wants(cast["manager"]), wants(cast["coordinator"])) == (False, True)
    assert Client().get("/my/notifications/").status_code == 302, "and it opens nothing else"


def test_a_forged_one_stops_nothing(cast: Cast) -> None:
    token = stop_address(cast["manager"], WEEK_LETTER).rstrip("/").rpartition("/")[2]
    for forged in (token[:-1], f"x{token}", "none", "x" * 3000, token.replace(":", "")):
        assert Client().post(f"/stop/{forged}/", ONE_CLICK).status_code == 404
    assert wants(cast["manager"])


def test_it_works_for_ninety_days(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    path = stop_address(cast["manager"], WEEK_LETTER).partition("8000")[2]
    with monkeypatch.context() as patched:
        patched.setattr(stopping, "LASTS", timedelta(seconds=-1))
        assert Client().post(path, ONE_CLICK).status_code == 404
    assert wants(cast["manager"])
    assert timedelta(days=60) <= stopping.LASTS <= timedelta(days=120)


def test_of_a_closed_account_it_stops_nothing(cast: Cast) -> None:
    path = stop_address(cast["nobody"], WEEK_LETTER).partition("8000")[2]
    deactivate_person(person=cast["nobody"], reason="Left", by=cast.author)
    assert Client().post(path, ONE_CLICK).status_code == 404


def test_only_courtesies_can_be_stopped(cast: Cast) -> None:
    with pytest.raises(KeyError):
        stop_address(cast["manager"], "invitation")


def test_no_other_message_offers_to_be_stopped(cast: Cast, stopped_clock: Settings) -> None:
    """Invitations, notices, reminders and digests."""
    call_meeting(
        board=cast.board, kind=MeetingKind.ORDINARY, on=date(2027, 4, 22), starts_at=time(10), notice_on=TODAY,
        by=cast["coordinator"],
    )  # fmt: skip
    plan(now=NOW.replace(month=4, day=15, hour=9))
    carrier = Carrier()
    sweep(now=NOW.replace(month=4, day=15, hour=9), by=cast.author, transport=carrier)
    subjects = " ".join(str(message.subject) for message in carrier.taken)
    assert "Meeting of" in subjects
    assert "agenda and papers" in subjects
    for message in carrier.taken:
        assert not [name for name in message.message() if name.lower().startswith("list-unsubscribe")]


def test_under_my_notifications_the_team_chooses(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    assert "letter of the week" in client.get("/my/notifications/").content.decode()
    client.post("/my/notifications/", {"reminders_as": "single"})
    assert not wants(cast["coordinator"])
    client.post("/my/notifications/", {"reminders_as": "single", "week_letter": "on"})
    assert wants(cast["coordinator"])
    member = signed_in("member")
    assert "letter of the week" not in member.get("/my/notifications/").content.decode()
    member.post("/my/notifications/", {"reminders_as": "digest"})
    assert wants(cast["member"]), "what a page does not show it does not change"
