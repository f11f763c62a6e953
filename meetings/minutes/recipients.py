"""Who receives the minutes, by the constitution's rule on documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from meetings.models import Meeting
from meetings.queries.recipients import Receiver, recipients_of
from partnership.rules.arrangements import Document
from partnership.rules.clauses import cited
from partnership.rules.plain_dates import counted

NOT_STATED = "These terms do not say who receives the minutes."


@dataclass(frozen=True, slots=True)
class MinutesGoTo:
    """Everybody who receives them, others in the words of the rule, and what says so."""

    people: tuple[Receiver, ...]
    others: tuple[str, ...]
    source: str

    @property
    def in_figures(self) -> str:
        """`17 people`."""
        return counted(len(self.people), "person", "people")


def minutes_go_to(*, meeting: Meeting, today: date) -> MinutesGoTo:
    """Whoever the terms name for minutes; where they are silent, whoever receives the agenda and papers.

    Nobody is named where they are silent on both: the minutes are then read on their page.
    """
    named = recipients_of(meeting=meeting, document=Document.MINUTES, today=today)
    if named is not None:
        return MinutesGoTo(named.people, named.others, f"Named by {cited(named.rule.clause)}.")
    instead = recipients_of(meeting=meeting, document=Document.AGENDA_AND_PAPERS, today=today)
    if instead is None:
        return MinutesGoTo((), (), NOT_STATED)
    source = f"{NOT_STATED} They go to those who receive the agenda and papers ({cited(instead.rule.clause)})."
    return MinutesGoTo(instead.people, instead.others, source)
