"""The confidentiality agreement of the city's board: two versions, sheets signed on paper, and some who signed here."""

from __future__ import annotations

from datetime import datetime, timedelta

from meetings.models import ConfidentialityAgreement, Meeting
from meetings.operations.confidentiality import record_paper_signatures, sign_agreement, write_agreement
from meetings.queries import register_of
from meetings.queries.signatures import signing_of
from partnership.clock import LONDON, as_at
from partnership.models import User
from reviews.demo.dates import YEARS_BACK
from reviews.demo.stage import Stage

BOARD = "portsmouth/board"
FIRST = """\
Members of this board hear about children, families and the people who work with them.

I will not repeat outside this meeting what I hear of a child, a family or a named worker, unless the board has agreed \
that I may, or unless a child is at risk of harm and somebody who can act has to know.

I will keep papers safe and destroy them when they are no longer needed."""
ADDED = """\


I will not record the meeting, and I will not put what is said there into any tool that keeps or learns from it."""
WHAT_CHANGED = "Recording and tools that keep what is typed into them"
DAYS_SINCE_CHANGED = 150
# At the last meeting one line of the sheet stayed empty.
LEFT_OUT_AT_THE_LAST = 1
# Of those who are here today, as many have signed on their own page.
SIGNED_TODAY = 4


def write_the_agreement(stage: Stage) -> None:
    """The first text before the first meeting, the second one since the spring."""
    board, by = stage.boards[BOARD], stage.coordinator_of(BOARD)
    with as_at(_days_ago(stage, YEARS_BACK * 365 + 1)):
        write_agreement(board=board, text=FIRST, seen=0, by=by)
    with as_at(_days_ago(stage, DAYS_SINCE_CHANGED)):
        write_agreement(board=board, text=FIRST + ADDED, seen=1, what_changed=WHAT_CHANGED, by=by)


def sign_the_sheet(meeting: Meeting, *, back: int, by: User) -> None:
    """Whoever came to a past meeting signed on paper, where its terms ask for it."""
    signing = signing_of(register_of(meeting=meeting))
    if signing is None or not signing.asked:
        return
    signed = [each.signer for each in signing.asked]
    record_paper_signatures(
        meeting=meeting,
        signers=signed[LEFT_OUT_AT_THE_LAST:] if back == 1 else signed,
        version=_version_on(meeting),
        on=meeting.on,
        evidence=f"Signed sheet, scan of {meeting.on:%-d %B %Y}",
        by=by,
    )


def sign_here(meeting: Meeting) -> None:
    """Some of those who have come sign on their own page."""
    signing = signing_of(register_of(meeting=meeting))
    if signing is None or signing.agreement is None:
        return
    people = [each.person for each in signing.asked if each.person is not None]
    for person in people[:SIGNED_TODAY]:
        sign_agreement(meeting=meeting, version=signing.agreement.version, name=person.name, by=person)


def _version_on(meeting: Meeting) -> int:
    """The one that lay in the room."""
    versions = ConfidentialityAgreement.objects.filter(board=meeting.board)
    known = [each for each in versions if each.written_at.astimezone(LONDON).date() <= meeting.on]
    return known[0].version if known else 1


def _days_ago(stage: Stage, days: int) -> datetime:
    return stage.now - timedelta(days=days)
