"""Every date that the terms hang on a meeting, to the day, on two boards whose terms differ."""

from __future__ import annotations

from datetime import date, time

import pytest

from meetings.models import Meeting, MeetingKind
from meetings.operations import cancel, move
from meetings.queries import dated_rules, obligations_of
from partnership.models import Board
from partnership.obligations.operations import meet_obligation
from tests.cast import TODAY, Cast

APRIL, LATER = date(2027, 4, 22), date(2027, 4, 29)


def dates(board: Board, on: date, kind: MeetingKind = MeetingKind.ORDINARY) -> dict[str, date | None]:
    return {each.rule.id: each.on for each in dated_rules(board=board, kind=kind, on=on, starts_at=time(10))}


def test_portsmouth_on_22_april(cast: Cast) -> None:
    assert dates(cast.elsewhere, APRIL) == {
        "reports": date(2027, 4, 1),
        "items": date(2027, 4, 8),
        "amendments": date(2027, 4, 15),
        "papers": date(2027, 4, 15),
        "reply": date(2027, 4, 19),
        "forecast": date(2027, 4, 19),
        "confidentiality": date(2027, 4, 22),
        "minutes": date(2027, 5, 6),
    }


def test_moved_to_29_april_each_moves_seven_days(cast: Cast) -> None:
    before, after = dates(cast.elsewhere, APRIL), dates(cast.elsewhere, LATER)
    moved = {rule: (after[rule] - on).days for rule, on in before.items() if on and after[rule]}  # type: ignore[operator]
    assert moved == dict.fromkeys(before, 7)
    assert [after[rule] for rule in ("reports", "items", "papers", "minutes")] == [
        date(2027, 4, 8),
        date(2027, 4, 15),
        date(2027, 4, 22),
        date(2027, 5, 13),
    ]


def test_the_isle_of_wight_on_17_march_has_no_report_deadline(cast: Cast) -> None:
    found = dates(cast.board, date(2027, 3, 17))
    assert (found["papers"], found["minutes-and-tracker"]) == (date(2027, 3, 10), date(2027, 3, 24))
    assert not {"reports", "items", "amendments", "minutes"} & found.keys()


def test_a_development_day_asks_for_no_papers(cast: Cast) -> None:
    assert "papers" not in dates(cast.elsewhere, APRIL, MeetingKind.DEVELOPMENT_DAY)


def test_beyond_the_known_bank_holidays_a_date_is_not_guessed(cast: Cast) -> None:
    far = date(2045, 4, 20)
    found = {
        each.rule.id: each
        for each in dated_rules(board=cast.elsewhere, kind=MeetingKind.ORDINARY, on=far, starts_at=time(10))
    }
    assert found["papers"].on == date(2045, 4, 13)
    assert found["forecast"].on is None
    assert "so working days cannot be counted there" in found["forecast"].why_undated


def test_without_terms_nothing_is_dated(cast: Cast) -> None:
    assert dates(cast.neighbours, APRIL) == {}


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return cast.meeting(on=APRIL, board=cast.elsewhere)


def test_what_is_kept_follows_the_meeting(cast: Cast, meeting: Meeting) -> None:
    meet_obligation(duty="papers", cause=meeting, on=TODAY, evidence="Agenda, version 1", by=cast.author)
    kept = obligations_of(meeting=meeting)
    assert {duty: one.due_on for duty, one in kept.items()} == {
        "papers": date(2027, 4, 15),
        "minutes": date(2027, 5, 6),
    }
    move(meeting=meeting, on=LATER, starts_at=time(10), reason="Room taken", by=cast.author)
    kept = obligations_of(meeting=meeting)
    assert {duty: (one.due_on, one.met_on) for duty, one in kept.items()} == {
        "papers": (date(2027, 4, 22), TODAY),
        "minutes": (date(2027, 5, 13), None),
    }
    cancel(meeting=Meeting.objects.get(pk=meeting.pk), reason="Snow", by=cast.author)
    assert set(obligations_of(meeting=meeting)) == {"papers"}, "what was met stays on the record"
