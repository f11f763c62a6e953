"""What minutes say of the quorum of a whole meeting, and of a decision: to the letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from partnership.rules.clauses import Clause, cited
from partnership.rules.decisions.minuted import minuted_sentence
from partnership.rules.quorum.timeline import Span, timeline
from partnership.rules.quorum.whole_meeting import (
    is_quorate_throughout,
    times_without_quorum,
    whole_meeting_sentence,
)
from tests.rules.boards import COUNCIL, ICB, POLICE, body, clock, here, in_seats, isle_of_wight, others, people, timed

LONDON = ZoneInfo("Europe/London")
TEN, NOON = clock(10), clock(12)


def island(*, members: int = 8, police_until: datetime | None = None) -> tuple[Span, ...]:
    """The island's board: chair, scrutineer, the three partners and so many others."""
    police = replace(in_seats(POLICE)[0], here=here(TEN, police_until))
    rest = [replace(one, here=here(TEN)) for one in (*in_seats("chair", "scrutineer", COUNCIL, ICB), *others(members))]
    return timeline(isle_of_wight(), timed(*rest, police, opened=TEN, closed=NOON))


def test_quorate_throughout_tells_why() -> None:
    spans = island()
    assert whole_meeting_sentence(spans, LONDON) == "Quorate throughout: 13 of 24 members present (12 needed)."
    assert is_quorate_throughout(spans) is True
    assert times_without_quorum(spans, LONDON) == ""


def test_a_gap_is_told_with_its_times_and_its_reason() -> None:
    spans = island(police_until=clock(11))
    told = whole_meeting_sentence(spans, LONDON)
    assert told == (
        "Not quorate from 11am to midday: Hampshire Constabulary was not represented. "
        "Quorate for the rest of the meeting."
    )
    assert is_quorate_throughout(spans) is False
    assert times_without_quorum(spans, LONDON) == "from 11am to midday"


def test_never_quorate_says_how_near_it_came() -> None:
    told = whole_meeting_sentence(island(members=2), LONDON)
    assert told == "Not quorate at any time: 7 of 24 present. 5 more members needed."


def test_terms_without_a_quorum_say_so() -> None:
    spans = timeline(body(rules=[]), timed(people(3), opened=TEN, closed=NOON))
    assert whole_meeting_sentence(spans, LONDON) == "These terms state no quorum; 3 were present."
    assert is_quorate_throughout(spans) is None


@pytest.mark.parametrize(
    ("ref", "told"),
    [
        ("d", "clause d"),
        ("u, v, w", "clauses u, v, w"),
        ("Support 3", "Support 3"),
        ("4.1", "4.1"),
        ("10", "clause 10"),
        ("y; Groups", "clause y; Groups"),
    ],
)
def test_a_clause_is_cited_as_people_do(ref: str, told: str) -> None:
    assert cited(Clause(ref, "")) == told
    assert Clause(ref, "").citation == told[:1].upper() + told[1:]


CONSENT = Clause("u", "By consent.")


@pytest.mark.parametrize(
    ("verdict", "clause", "is_quorate", "told"),
    [
        ("Agreed by consent.", CONSENT, True, "Agreed by consent (clause u) at 10:21am, while quorate."),
        ("Agreed by consent.", CONSENT, None, "Agreed by consent (clause u) at 10:21am."),
        (
            "Provisional: taken while not quorate.",
            CONSENT,
            False,
            "Agreed by consent (clause u) at 10:21am. Provisional: taken while not quorate.",
        ),
        ("Nothing is stated.", None, True, "Agreed by consent at 10:21am, while quorate. Nothing is stated."),
        ("Nothing is stated.", None, False, "Agreed by consent at 10:21am, while not quorate. Nothing is stated."),
    ],
)
def test_a_decision_as_minuted(verdict: str, clause: Clause | None, *, is_quorate: bool | None, told: str) -> None:
    assert minuted_sentence(verdict, clause, at=time(10, 21), is_quorate=is_quorate) == told
