"""What falls due because a meeting is dated: the duties of its constitution whose anchor is the meeting.

Entered for the features that exist: agenda and papers before it, minutes (and tracker) after it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from django.urls import reverse

from meetings.models import Meeting, MeetingKind, MeetingStatus
from meetings.queries.deadlines import due_for, rules_for
from meetings.signature_duties import SIGNED, signers_of
from partnership import access
from partnership.access import Action, Kind
from partnership.models import Constitution, Obligation, User
from partnership.navigation import address_of
from partnership.obligations.causes import Cause, Wording
from partnership.obligations.features import register
from partnership.obligations.kept_rules import rule_on
from partnership.obligations.operations import cancel_obligations, ensure_obligation, meet_obligation
from partnership.obligations.team import team_recipients
from partnership.queries import constitution_in_force
from partnership.rules.deadlines.deadlines import Anchor, Deadline, DeadlineKind
from partnership.rules.plain_dates import short_date

# The permanent ids of the duties that this application can see met, and how a message names what is due.
FEATURES = {
    "papers": "the agenda and papers",
    "minutes": "the minutes",
    "minutes-and-tracker": "the minutes and the action tracker",
}
# Met by the minutes themselves, which carry the table of attendance.
REPORTED = "attendance-reported"
# On which page of the meeting each of them is done.
PAGES = {
    "papers": "agenda",
    "minutes": "minutes",
    "minutes-and-tracker": "minutes",
    REPORTED: "minutes",
    SIGNED: "confidentiality_sign",
}


def plan_duties(*, meeting: Meeting, by: User) -> list[Obligation]:
    """Make what falls due because of a meeting, or move it with the meeting.

    The terms are those in force on the meeting's day. Without any, nothing falls due. Raises
    `calendars.BeyondHorizon` where the terms count working days that nobody knows yet.
    """
    terms = constitution_in_force(board=meeting.board, on=meeting.on)
    return [] if terms is None else [_planned(meeting, rule, terms, by) for rule in _rules_for(meeting, terms)]


def move_duties(*, meeting: Meeting, by: User) -> list[Obligation]:
    """The same for a meeting that was planned before: what its new day's terms do not ask for is cancelled."""
    planned = plan_duties(meeting=meeting, by=by)
    for duty in sorted(FEATURES.keys() - {obligation.duty for obligation in planned}):
        cancel_obligations(cause=meeting, duty=duty, reason="The terms of that day do not ask for it.", by=by)
    return planned


def report_attendance(*, meeting: Meeting, evidence: str, on: date, by: User) -> None:
    """The minutes went out with their table of attendance: that is the duty, due with them and met by them."""
    found = rule_on(board=meeting.board, duty=REPORTED, on=on)
    if found is not None:
        rule, constitution = found
        ensure_obligation(duty=REPORTED, cause=meeting, owner=rule.owner, due_on=on, constitution=constitution, by=by)
        meet_obligation(duty=REPORTED, cause=meeting, on=on, evidence=evidence, by=by)


def _rules_for(meeting: Meeting, constitution: Constitution) -> Iterator[Deadline]:
    for rule in rules_for(MeetingKind(meeting.kind), constitution):
        if rule.id in FEATURES and rule.kind is DeadlineKind.DUTY:
            yield rule


def _planned(meeting: Meeting, rule: Deadline, constitution: Constitution, by: User) -> Obligation:
    due = due_for(rule, board=meeting.board, on=meeting.on, starts_at=meeting.starts_at)
    return ensure_obligation(
        duty=rule.id, cause=meeting, owner=rule.owner, due_on=due.on, constitution=constitution, by=by
    )


# --- what the sweep asks -------------------------------------------------------------------------


def _loaded(ids: Collection[int]) -> dict[int, Meeting]:
    return Meeting.objects.select_related("board__partnership").in_bulk(ids)


def _is_open(meeting: Meeting, obligation: Obligation) -> bool:
    return meeting.status != MeetingStatus.CANCELLED


def _address(meeting: Meeting, obligation: Obligation) -> str:
    return reverse(PAGES[obligation.duty], args=[*address_of(meeting.board), meeting.address])


def _wording(meeting: Meeting, obligation: Obligation) -> Wording:
    of_what = f"{meeting.board.short_name}, {short_date(meeting.on)}"
    if obligation.duty == SIGNED:
        return Wording("the signature of the confidentiality agreement", of_what, is_one=True)
    return Wording(what=FEATURES.get(obligation.duty, "the attendance in the minutes"), of_what=of_what)


def _recipients(obligations: Iterable[Obligation], on: date) -> dict[int, list[User]]:
    """The team; of a signature, whoever owes it. Two queries at most."""
    those = list(obligations)
    signatures = [each for each in those if each.duty == SIGNED]
    others = [each for each in those if each.duty != SIGNED]
    return {
        **(team_recipients(others, on) if others else {}),
        **(signers_of(signatures) if signatures else {}),
    }


CAUSE = Cause(
    model="meetings.meeting",
    board=lambda meeting: meeting.board,
    load=_loaded,
    is_open=_is_open,
    recipients=_recipients,
    address=_address,
    wording=_wording,
    duties_of_one_person=frozenset({SIGNED}),
    may_hear=lambda meeting, person, on: access.may(person, Action.READ, meeting, Kind.SIGNATURES, on),
    due_again=lambda meeting, _, rule: (
        due_for(rule, board=meeting.board, on=meeting.on, starts_at=meeting.starts_at).on
        if rule.anchor is Anchor.MEETING
        else None
    ),
)


def register_duties() -> None:
    """Make them known; once, when the app starts."""
    register(*FEATURES, REPORTED, SIGNED, cause=CAUSE)
