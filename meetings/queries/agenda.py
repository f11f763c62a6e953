"""The agenda of a meeting as far as a person may see it, and what its constitution says of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from meetings.models import AgendaItem, AgendaPublication, ItemKind, Meeting, Paper
from partnership import access
from partnership.models import Obligation
from partnership.obligations.causes import key_of
from partnership.queries import terms_of
from partnership.rules.deadlines.due_dates import Due

# The duty of a constitution that publishing an agenda meets.
PAPERS = "papers"
FIRST_VERSION = 1


@dataclass(frozen=True, slots=True)
class ItemOnAgenda:
    """One item with its number and its papers; `added_later` when it came with a supplement."""

    item: AgendaItem
    number: int
    papers: tuple[Paper, ...]

    @property
    def added_later(self) -> bool:
        publication = self.item.published_in
        return publication is not None and publication.version > FIRST_VERSION


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a person may see of an agenda. Items are numbered as that person sees them: without the drafts of others."""

    meeting: Meeting
    items: tuple[ItemOnAgenda, ...]
    publications: tuple[AgendaPublication, ...]

    @property
    def minutes_in_all(self) -> int:
        return sum(each.item.minutes or 0 for each in self.items)

    @property
    def pages_in_all(self) -> int:
        return sum(paper.pages or 0 for each in self.items for paper in each.papers)

    @property
    def decisions(self) -> tuple[int, ...]:
        """The numbers of the items for decision."""
        return tuple(each.number for each in self.items if each.item.kind == ItemKind.DECISION)


def agenda_of(*, meeting: Meeting, user: access.Asker, today: date) -> Agenda:
    """The agenda as that person may see it on that date. Three queries, however long it is."""
    items = AgendaItem.objects.visible_to(user, today).in_order().filter(meeting=meeting)
    papers = Paper.objects.visible_to(user, today).in_order().filter(item__meeting=meeting)
    publications = access.visible(AgendaPublication.objects.filter(meeting=meeting), to=user, on=today)
    by_item = _by_item(papers.select_related("published_in"))
    return Agenda(
        meeting=meeting,
        items=tuple(
            ItemOnAgenda(item, number, tuple(by_item.get(item.pk, ())))
            for number, item in enumerate(items.select_related("published_in"), start=1)
        ),
        publications=tuple(publications.order_by("version")),
    )


def papers_due(*, meeting: Meeting) -> Due | None:
    """When the agenda and papers of the meeting fall due, by its obligation; None where no duty says so."""
    cause_type, cause_id = key_of(meeting)
    hanging = Obligation.objects.filter(cause_type=cause_type, cause_id=cause_id, duty=PAPERS, cancelled_at=None)
    obligation = hanging.select_related("constitution").first()
    if obligation is None:
        return None
    rule = next(rule for rule in terms_of(constitution=obligation.constitution).deadlines if rule.id == obligation.duty)
    return Due(rule=rule, anchor_on=meeting.on, on=obligation.due_on)


def _by_item(papers: Iterable[Paper]) -> dict[int, list[Paper]]:
    grouped: dict[int, list[Paper]] = {}
    for paper in papers:
        grouped.setdefault(paper.item_id, []).append(paper)
    return grouped
