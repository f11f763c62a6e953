"""What can be asked of meetings and their registers."""

from meetings.queries.calendar import meeting_at, meetings_to_come, past_meetings, upcoming_meetings
from meetings.queries.history import history_of_meeting, history_of_register
from meetings.queries.register import Register, RegisterRow, RepliedSeat, register_of, replies_to

__all__ = [
    "Register",
    "RegisterRow",
    "RepliedSeat",
    "history_of_meeting",
    "history_of_register",
    "meeting_at",
    "meetings_to_come",
    "past_meetings",
    "register_of",
    "replies_to",
    "upcoming_meetings",
]
