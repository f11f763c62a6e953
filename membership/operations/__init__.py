"""What is done to agencies, seats and appointments. Every act names who did it."""

from membership.operations.absences import (
    LeaveTwice,
    OutsideTheAppointment,
    SeatNotVacant,
    end_leave,
    grant_leave,
    leave_vacant,
)
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
    ReasonMissing,
    SeatTaken,
    appoint,
    confirm_may_commit,
    correct_appointment,
    end_appointment,
    follow_handovers,
    hand_over,
    name_deputy,
)
from membership.operations.deputies import declare_authority, move_deputy
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
    "LeaveTwice",
    "OutsideTheAppointment",
    "OutsideTheSeat",
    "ReasonMissing",
    "SeatNotVacant",
    "SeatStillHeld",
    "SeatTaken",
    "abolish_seat",
    "add_alias",
    "add_seat",
    "appoint",
    "arrange_seats",
    "bring_into_force",
    "call_agency",
    "confirm_may_commit",
    "correct_appointment",
    "declare_authority",
    "drop_standings",
    "end_appointment",
    "end_leave",
    "enter_agency",
    "enter_grade_ladder",
    "follow_handovers",
    "grant_leave",
    "hand_over",
    "keep_standings",
    "leave_vacant",
    "list_relevant_agency",
    "move_deputy",
    "name_deputy",
    "rename_agency",
]
