"""What a board's meetings give to tell, each to the right people: invitations, papers, minutes, actions."""

from meetings.announcements.actions import ACTION_AGREED
from meetings.announcements.invitations import CALLED, CANCELLED, MOVED
from meetings.announcements.kinds import WORDED
from meetings.announcements.minutes import MINUTES_SENT
from meetings.announcements.papers import PAPERS_PUBLISHED
from partnership.obligations import wordings
from partnership.obligations.announcements import enter

KINDS = (CALLED, MOVED, CANCELLED, PAPERS_PUBLISHED, MINUTES_SENT, ACTION_AGREED)

__all__ = ["ACTION_AGREED", "CALLED", "CANCELLED", "MINUTES_SENT", "MOVED", "PAPERS_PUBLISHED", "enter_kinds"]


def enter_kinds() -> None:
    """Make them known to the outbox, and how they are worded."""
    for kind in KINDS:
        enter(kind)
    wordings.enter(*WORDED)
