"""Sending minutes: what they say is kept as it was, and never changes."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.db.models import Max

from meetings.announcements import MINUTES_SENT
from meetings.duties import report_attendance
from meetings.minutes.content import Edition, MinutesContent
from meetings.minutes.drafting import draft_minutes
from meetings.minutes.due import minutes_due
from meetings.models import Decision, Meeting, Minutes
from meetings.operations.publishing import ChangedSinceChecked, LateWithoutReason
from meetings.operations.register import RegisterNotClosed
from meetings.operations.substitutes import end_with_the_minutes
from partnership import access, clock
from partnership.authorship import saved
from partnership.models import User
from partnership.obligations.announcements import announce
from partnership.obligations.operations import meet_obligation
from partnership.rules.plain_dates import long_date, plain_date


class NotTheirsToSend(Exception):
    """Minutes are sent by somebody who may write the record they are drafted from."""


@transaction.atomic
def send_minutes(
    *, meeting: Meeting, by: User, reason: str = "", checked: str | None = None, tells: bool = True
) -> Minutes:
    """Keep what the record says now as the next version of the minutes, for those who receive them.

    `checked` is the fingerprint of the draft that was looked at. It meets the duty to send minutes that hangs on the
    meeting, makes the meeting's decisions final, and tells whoever receives minutes, unless they are entered for the
    record (`tells`). Raises NotTheirsToSend, RegisterNotClosed, LateWithoutReason,
    ChangedSinceChecked.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("board__partnership").get(pk=meeting.pk)
    now = clock.now()
    if not access.may(by, access.Action.WRITE, meeting, access.Kind.MINUTES_DRAFT):
        raise NotTheirsToSend("Only the partnership team sends the minutes.")
    if meeting.closed_at is None:
        raise RegisterNotClosed("Close the register before you send the minutes.")
    draft = draft_minutes(meeting=meeting, user=by, today=now.date())
    version = next_version(meeting)
    if checked is not None and checked != fingerprint_to_send(draft, version):
        raise ChangedSinceChecked(
            "The record changed after you looked at it, or the minutes were sent. Check them again."
        )
    due = minutes_due(meeting=meeting)
    _require_reason(reason, version=version, late_since=long_date(due.on) if due and now.date() > due.on else "")
    # What is kept is whole, whatever of it the sender may read: each reader gets what is theirs of it.
    whole = draft_minutes(meeting=meeting, user=by, today=now.date(), is_whole=True)
    content = replace(whole, edition=Edition(version, plain_date(now.date())))
    minutes = Minutes(meeting=meeting, version=version, content=content.to_json(), sent_at=now, reason=reason.strip())
    what = f"Minutes, version {version}, sent"
    saved(minutes, by=by, reason=what)
    for decision in Decision.objects.select_for_update(of=("self",)).filter(item__meeting=meeting, sent_in=None):
        decision.sent_in = minutes
        saved(decision, by=by, reason=what, fields=["sent_in"])
    if due is not None:
        evidence = f"Minutes and action tracker, version {version}, sent"
        meet_obligation(duty=due.rule.id, cause=meeting, on=now.date(), evidence=evidence, by=by)
    if version == 1:
        report_attendance(meeting=meeting, evidence=f"In the {what[0].lower()}{what[1:]}", on=now.date(), by=by)
    if tells:
        announce(kind=MINUTES_SENT.name, cause=minutes, board=meeting.board, by=by)
    end_with_the_minutes(meeting=meeting, sent_on=now.date(), by=by)
    return minutes


def next_version(meeting: Meeting) -> int:
    """The number that the minutes get when they are sent next."""
    last: int | None = Minutes.objects.filter(meeting=meeting).aggregate(last=Max("version"))["last"]
    return (last or 0) + 1


def fingerprint_to_send(draft: MinutesContent, version: int) -> str:
    """What a page says it has shown: the draft, as the version it would become."""
    return f"{version}-{draft.fingerprint()}"


def _require_reason(reason: str, *, version: int, late_since: str) -> None:
    if reason.strip():
        return
    if version > 1:
        raise LateWithoutReason(f"Enter what changed since version {version - 1}.")
    if late_since:
        raise LateWithoutReason(f"Enter why the minutes come after {late_since}, when they were due.")
