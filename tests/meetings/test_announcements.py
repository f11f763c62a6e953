"""What a meeting gives to tell: to whom, in which words, with which calendar entry; and what is no longer told."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from icalendar import Calendar

from meetings.models import Meeting, MeetingKind
from meetings.operations import agree_action, call_meeting, cancel, change_action, move, publish_agenda
from membership.operations import end_appointment
from partnership.models import Announcement, Delivery, DeliveryState, ObligationEvent, User
from partnership.obligations.announcements import announce
from partnership.obligations.sweeping import sweep
from tests.cast import NOW, TODAY, Cast, at
from tests.pages.outcomes import item_on
from tests.partnership.test_deliveries import Carrier

APRIL = date(2027, 4, 22)
SEATED = {"chair@example.org", "scrutineer@example.org", "member@example.org", "observer@example.org"}


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """An ordinary meeting called today, with notice."""
    return call_meeting(
        board=cast.board,
        kind=MeetingKind.ORDINARY,
        on=APRIL,
        starts_at=time(10),
        ends_at=time(12, 30),
        place="County Hall",
        notice_on=TODAY,
        by=cast["coordinator"],
    )


def sent(cast: Cast) -> list[EmailMultiAlternatives]:
    carrier = Carrier()
    sweep(now=NOW, by=cast.author, transport=carrier)
    return carrier.taken


def addresses(messages: list[EmailMultiAlternatives]) -> set[str]:
    assert all(len(message.recipients()) == 1 for message in messages)
    return {message.recipients()[0].rpartition("<")[2].rstrip(">") for message in messages}


def event_in(message: EmailMultiAlternatives) -> tuple[str, Any]:
    """The calendar part of a message as another program reads it: its method, and its event."""
    part = next(part for part in message.message().walk() if part.get_content_type() == "text/calendar")
    text = part.get_payload(decode=True)
    assert isinstance(text, bytes)
    assert text.count(b"\r\n") == text.count(b"\n")
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    calendar = Calendar.from_ical(text.decode())
    (event,) = calendar.walk("VEVENT")
    assert str(calendar["method"]) == part.get_param("method")
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/London"]
    return str(calendar["method"]), event


def test_a_meeting_called_is_told_to_every_holder_of_a_seat(cast: Cast, meeting: Meeting) -> None:
    messages = sent(cast)
    assert addresses(messages) == SEATED
    message = messages[0]
    assert message.subject == f"Meeting of {cast.board.short_name}, 22 April"
    assert "Thursday 22 April 2027, 10am to 12:30pm" in message.body
    assert "/meetings/2027-04-22/reply/" in message.body
    assert "Place: County Hall" in message.body


def test_its_calendar_entry_moves_and_goes_with_it(cast: Cast, meeting: Meeting) -> None:
    first = next(message for message in sent(cast) if "member@" in message.recipients()[0])
    method, event = event_in(first)
    assert (method, event["sequence"], str(event["status"])) == ("REQUEST", 0, "CONFIRMED")
    assert (event["dtstart"].to_ical(), event["dtstart"].params["TZID"]) == (b"20270422T100000", "Europe/London")
    assert event["dtend"].to_ical() == b"20270422T123000"
    assert (str(event["attendee"]), event["attendee"].params["RSVP"]) == ("mailto:member@example.org", "TRUE")
    assert str(event["organizer"]).startswith("mailto:")

    moved = move(
        meeting=meeting,
        on=date(2027, 4, 29),
        starts_at=time(14),
        ends_at=time(16),
        reason="The hall is taken",
        by=cast["coordinator"],
    )
    again = next(message for message in sent(cast) if "member@" in message.recipients()[0])
    assert again.subject == f"Changed: {cast.board.short_name} is now Thursday 29 April 2027"
    assert "It was to be Thursday 22 April 2027, 10am to 12:30pm." in again.body
    method, changed = event_in(again)
    assert (method, changed["sequence"], changed["uid"]) == ("REQUEST", 1, event["uid"])
    assert changed["dtstart"].to_ical() == b"20270429T140000"

    cancel(meeting=moved, reason="No business", by=cast["coordinator"])
    last = next(message for message in sent(cast) if "member@" in message.recipients()[0])
    method, gone = event_in(last)
    assert (method, gone["sequence"], str(gone["status"])) == ("CANCEL", 2, "CANCELLED")
    assert gone["uid"] == event["uid"]
    assert last.subject == f"Cancelled: {cast.board.short_name}, 29 April"


def test_nothing_is_said_of_a_date_that_changed_before_it_went_out(cast: Cast, meeting: Meeting) -> None:
    for day in (27, 28):
        meeting = move(
            meeting=meeting, on=date(2027, 4, day), starts_at=time(10), reason="A clash", by=cast["coordinator"]
        )
    messages = sent(cast)
    told = {message.subject for message in messages if "member@" in message.recipients()[0]}
    assert all(
        "27 April" not in str(message.subject) + str(message.body) or "It was" in message.body for message in messages
    )
    assert told == {f"Meeting of {cast.board.short_name}, 28 April",
                    f"Changed: {cast.board.short_name} is now Wednesday 28 April 2027"}  # fmt: skip
    assert Delivery.objects.filter(state=DeliveryState.CANCELLED, announcement__kind="meeting moved").count() == 4


def test_a_meeting_entered_for_the_record_is_told_to_nobody(cast: Cast) -> None:
    cast.meeting(on=APRIL)
    assert sent(cast) == []


def test_whoever_left_before_it_went_out_is_told_nothing(cast: Cast, meeting: Meeting) -> None:
    end_appointment(
        appointment=cast.appointments["member"], ends_on=date(2027, 3, 16), reason="Left", by=cast["coordinator"]
    )
    User.objects.filter(pk=cast["observer"].pk).update(is_active=False)
    assert addresses(sent(cast)) == {"chair@example.org", "scrutineer@example.org"}
    skipped = Delivery.objects.filter(state=DeliveryState.SKIPPED_NO_ACCESS)
    assert sorted(skipped.values_list("recipient__name", flat=True)) == ["Member", "Observer"]
    event = ObligationEvent.objects.filter(delivery__in=skipped).first()
    assert event is not None
    assert (event.obligation, event.due_on, event.what) == (None, None, "skipped")


def test_published_papers_are_told_to_those_whom_the_terms_name(cast: Cast) -> None:
    meeting = cast.meeting(on=APRIL)
    item_on(cast, meeting, title="Neglect in Sandown")
    publish_agenda(meeting=meeting, by=cast["coordinator"])
    messages = sent(cast)
    assert addresses(messages) >= SEATED
    message = next(message for message in messages if "member@" in message.recipients()[0])
    assert message.subject == f"Papers for {cast.board.short_name}, 22 April, are ready"
    assert "You are asked for 1 decision." in message.body
    assert message.attachments == []
    html = str(message.alternatives[0][0])
    assert "Sandown" not in message.body + html + str(message.subject), "no title of an item goes by mail"
    publish = Announcement.objects.get(kind="papers published")
    assert sent(cast) == []
    announce(kind="papers published", cause=meeting.publications.get(), board=cast.board, by=cast["coordinator"])
    assert sent(cast) == []
    assert Announcement.objects.get() == publish


def test_papers_entered_for_the_record_are_told_to_nobody(cast: Cast) -> None:
    meeting = cast.meeting(on=APRIL)
    item_on(cast, meeting)
    publish_agenda(meeting=meeting, by=cast["coordinator"], tells=False)
    assert sent(cast) == []


def test_an_action_is_told_to_its_owner_and_to_the_next_one(cast: Cast) -> None:
    action = agree_action(
        board=cast.board, text="Ask about Daisy", owner=cast["member"], due_on=APRIL, by=cast["coordinator"]
    )
    (message,) = sent(cast)
    assert addresses([message]) == {"member@example.org"}
    assert str(message.subject).startswith("New action for ")
    assert str(message.subject).endswith(", due 22 April")
    assert "Daisy" not in message.body + str(message.alternatives[0][0])
    change_action(
        action=action,
        version=action.version,
        owner=cast["chair"],
        due_on=APRIL,
        reason="The chair takes it",
        by=cast["coordinator"],
    )
    assert addresses(sent(cast)) == {"chair@example.org"}


def test_answers_go_to_the_team(cast: Cast, meeting: Meeting) -> None:
    type(cast.partnership).objects.filter(pk=cast.partnership.pk).update(team_email="team@example.org")
    assert {tuple(message.reply_to) for message in sent(cast)} == {("team@example.org",)}
    assert at(10).hour == NOW.hour
