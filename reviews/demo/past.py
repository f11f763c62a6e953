"""Two years of past meetings: those of the stories, those filled by chance, a cancelled and an extraordinary one."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta

from meetings.models import Meeting, MeetingKind
from meetings.operations import call_meeting, cancel
from membership.queries import seats_on
from partnership.queries import constitution_in_force, terms_of
from reviews.demo.business import Sitting as Business
from reviews.demo.business import as_called_in_time, follow_up, has_business, publish_business, take_business
from reviews.demo.confidentiality import sign_the_sheet
from reviews.demo.dates import YEARS_BACK, Sitting, sittings
from reviews.demo.marks import marks_of
from reviews.demo.people import NETWORK
from reviews.demo.registers import (
    add_people_in_attendance,
    close_at_the_end,
    fill_register,
    record_interests,
)
from reviews.demo.stage import Stage
from reviews.demo.stories import DEVELOPMENT_DAY, EXTRAORDINARY, ISLAND, PORTSMOUTH, STORIES, Story

MANAGERS = {ISLAND: "Grant Wexcombe", PORTSMOUTH: "Imran Castell"}
GUESTS_OF_THE_NETWORK = ("A trainer from the regional college",)
# The extraordinary meeting follows the third last ordinary one; the cancelled date stood before the second last.
AFTER_WHICH, EXTRAORDINARY_AFTER = 2, timedelta(days=21)
EXTRAORDINARY_BACK = 6  # its themes are those of no ordinary meeting of the year
BEFORE_WHICH, CANCELLED_BEFORE = 1, timedelta(days=7)


def hold_past_meetings(stage: Stage) -> None:
    """Every meeting of the calendar from two years ago until yesterday, the earliest first."""
    first, last = stage.days_ago(YEARS_BACK * 365), stage.days_ago(1)
    calendar = sittings(first=first, last=last)
    stories = _stories(calendar)
    backs = {
        sitting: back for board in STORIES for back, sitting in enumerate(_latest_ordinary(calendar, board), start=1)
    }
    for sitting in sorted([*calendar, *_further(calendar)], key=lambda sitting: (sitting.on, sitting.board)):
        is_planned = has_business(sitting.board, sitting.kind, sitting.on, stage.today)
        with as_called_in_time(sitting.on) if is_planned else nullcontext():
            meeting = _called(stage, sitting)
        if sitting in stories or sitting in calendar:
            _hold(stage, sitting.board, meeting, stories.get(sitting), backs.get(sitting, 0))
        elif sitting.kind is MeetingKind.EXTRAORDINARY:
            _hold(stage, sitting.board, meeting, EXTRAORDINARY, EXTRAORDINARY_BACK)
        else:
            reason = "The chair and two partners were called to court; held a week later"
            cancel(meeting=meeting, reason=reason, by=stage.coordinator_of(sitting.board))


def _stories(calendar: list[Sitting]) -> dict[Sitting, Story]:
    """Which story each past meeting tells: counted from the latest, so that the last ones are always told."""
    told: dict[Sitting, Story] = {}
    for board, stories in STORIES.items():
        told |= dict(zip(_latest_ordinary(calendar, board), stories, strict=False))
    days = [sitting for sitting in calendar if sitting.kind is MeetingKind.DEVELOPMENT_DAY]
    return told | dict.fromkeys(days, DEVELOPMENT_DAY)


def _latest_ordinary(calendar: list[Sitting], board: str) -> list[Sitting]:
    return [one for one in reversed(calendar) if one.board == board and one.kind is MeetingKind.ORDINARY]


def _further(calendar: list[Sitting]) -> list[Sitting]:
    """What the calendar of the year did not have: an extraordinary meeting, and a date that was given up."""
    ordinary = _latest_ordinary(calendar, PORTSMOUTH)
    called, given_up = ordinary[AFTER_WHICH], ordinary[BEFORE_WHICH]
    return [
        Sitting(
            PORTSMOUTH, MeetingKind.EXTRAORDINARY, called.on + EXTRAORDINARY_AFTER, called.starts_at, called.ends_at,
            called.place,
        ),
        Sitting(
            PORTSMOUTH, MeetingKind.ORDINARY, given_up.on - CANCELLED_BEFORE, given_up.starts_at, given_up.ends_at,
            given_up.place,
        ),
    ]  # fmt: skip


def _called(stage: Stage, sitting: Sitting) -> Meeting:
    return call_meeting(
        board=stage.boards[sitting.board],
        kind=sitting.kind,
        on=sitting.on,
        starts_at=sitting.starts_at,
        ends_at=sitting.ends_at,
        place=sitting.place,
        by=stage.coordinator_of(sitting.board),
    )


def _hold(stage: Stage, board: str, meeting: Meeting, story: Story | None, back: int) -> None:
    by = stage.coordinator_of(board)
    sitting = Business(meeting, board, by, back) if has_business(board, meeting.kind, meeting.on, stage.today) else None
    if sitting is not None:
        publish_business(sitting)
    constitution = constitution_in_force(board=meeting.board, on=meeting.on)
    if constitution is None:
        raise LookupError(f"{meeting} falls before the first terms of reference of its board.")
    held = seats_on(board=meeting.board, on=meeting.on)
    terms = terms_of(constitution=constitution)
    marks = marks_of(key=f"{board}/{meeting.on}", seats=held, terms=terms, story=story)
    meeting = fill_register(meeting=meeting, marks=marks, by=by)
    record_interests(meeting=meeting, interests=story.interests if story else (), by=by)
    if board in MANAGERS:
        add_people_in_attendance(meeting=meeting, people=(stage.people[MANAGERS[board]], by), guests=(), by=by)
    if board == NETWORK:
        add_people_in_attendance(meeting=meeting, people=(by,), guests=GUESTS_OF_THE_NETWORK, by=by)
    if sitting is not None:
        take_business(sitting)
    close_at_the_end(meeting=meeting, by=by)
    sign_the_sheet(meeting, back=back, by=by)
    if sitting is not None:
        follow_up(sitting, now=stage.now)
