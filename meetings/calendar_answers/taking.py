"""Holding a mailed answer against the invitation it answers, and keeping it, taken or with the reason why not."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from meetings.announcements.invitations import CALLED, MOVED, changes_of, invited_on, last_sequence
from meetings.calendar_answers.parsing import MailedAnswer, NotReadable, answer_in
from meetings.models import AnswerOutcome, CalendarAnswer, CalendarSays, Meeting, MeetingStatus
from partnership.clock import LONDON
from partnership.mailbox import takers
from partnership.mailbox.takers import Taking
from partnership.models import Delivery, DeliveryState, User

UNREADABLE = Taking("not readable", is_settled=False)
REPEATED = Taking("had before")
# An address is no longer than this; what is would fit in no column.
LONGEST_ADDRESS = 254


def enter() -> None:
    """Make the reading of the mailbox hand its mails here."""
    takers.enter("answers of calendars", take)


def take(content: bytes, now: datetime, by: User) -> Taking | None:
    """A taker of mail: None where the mail answers no invitation of ours."""
    try:
        mailed = answer_in(content)
    except NotReadable:
        return UNREADABLE
    meeting = _meeting_of(mailed.uid) if mailed is not None else None
    if mailed is None or meeting is None:
        return None
    kept, is_new = _kept(meeting, mailed, now)
    return Taking(kept.outcome) if is_new else REPEATED


@transaction.atomic
def _kept(meeting: Meeting, mailed: MailedAnswer, now: datetime) -> tuple[CalendarAnswer, bool]:
    # Held meanwhile, so that a move or a cancellation comes before the answer or after it.
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("board").get(pk=meeting.pk)
    person = _invited(meeting, mailed.attendee)
    outcome = _outcome(meeting, mailed, person, now)
    is_taken = outcome is AnswerOutcome.TAKEN
    return CalendarAnswer.objects.get_or_create(
        digest=mailed.digest,
        defaults={
            "meeting": meeting,
            "person": person,
            "says": mailed.says if mailed.says in CalendarSays.values else "",
            "program": mailed.program,
            "sequence": mailed.sequence,
            "outcome": outcome,
            # No calendar answers tomorrow, whatever its clock says: a later answer has to come after it.
            "answered_at": min(mailed.answered_at or now, now),
            "read_at": now,
            "message_id": mailed.message_id,
            "sender": "" if is_taken else mailed.sender[:LONGEST_ADDRESS],
        },
    )


def _meeting_of(uid: str) -> Meeting | None:
    """The meeting of a UID of ours."""
    host = re.escape(urlsplit(settings.SITE_URL).hostname or "")
    found = re.fullmatch(rf"meeting-([1-9][0-9]{{0,17}})@{host}", uid)
    return Meeting.objects.filter(pk=int(found[1])).first() if found else None


def _invited(meeting: Meeting, address: str) -> User | None:
    """To whom an invitation to that meeting went at that address."""
    went = Q(state__in=(DeliveryState.SENT, DeliveryState.BOUNCED)) | Q(is_uncertain=True)
    invitations = Delivery.objects.filter(
        went,
        announcement__kind__in=(CALLED.name, MOVED.name),
        announcement__cause_type=CALLED.model,
        announcement__cause_id=meeting.pk,
        address__iexact=address[:LONGEST_ADDRESS],
    )
    found = invitations.select_related("recipient").order_by("-pk").first()
    return found.recipient if found else None


def _outcome(meeting: Meeting, mailed: MailedAnswer, person: User | None, now: datetime) -> AnswerOutcome:
    if mailed.sender not in mailed.attendees:
        return AnswerOutcome.FORGED
    if person is None:
        return AnswerOutcome.NOT_INVITED
    if meeting.status != MeetingStatus.PLANNED or meeting.opened_at is not None:
        return AnswerOutcome.OVER
    if not person.is_active or person.pk not in invited_on(meeting, now.astimezone(LONDON).date()):
        return AnswerOutcome.LEFT
    if not last_sequence(meeting) <= mailed.sequence <= changes_of(meeting):
        return AnswerOutcome.OLD
    return AnswerOutcome.TAKEN if mailed.says in CalendarSays.values else AnswerOutcome.SILENT
