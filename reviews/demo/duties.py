"""The clocks of the demonstration: the practices that the city's board keeps, and what the coming year asks."""

from __future__ import annotations

from partnership.obligations.features import plan_all
from partnership.obligations.kept_rules import switch_practice
from reviews.demo.stage import Stage

BOARD = "portsmouth/board"
PRACTICES = ("appointment-ending", "vacancy")


def keep_duties(stage: Stage) -> None:
    """Switch two local practices on, and enter what falls due in the coming year."""
    for practice in PRACTICES:
        switch_practice(board=stage.boards[BOARD], duty=practice, is_on=True, on=stage.today, by=stage.author)
    plan_all(by=stage.author)
