"""Terms that let the chair, or the manager, waive the sending of papers: no constitution that ships lets anybody."""

from __future__ import annotations

from membership.operations import bring_into_force
from partnership.models import Constitution
from tests.cast import TODAY, Cast, amended

PAPERS = """    reminders: [-14, -7, -3, -1, 0]
    recipients: [coordinator, manager]
    escalation: [{days: 1, to: [chair]}]
  - id: team-update"""
WAIVER = """    waiver:
      by: [%s]
      clause: {ref: "9.4", words: "For good reason the chair may do without papers."}
"""


def text_letting(*roles: str) -> str:
    """The island's terms, a version further, with that waiver."""
    changes = {"number: 2\n": "number: 3\n", PAPERS: WAIVER % ", ".join(roles) + PAPERS}
    return amended("isle-of-wight/main-board", changes)


def let_waive(cast: Cast, *roles: str) -> Constitution:
    """From now on these roles may waive the papers of meetings called on the island's board."""
    return bring_into_force(board=cast.board, text=text_letting(*roles), in_force_from=TODAY, by=cast.author)
