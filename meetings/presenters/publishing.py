"""What goes out when an agenda is published, to whom, and whether it is on time: the page to check first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from meetings.presenters.agenda import agenda_href, due_words, paper_facts, papers_words
from meetings.presenters.words import when
from meetings.queries import Agenda, Recipients, Unpublished
from partnership.rules.clauses import Clause, cited
from partnership.rules.deadlines.due_dates import Due
from partnership.rules.plain_dates import counted, long_date


@dataclass(frozen=True, slots=True)
class WhoReceives:
    """The people whom the rule names, as "Elena Marsh, Portsmouth City Council", and how many they are."""

    count: str
    people: tuple[str, ...]
    vacant: tuple[str, ...]
    others: tuple[str, ...]
    source: str
    clause: Clause


@dataclass(frozen=True, slots=True)
class CheckPage:
    """The page on which a publisher checks what goes out."""

    board: str
    when: str
    href: str
    version: str
    items: tuple[str, ...]
    papers: tuple[str, ...]
    papers_in_all: str
    due: str
    late: str
    receivers: WhoReceives | None
    mark: str

    @property
    def is_empty(self) -> bool:
        return not self.items and not self.papers


def check_page(
    agenda: Agenda, drafts: Unpublished, *, due: Due | None, recipients: Recipients | None, today: date
) -> CheckPage:
    """What would go out now; of what is not the publisher's to know of, that it goes out, too."""
    numbers = {each.item.pk: each.number for each in agenda.items}
    theirs = {paper.pk for each in agenda.items for paper in each.papers}
    papers = sorted((one for one in drafts.papers if one.pk in theirs), key=lambda paper: numbers[paper.item_id])
    items = [f"{numbers[item.pk]}. {item.title}" for item in drafts.items if item.pk in numbers]
    items += [gap.words for gap in agenda.gaps if not gap.is_published]
    return CheckPage(
        board=agenda.meeting.board.name,
        when=when(agenda.meeting),
        href=agenda_href(agenda.meeting),
        version=_version(agenda),
        items=tuple(items),
        papers=tuple(f"{paper.title} ({paper_facts(paper)}), item {numbers[paper.item_id]}" for paper in papers),
        papers_in_all=papers_words(papers),
        due=due_words(due, today=today, is_sent=agenda.is_sent).sentence if due else "",
        late=_late(due, today),
        receivers=_who_receives(recipients) if recipients else None,
        mark=drafts.mark,
    )


def _version(agenda: Agenda) -> str:
    if not agenda.publications:
        return "The first version of this agenda"
    return f"Version {agenda.publications[-1].version + 1}, a supplement to what was sent before"


def _late(due: Due | None, today: date) -> str:
    """Why a reason is asked for; empty while the agenda is on time."""
    if due is None or today <= due.on:
        return ""
    return (
        f"It was due by {long_date(due.on)}, {counted((today - due.on).days, 'day')} ago. The record keeps your reason."
    )


def _who_receives(recipients: Recipients) -> WhoReceives:
    clause = recipients.rule.clause
    return WhoReceives(
        count=counted(len(recipients.people), "person", "people"),
        people=tuple(f"{each.name}, {each.seat}" for each in recipients.people),
        vacant=recipients.vacant,
        others=recipients.others,
        source=cited(clause),
        clause=clause,
    )
