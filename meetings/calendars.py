"""A meeting as calendars know it: iTIP invitations that update and cancel themselves (RFC 5545, 5546).

One event an object, one attendee, a UID that never changes, and a SEQUENCE that grows with every change, so that
Outlook and Google put the change where the entry is instead of beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event, vCalAddress, vDuration, vText

from meetings.london_zone import london_zone
from meetings.models import Meeting, MeetingStatus
from meetings.queries.calendar_feeds import DatedMeeting
from partnership import clock
from partnership.clock import LONDON
from partnership.models import User
from partnership.navigation import address_of
from partnership.obligations.letters import CalendarEntry

PRODUCT = "-//Quorate//Meetings//EN"
# How long a meeting without an end stands in calendars.
USUAL_LENGTH = timedelta(hours=2)
# How often a calendar that subscribes is asked to look again.
LOOKED_AT_EVERY = timedelta(hours=4)


def invitation(meeting: Meeting, *, to: User, sequence: int) -> CalendarEntry:
    """A REQUEST to one person, or the CANCEL of a meeting that was cancelled."""
    is_off = meeting.status == MeetingStatus.CANCELLED
    method = "CANCEL" if is_off else "REQUEST"
    event = event_of(meeting, sequence=sequence)
    event.add("organizer", _organizer(meeting))
    event.add("attendee", _attendee(to), encode=False)
    return CalendarEntry(method, calendar_text(method, [event]))


def published(*, name: str, meetings: Iterable[DatedMeeting]) -> str:
    """These meetings as a calendar to subscribe to: no attendee, and no way into a meeting by video."""
    events = []
    for dated in meetings:
        event = event_of(dated.meeting, sequence=dated.sequence, has_video=False)
        event.add("organizer", _organizer(dated.meeting))
        event.add("last-modified", dated.changed_at)
        events.append(event)
    return calendar_text("PUBLISH", events, name=name)


def event_of(meeting: Meeting, *, sequence: int, has_video: bool = True) -> Event:
    """The meeting as an event, at its local time in London. It names the board and the place, no item of business."""
    is_off = meeting.status == MeetingStatus.CANCELLED
    event = Event()
    event.add("uid", uid_of(meeting))
    event.add("dtstamp", clock.now())
    event.add("dtstart", meeting.begins)
    event.add("dtend", _ends(meeting))
    event.add("summary", f"Cancelled: {meeting.board.name}" if is_off else meeting.board.name)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    event.add("sequence", sequence)
    event.add("description", f"Agenda, papers and your reply: {page_of(meeting)}")
    event.add("url", page_of(meeting))
    if place := ", ".join(part for part in (meeting.place, meeting.video_link if has_video else "") if part):
        event.add("location", place)
    return event


def calendar_text(method: str, events: list[Event], *, name: str = "") -> str:
    """The whole object, with the rules of London's time that its times rest on; with a name, one to subscribe to."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", vDuration(LOOKED_AT_EVERY), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(LOOKED_AT_EVERY))
    calendar.add_component(london_zone())
    for event in events:
        calendar.add_component(event)
    return str(calendar.to_ical(), "utf-8")


def uid_of(meeting: Meeting) -> str:
    return f"meeting-{meeting.pk}@{urlsplit(settings.SITE_URL).hostname}"


def page_of(meeting: Meeting) -> str:
    return f"{settings.SITE_URL}{reverse('meeting', args=[*address_of(meeting.board), meeting.address])}"


def _ends(meeting: Meeting) -> datetime:
    if meeting.ends_at is None:
        return meeting.begins + USUAL_LENGTH
    return datetime.combine(meeting.on, meeting.ends_at, tzinfo=LONDON)


def _organizer(meeting: Meeting) -> vCalAddress:
    partnership = meeting.board.partnership
    # Calendars send their answers to the organiser: where a mailbox is read for them, that is its address.
    mailbox = settings.MAILBOX.address if settings.MAILBOX else ""
    address = mailbox or partnership.team_email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    organizer = vCalAddress(f"mailto:{address}")
    organizer.params["cn"] = vText(partnership.name)
    return organizer


def _attendee(person: User) -> vCalAddress:
    attendee = vCalAddress(f"mailto:{person.email}")
    attendee.params["cn"] = vText(person.name)
    attendee.params["role"] = vText("REQ-PARTICIPANT")
    attendee.params["partstat"] = vText("NEEDS-ACTION")
    attendee.params["rsvp"] = vText("TRUE")
    return attendee
