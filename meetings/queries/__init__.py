"""What can be asked of meetings and their registers."""

from meetings.queries.actions import (
    ItemBehind,
    PossibleOwner,
    action_at,
    actions_on,
    actions_owned_by,
    changes_of,
    item_behind,
    latest_updates,
    possible_owners,
    updates_of,
)
from meetings.queries.agenda import (
    Agenda,
    Gap,
    ItemOnAgenda,
    Unpublished,
    agenda_of,
    item_at,
    paper_at,
    papers_due,
    standing_items_for,
    unpublished,
)
from meetings.queries.calendar import (
    meeting_at,
    meetings_to_come,
    moved_from,
    next_meeting,
    past_meetings,
    upcoming_meetings,
)
from meetings.queries.course import ItemTaken, course_of
from meetings.queries.deadlines import DatedRule, dated_rules, notice_rules, obligations_of
from meetings.queries.history import course_of_events, history_of_meeting, history_of_register
from meetings.queries.outcomes import Recorded, RecordedItem, record_of, recorded_for
from meetings.queries.own_seats import OwnSeat, colleagues_of, own_seats
from meetings.queries.preparation import Preparation, latest_minutes, preparation_of
from meetings.queries.recipients import Receiver, Recipients, recipients_of
from meetings.queries.register import Register, RegisterRow, RepliedSeat, register_of, registers_of, replies_to

__all__ = [
    "Agenda",
    "DatedRule",
    "Gap",
    "ItemBehind",
    "ItemOnAgenda",
    "ItemTaken",
    "OwnSeat",
    "PossibleOwner",
    "Preparation",
    "Receiver",
    "Recipients",
    "Recorded",
    "RecordedItem",
    "Register",
    "RegisterRow",
    "RepliedSeat",
    "Unpublished",
    "action_at",
    "actions_on",
    "actions_owned_by",
    "agenda_of",
    "changes_of",
    "colleagues_of",
    "course_of",
    "course_of_events",
    "dated_rules",
    "history_of_meeting",
    "history_of_register",
    "item_at",
    "item_behind",
    "latest_minutes",
    "latest_updates",
    "meeting_at",
    "meetings_to_come",
    "moved_from",
    "next_meeting",
    "notice_rules",
    "obligations_of",
    "own_seats",
    "paper_at",
    "papers_due",
    "past_meetings",
    "possible_owners",
    "preparation_of",
    "recipients_of",
    "record_of",
    "recorded_for",
    "register_of",
    "registers_of",
    "replies_to",
    "standing_items_for",
    "unpublished",
    "upcoming_meetings",
    "updates_of",
]
