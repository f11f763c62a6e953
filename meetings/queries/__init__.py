"""What can be asked of meetings and their registers."""

from meetings.queries.actions import PossibleOwner, action_at, actions_on, actions_owned_by, possible_owners
from meetings.queries.agenda import Agenda, ItemOnAgenda, agenda_of, papers_due
from meetings.queries.calendar import meeting_at, meetings_to_come, past_meetings, upcoming_meetings
from meetings.queries.course import ItemTaken, course_of
from meetings.queries.history import history_of_meeting, history_of_register
from meetings.queries.outcomes import RecordedItem, record_of
from meetings.queries.register import Register, RegisterRow, RepliedSeat, register_of, registers_of, replies_to

__all__ = [
    "Agenda",
    "ItemOnAgenda",
    "ItemTaken",
    "PossibleOwner",
    "RecordedItem",
    "Register",
    "RegisterRow",
    "RepliedSeat",
    "action_at",
    "actions_on",
    "actions_owned_by",
    "agenda_of",
    "course_of",
    "history_of_meeting",
    "history_of_register",
    "meeting_at",
    "meetings_to_come",
    "papers_due",
    "past_meetings",
    "possible_owners",
    "record_of",
    "register_of",
    "registers_of",
    "replies_to",
    "upcoming_meetings",
]
