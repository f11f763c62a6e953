"""Meetings: their agendas and papers, registers, decisions, minutes, actions, and the documents made of them."""

from meetings.models.action import Action, ActionStatus, ActionUpdate
from meetings.models.agenda import AgendaItem, AgendaPublication, ItemKind, ItemRecord
from meetings.models.attendance import (
    ATTENDED,
    Attendance,
    AttendsAs,
    DeputyStanding,
    Mode,
    Presence,
    PresentAs,
    Recorded,
    Withdrawal,
)
from meetings.models.calendar_answer import AnswerOutcome, CalendarAnswer, CalendarProgram, CalendarSays
from meetings.models.calendar_feed import CalendarFeed
from meetings.models.confidentiality import (
    ConfidentialityAgreement,
    ConfidentialitySignature,
    SignatureCorrection,
    signer_key,
)
from meetings.models.delegation import BoardAnswer, Delegation
from meetings.models.document import OWN_SHEETS, Document, DocumentKind, DocumentState
from meetings.models.meeting import (
    Call,
    Determination,
    Meeting,
    MeetingKind,
    MeetingStatus,
    Reply,
    ReplyAnswer,
)
from meetings.models.minutes import Decision, Manner, Minutes
from meetings.models.paper import Paper, PaperFormat

__all__ = [
    "ATTENDED",
    "OWN_SHEETS",
    "Action",
    "ActionStatus",
    "ActionUpdate",
    "AgendaItem",
    "AgendaPublication",
    "AnswerOutcome",
    "Attendance",
    "AttendsAs",
    "BoardAnswer",
    "CalendarAnswer",
    "CalendarFeed",
    "CalendarProgram",
    "CalendarSays",
    "Call",
    "ConfidentialityAgreement",
    "ConfidentialitySignature",
    "Decision",
    "Delegation",
    "DeputyStanding",
    "Determination",
    "Document",
    "DocumentKind",
    "DocumentState",
    "ItemKind",
    "ItemRecord",
    "Manner",
    "Meeting",
    "MeetingKind",
    "MeetingStatus",
    "Minutes",
    "Mode",
    "Paper",
    "PaperFormat",
    "Presence",
    "PresentAs",
    "Recorded",
    "Reply",
    "ReplyAnswer",
    "SignatureCorrection",
    "Withdrawal",
    "signer_key",
]
