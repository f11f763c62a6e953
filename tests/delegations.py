"""A city with its executive and a committee, for tests of delegations: who may decide what for whom."""

from __future__ import annotations

from dataclasses import dataclass

from meetings.models import Decision, Delegation, Meeting
from meetings.operations import Basis, delegate, open_register, record_decision
from partnership.access import Role
from partnership.models import Board
from partnership.operations import admit_to_team
from tests.cast import LONG_AGO, TODAY, Cast, at, board_with_terms
from tests.pages.outcomes import item_on

CHANGED = "Every referral is answered within a day"
TRAINING = "The training programme, up to £5,000"
DECIDED = "PSCP Board of 10 March 2027, item 4"


@dataclass(frozen=True)
class City:
    """The board delegates to its executive; a committee's decision waits for the executive."""

    board: Board
    executive: Board
    committee: Board


def city_of(cast: Cast) -> City:
    """The Portsmouth groups, with a clerk who keeps the records of all three."""
    city = cast.elsewhere.partnership
    executive, _ = board_with_terms(cast.author, city, "portsmouth/executive-committee", name="Executive Committee")
    committee, _ = board_with_terms(cast.author, city, "portsmouth/learning-committee", name="Learning Committee")
    admit_to_team(
        person=cast.person("clerk"), role=Role.COORDINATOR, partnership=city, starts_on=LONG_AGO, by=cast.author
    )
    return City(cast.elsewhere, executive, committee)


def open_at(cast: Cast, board: Board) -> Meeting:
    return open_register(meeting=cast.meeting(board=board), at=at(9, 50), by=cast["clerk"])


def decided_at(cast: Cast, meeting: Meeting, basis: Basis, text: str = CHANGED) -> Decision:
    item = item_on(cast, meeting, title="Referrals")
    return record_decision(item=item, text=text, decided_at=at(10, 2), basis=basis, by=cast["clerk"])


def training_delegated(cast: Cast, city: City) -> Delegation:
    return delegate(
        given_by=city.board,
        given_to=city.executive,
        rule="delegation",
        functions=TRAINING,
        decided=DECIDED,
        starts_on=TODAY,
        ends_on=None,
        by=cast["clerk"],
    )
