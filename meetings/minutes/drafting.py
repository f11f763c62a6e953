"""The draft of minutes: the record, put in order. Nothing is typed twice and nothing of it is stored."""

from __future__ import annotations

from datetime import date

from meetings.minutes.attendance_table import attendance_table, chair_of, others_present
from meetings.minutes.content import DisputeWindow, MinutesContent, MinutesHeading, NextMeeting
from meetings.minutes.outcomes import minuted_actions, minuted_gaps, minuted_items, summary_of
from meetings.minutes.quorum_record import quorum_of
from meetings.minutes.words import times_of
from meetings.models import Meeting, MeetingKind
from meetings.queries import Register, register_of
from meetings.queries.actions import actions_on, all_actions_on, items_behind
from meetings.queries.delegations import delegations_behind
from meetings.queries.outcomes import Recorded, recorded_for, whole_record_of
from meetings.queries.signatures import signing_of
from membership.queries import team_of
from partnership import access
from partnership.clock import LONDON
from partnership.models import Board
from partnership.models.handling import highest
from partnership.queries import constitution_in_force, terms_of
from partnership.rules.clauses import cited
from partnership.rules.constitution import Constitution as Terms
from partnership.rules.deadlines.calendars import BeyondHorizon, Division
from partnership.rules.deadlines.deadlines import Anchor, Deadline, DeadlineKind, Direction
from partnership.rules.deadlines.due_dates import Due, due_on
from partnership.rules.deadlines.duty_sentences import dispute_sentence, due_sentence
from partnership.rules.meeting_kinds import MeetingKind as KindInTerms
from partnership.rules.plain_dates import long_date, plain_date, plain_time
from partnership.rules.signing import minuted_signing
from partnership.working_days import working_days


class NothingToMinute(Exception):
    """The register was never opened: there is no meeting to write minutes of."""


def draft_minutes(*, meeting: Meeting, user: access.Asker, today: date, is_whole: bool = False) -> MinutesContent:
    """What the minutes say as things stand, with what the user may read; sent today, they could be disputed until then.

    With `is_whole`, what every reader together may read: for what is kept when they are sent, never for a page. A
    fixed number of queries. Raises NothingToMinute.
    """
    if meeting.opened_at is None:
        raise NothingToMinute("The minutes have not been started: the register of this meeting was not opened.")
    register = register_of(meeting=meeting)
    quorum, spans = quorum_of(register)
    recorded = _recorded(meeting, user, today, is_whole=is_whole)
    delegations = delegations_behind(
        partnership_id=meeting.board.partnership_id,
        on=meeting.on,
        decisions=[decision for each in recorded.items for decision in each.decisions],
    )
    told = minuted_items(recorded.items, register, spans, delegations) + minuted_gaps(recorded.gaps)
    items = tuple(sorted(told, key=lambda item: item.number))
    known = all_actions_on(board=meeting.board) if is_whole else actions_on(board=meeting.board, user=user, today=today)
    actions = minuted_actions(meeting, known)
    return MinutesContent(
        heading=_heading(register),
        quorum=quorum,
        attendance=attendance_table(register),
        others=others_present(register, team_of(board=meeting.board, on=meeting.on)),
        summary=summary_of(items, actions),
        items=items,
        actions=actions,
        dispute=_dispute(register.terms, meeting, sent_on=today),
        next_meeting=_next_meeting(meeting, user=user, today=today),
        mark=marked.words if (marked := highest(each.item.mark for each in recorded.items)) else "",
        signed=_signed(register),
        items_shown=(*(each.item.pk for each in recorded.items), *items_behind(known)),
    )


def _signed(register: Register) -> str:
    """How many signed the agreement, as it stands now; it names nobody. Two queries where the terms ask for it."""
    signing = signing_of(register)
    return minuted_signing(signing.signers, signing.rule.clause) if signing and signing.rule else ""


def _recorded(meeting: Meeting, user: access.Asker, today: date, *, is_whole: bool) -> Recorded:
    if is_whole:
        return Recorded(tuple(whole_record_of(meeting=meeting)), ())
    return recorded_for(meeting=meeting, user=user, today=today)


def _heading(register: Register) -> MinutesHeading:
    meeting = register.meeting
    return MinutesHeading(
        partnership=meeting.board.partnership.name,
        board=meeting.board.name,
        short_name=meeting.board.short_name,
        kind="" if meeting.kind == MeetingKind.ORDINARY else meeting.get_kind_display(),
        day=long_date(meeting.on),
        date=plain_date(meeting.on),
        times=times_of(meeting),
        place=meeting.place,
        chair=chair_of(register),
    )


def dispute_window(terms: Terms | None, meeting: Meeting, *, sent_on: date) -> Due | None:
    """When minutes sent on that day can be disputed no longer; None where the terms give no such time."""
    kind = KindInTerms(meeting.get_kind_display().lower())
    for rule in terms.deadlines if terms else ():
        is_window = rule.kind is DeadlineKind.WINDOW and rule.anchor is Anchor.RECEIPT
        if is_window and rule.direction is Direction.AFTER and rule.applies_at(kind):
            return _due(rule, sent_on, meeting.board)
    return None


def _dispute(terms: Terms | None, meeting: Meeting, *, sent_on: date) -> DisputeWindow | None:
    due = dispute_window(terms, meeting, sent_on=sent_on)
    if due is None:
        return None
    return DisputeWindow(
        until=due.on.isoformat(),
        sentence=dispute_sentence(due.on, sent_on),
        clause=cited(due.rule.clause),
        reading="counted from the day on which they are sent (local setting)" if due.rule.reading else "",
    )


def _next_meeting(meeting: Meeting, *, user: access.Asker, today: date) -> NextMeeting | None:
    """The board's next planned meeting with the duties before it, by the terms of its own day."""
    planned = Meeting.objects.visible_to(user, today).filter(board=meeting.board_id, on__gt=meeting.on)
    following = planned.upcoming(meeting.on).first()
    version = constitution_in_force(board=meeting.board, on=following.on) if following else None
    if following is None:
        return None
    deadlines = terms_of(constitution=version).deadlines if version else ()
    kind = KindInTerms(following.get_kind_display().lower())
    asked = [rule for rule in deadlines if _falls_due_before(rule) and rule.applies_at(kind)]
    return NextMeeting(
        when=f"{long_date(following.on)}, {plain_time(following.starts_at)}.",
        deadlines=tuple(_deadline_words(rule, following, meeting.board) for rule in asked),
    )


def _falls_due_before(rule: Deadline) -> bool:
    is_before = rule.anchor is Anchor.MEETING and rule.direction is Direction.BEFORE
    return is_before and rule.kind is DeadlineKind.DUTY and not rule.only_for


def _deadline_words(rule: Deadline, following: Meeting, board: Board) -> str:
    try:
        return due_sentence(_due(rule, following.on, board, following))
    except BeyondHorizon:
        return f"{rule.duty}: the bank holidays before that day are not known yet."


def _due(rule: Deadline, anchor_on: date, board: Board, meeting: Meeting | None = None) -> Due:
    division = Division(rule.calendar or board.partnership.get_bank_holidays_display())
    calendar = working_days(division) if rule.needs_working_days else None
    return due_on(rule, anchor_on, calendar, anchor_at=meeting.starts_at if meeting else None, tz=LONDON)
