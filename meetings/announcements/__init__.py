"""What a board's meetings give to tell, each to the right people: invitations, papers, minutes, actions."""

from meetings.announcements.actions import ACTION_AGREED
from meetings.announcements.invitations import CALLED, CANCELLED, MOVED
from meetings.announcements.minutes import MINUTES_SENT
from meetings.announcements.papers import PAPERS_PUBLISHED

KINDS = (CALLED, MOVED, CANCELLED, PAPERS_PUBLISHED, MINUTES_SENT, ACTION_AGREED)

__all__ = ["ACTION_AGREED", "CALLED", "CANCELLED", "KINDS", "MINUTES_SENT", "MOVED", "PAPERS_PUBLISHED"]
