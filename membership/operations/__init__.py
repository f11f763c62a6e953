"""What is done to agencies, seats and appointments. Every act names who did it."""

from membership.operations.agencies import (
    AgencyNameTaken,
    add_alias,
    call_agency,
    enter_agency,
    enter_grade_ladder,
    list_relevant_agency,
    rename_agency,
)
from membership.operations.appointments import (
    AlreadyEnded,
    OutsideTheSeat,
    SeatTaken,
    appoint,
    declare_authority,
    end_appointment,
    hand_over,
    name_deputy,
)
from membership.operations.seats import (
    SeatStillHeld,
    abolish_seat,
    add_seat,
    arrange_seats,
    bring_into_force,
)
from membership.operations.standings import drop_standings, keep_standings

__all__ = [
    "AgencyNameTaken",
    "AlreadyEnded",
    "OutsideTheSeat",
    "SeatStillHeld",
    "SeatTaken",
    "abolish_seat",
    "add_alias",
    "add_seat",
    "appoint",
    "arrange_seats",
    "bring_into_force",
    "call_agency",
    "declare_authority",
    "drop_standings",
    "end_appointment",
    "enter_agency",
    "enter_grade_ladder",
    "hand_over",
    "keep_standings",
    "list_relevant_agency",
    "name_deputy",
    "rename_agency",
]
