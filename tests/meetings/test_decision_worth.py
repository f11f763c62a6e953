"""What a decision is worth, by the terms in force and the quorum of its moment."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytest_django import Settings

from meetings.decision_worth import Worth, quorum_at, worth_of
from meetings.models import Attendance, Decision, Meeting, Recorded
from meetings.operations import (
    RowEntry,
    begin_item,
    open_register,
    record_attendance,
    record_decision,
    record_departure,
)
from meetings.presenters.record import record_page
from meetings.queries import recorded_for, register_of
from membership.models import Appointment, Seat
from membership.operations import appoint
from partnership.access import Role
from partnership.models import Board
from partnership.operations import admit_to_team
from partnership.queries import terms_in
from tests.cast import LONG_AGO, TODAY, Cast, amended, at
from tests.pages.outcomes import DECISION, item_on

PARTNERS = ("council", "constabulary", "icb")


def opened(cast: Cast, board: Board, *keys: str) -> Meeting:
    """Today's meeting of the board with these seats held and ticked since ten."""
    for key in keys:
        seat = Seat.objects.get(board=board, key=key)
        if not Appointment.objects.filter(seat=seat).exists():
            appoint(seat=seat, person=cast.person(f"{board.slug} {key}"), starts_on=LONG_AGO, by=cast.author)
    meeting = open_register(meeting=cast.meeting(board=board), at=at(9, 50), by=cast["coordinator"])
    rows = Attendance.objects.filter(meeting=meeting, seat__key__in=keys)
    entries = [
        RowEntry(attendance_id=row.pk, version=row.version, recorded=Recorded.PRESENT, arrived_at=at(10))
        for row in rows
    ]
    record_attendance(meeting=meeting, rows=entries, by=cast["coordinator"])
    return meeting


def decided(cast: Cast, meeting: Meeting, minute: int = 3) -> Decision:
    return record_decision(
        item=item_on(cast, meeting), text=DECISION, decided_at=at(10, minute), by=cast["coordinator"]
    )


def worth(decision: Decision) -> Worth:
    return worth_of(decision, register=register_of(meeting=decision.item.meeting), number=1)


def test_by_consent_while_quorate(cast: Cast) -> None:
    found = worth(decided(cast, opened(cast, cast.elsewhere, *PARTNERS)))
    assert (found.sentence, found.is_quorate) == ("Agreed by consent.", True)
    assert found.clause is not None
    assert found.clause.ref == "u, v, w"
    assert found.quorum.startswith("Quorate: ")


def test_the_moment_decides_not_the_meeting(cast: Cast) -> None:
    """The police leave at four minutes past: what was decided before stands, what comes after does not."""
    meeting = opened(cast, cast.elsewhere, *PARTNERS)
    before, after = decided(cast, meeting, 3), decided(cast, meeting, 5)
    police = Attendance.objects.get(meeting=meeting, seat__key="constabulary")
    record_departure(attendance=police, at=at(10, 4), by=cast["coordinator"])
    assert worth(before).sentence == "Agreed by consent."
    told = worth(after)
    assert (told.sentence, told.is_quorate) == ("Provisional: taken while not quorate.", False)
    assert told.quorum == "Not quorate: Hampshire Constabulary is not represented."
    register = register_of(meeting=meeting)
    assert quorum_at(register, at=at(10, 3), number=5)[0].is_quorate is True  # type: ignore[union-attr]
    assert quorum_at(register, at=at(10, 4), number=6)[1] == "Not quorate: Hampshire Constabulary is not represented."


def test_every_item_begun_after_the_police_left_is_labelled(cast: Cast, stopped_clock: Settings) -> None:
    stopped_clock.CLOCK_STOPPED_AT = at(11)
    admit_to_team(
        person=cast["coordinator"], role=Role.COORDINATOR, board=cast.elsewhere, starts_on=LONG_AGO, by=cast.author
    )
    meeting = opened(cast, cast.elsewhere, *PARTNERS)
    police = Attendance.objects.get(meeting=meeting, seat__key="constabulary")
    record_departure(attendance=police, at=at(10, 40), by=cast["coordinator"])
    for minute in (5, 20, 40, 50):
        begin_item(item=item_on(cast, meeting), at=at(10, minute), by=cast["coordinator"])
    item_on(cast, meeting, title="Not begun")
    items = recorded_for(meeting=meeting, user=cast["coordinator"], today=TODAY)
    page = record_page(items, register_of(meeting=meeting), agencies={}, can_write=True, today=TODAY)
    assert [(item.taken, item.label) for item in page.items] == [
        ("10:05am", ""),
        ("10:20am", ""),
        ("10:40am", "Taken while not quorate"),
        ("10:50am", "Taken while not quorate"),
        ("", ""),
    ]
    assert page.items[3].quorum == "Not quorate: Hampshire Constabulary is not represented."


def test_the_item_at_which_the_police_leave_is_labelled_too(cast: Cast, stopped_clock: Settings) -> None:
    """As on the register and in the minutes: some part of it was taken without them; so is none that had ended."""
    stopped_clock.CLOCK_STOPPED_AT = at(11)
    by = cast["coordinator"]
    admit_to_team(person=by, role=Role.COORDINATOR, board=cast.elsewhere, starts_on=LONG_AGO, by=cast.author)
    meeting = opened(cast, cast.elsewhere, *PARTNERS)
    for minute in (5, 20):
        begin_item(item=item_on(cast, meeting), at=at(10, minute), by=by)
    police = Attendance.objects.get(meeting=meeting, seat__key="constabulary")
    record_departure(attendance=police, at=at(10, 30), by=by)
    items = recorded_for(meeting=meeting, user=by, today=TODAY)
    page = record_page(items, register_of(meeting=meeting), agencies={}, can_write=True, today=TODAY)
    assert [(item.label, item.quorum) for item in page.items] == [
        ("", ""),
        (
            "Taken while not quorate",
            "Not quorate: Hampshire Constabulary is not represented. This began at 10:30am.",
        ),
    ]


def test_terms_that_say_nothing_of_decisions_are_not_made_to(cast: Cast) -> None:
    found = worth(decided(cast, cast.open_meeting()))
    assert (found.sentence, found.clause) == ("These terms do not state how decisions are made.", None)
    assert found.is_quorate is False
    assert found.quorum.startswith("Not quorate: 0 of 24 present.")


def test_a_group_without_terms_has_no_verdict_at_all(cast: Cast) -> None:
    found = worth(decided(cast, opened(cast, cast.neighbours)))
    assert found.sentence == "These terms do not state how decisions are made."
    assert (found.is_quorate, found.quorum) == (None, "Executive Group had no terms of reference on that day.")


@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        ("    consent: no\n", "These terms do not state consent as a way to decide. Record the votes."),
        ("    consent: yes\n    inquorate: void\n", "No effect: taken while not quorate."),
    ],
)
def test_other_terms_are_worth_something_else(cast: Cast, now: str, sentence: str) -> None:
    decision = decided(cast, opened(cast, cast.elsewhere, "council"))
    terms = terms_in(text=amended("portsmouth/board", {"    consent: yes\n": now}))
    register = replace(register_of(meeting=decision.item.meeting), terms=terms)
    assert worth_of(decision, register=register, number=1).sentence == sentence
