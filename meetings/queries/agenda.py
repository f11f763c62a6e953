"""The agenda of a meeting as far as a person may see it, and what its constitution says of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from meetings.models import AgendaItem, AgendaPublication, ItemKind, Meeting, Paper
from partnership import access
from partnership.models import HandlingMark, Obligation
from partnership.models.handling import highest
from partnership.obligations.causes import key_of
from partnership.queries import constitution_in_force, terms_of
from partnership.rules.arrangements import StandingItem
from partnership.rules.deadlines.due_dates import Due
from partnership.rules.meeting_kinds import MeetingKind as KindInTerms

# The duty of a constitution that publishing an agenda meets.
PAPERS = "papers"
FIRST_VERSION = 1


@dataclass(frozen=True, slots=True)
class Gap:
    """An item that is there and not the reader's to know of: its number, and whether a bar keeps them from it."""

    number: int
    is_barred: bool
    is_published: bool

    @property
    def words(self) -> str:
        """All that is said of it."""
        if self.is_barred:
            return f"You declared an interest in item {self.number}"
        return f"Item {self.number} is limited to named members"


@dataclass(frozen=True, slots=True)
class ItemOnAgenda:
    """One item with its number and its papers; `added_later` when it came with a supplement.

    `lacks_papers` when it has papers that are not the reader's to know of: which, and how many, is not told.
    """

    item: AgendaItem
    number: int
    papers: tuple[Paper, ...]
    lacks_papers: bool = False

    @property
    def mark(self) -> HandlingMark | None:
        """The highest of the item and its papers."""
        return highest([self.item.mark, *(paper.mark for paper in self.papers)])

    @property
    def is_limited(self) -> bool:
        """Whether it, or a paper at it, is limited to named readers."""
        before = [self.item.protection, *(paper.protection for paper in self.papers)]
        return any(one is not None and one.is_limited for one in before)

    @property
    def added_later(self) -> bool:
        publication = self.item.published_in
        return publication is not None and publication.version > FIRST_VERSION


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a person may see of an agenda. Items are numbered without the drafts of others, and as for everybody else:
    an item that is not theirs to know of is a gap of its number.
    """

    meeting: Meeting
    items: tuple[ItemOnAgenda, ...]
    publications: tuple[AgendaPublication, ...]
    gaps: tuple[Gap, ...] = ()

    @property
    def mark(self) -> HandlingMark | None:
        """The mark of all that its reader sees: the highest."""
        return highest(each.mark for each in self.items)

    @property
    def in_order(self) -> list[ItemOnAgenda | Gap]:
        """Items and gaps by their numbers."""
        return sorted([*self.items, *self.gaps], key=lambda each: each.number)

    @property
    def size(self) -> int:
        """How many items the meeting has, gaps among them."""
        return len(self.items) + len(self.gaps)

    @property
    def is_sent(self) -> bool:
        """Whether anything that was published is still on it."""
        return any(each.item.published_in_id is not None for each in self.items) or any(
            gap.is_published for gap in self.gaps
        )

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


@dataclass(frozen=True, slots=True)
class Unpublished:
    """The items and papers that no publication carries yet."""

    items: tuple[AgendaItem, ...]
    papers: tuple[Paper, ...]

    @property
    def mark(self) -> str:
        """Stands for exactly this: another item, another paper or other words of an item give another mark."""
        items = [f"{item.pk}.{item.version}" for item in self.items]
        return " ".join([*items, "papers", *(str(paper.pk) for paper in self.papers)])


def agenda_of(*, meeting: Meeting, user: access.Asker, today: date) -> Agenda:
    """The agenda as that person may see it on that date. Three queries, however long it is."""
    listed = AgendaItem.objects.listed_for(user, today).in_order().filter(meeting=meeting)
    papers = Paper.objects.listed_for(user, today).in_order().filter(item__meeting=meeting)
    publications = access.visible(AgendaPublication.objects.filter(meeting=meeting), to=user, on=today)
    by_item = _by_item(papers.select_related("published_in", "protection", "mark"))
    numbered = list(enumerate(listed.select_related("published_in", "protection", "mark"), start=1))
    return Agenda(
        meeting=meeting,
        items=tuple(_open_item(item, number, by_item.get(item.pk, ())) for number, item in numbered if item.is_open),
        publications=tuple(publications.order_by("version")),
        gaps=tuple(gap_of(item, number) for number, item in numbered if not item.is_open),
    )


def gap_of(item: AgendaItem, number: int) -> Gap:
    """What may be told of a listed item that is not open."""
    return Gap(number, item.is_barred, item.published_in_id is not None)


def _open_item(item: AgendaItem, number: int, papers: Collection[Paper]) -> ItemOnAgenda:
    readable = tuple(paper for paper in papers if paper.is_open)
    return ItemOnAgenda(item, number, readable, lacks_papers=len(readable) < len(papers))


def numbers_of(*, meeting: Meeting, user: access.Asker, today: date) -> dict[int, int]:
    """The number of each item of the meeting's agenda that the person may know to be there, by its id. One query."""
    listed = AgendaItem.objects.listed_for(user, today).in_order().filter(meeting=meeting)
    return {pk: number for number, pk in enumerate(listed.values_list("pk", flat=True), start=1)}


def item_at(*, meeting: Meeting, number: int, user: access.Asker, today: date) -> AgendaItem:
    """The item of that id on the meeting's agenda. Raises Http404 when there is none that the person may see."""
    items = AgendaItem.objects.filter(withdrawn_at=None)
    return access.get_visible_or_404(items, user, today, meeting=meeting, pk=number)


def paper_at(*, meeting: Meeting, uuid: UUID, user: access.Asker, today: date) -> Paper:
    """The meeting's paper of that name, also one withdrawn. Raises Http404 when the person may see none."""
    papers = Paper.objects.select_related("item__protection", "protection", "published_in")
    return access.get_visible_or_404(papers, user, today, item__meeting=meeting, uuid=uuid)


def unpublished(*, meeting: Meeting) -> Unpublished:
    """What would go out now."""
    items = AgendaItem.objects.in_order().filter(meeting=meeting, published_in=None)
    papers = Paper.objects.in_order().filter(item__meeting=meeting, item__withdrawn_at=None, published_in=None)
    return Unpublished(tuple(items), tuple(papers))


def publication_stands() -> Q:
    """The condition that of a publication something is left: of its items, where it brought items, and of its papers,
    where it brought papers.
    """
    items = AgendaItem.objects.filter(published_in=OuterRef("pk"))
    papers = Paper.objects.filter(published_in=OuterRef("pk"))
    items_stand = Exists(items.filter(withdrawn_at=None)) | ~Exists(items)
    papers_stand = Exists(papers.filter(withdrawn_at=None)) | ~Exists(papers)
    return items_stand & papers_stand


def standing_items_for(*, meeting: Meeting) -> list[StandingItem]:
    """What the constitution of the meeting's day puts on the agenda of a meeting of that kind, in its order."""
    constitution = constitution_in_force(board=meeting.board, on=meeting.on)
    if constitution is None:
        return []
    kind = KindInTerms(meeting.get_kind_display().lower())
    return [rule for rule in terms_of(constitution=constitution).standing_items if rule.when.covers(kind)]


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
