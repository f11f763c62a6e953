"""Meetings and their registers."""

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
from meetings.models.meeting import (
    Call,
    Determination,
    Meeting,
    MeetingKind,
    MeetingStatus,
    Reply,
    ReplyAnswer,
)

__all__ = [
    "ATTENDED",
    "Attendance",
    "AttendsAs",
    "Call",
    "DeputyStanding",
    "Determination",
    "Meeting",
    "MeetingKind",
    "MeetingStatus",
    "Mode",
    "Presence",
    "PresentAs",
    "Recorded",
    "Reply",
    "ReplyAnswer",
    "Withdrawal",
]
