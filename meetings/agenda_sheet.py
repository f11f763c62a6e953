"""What the sheet of an agenda says, as plain values that go to JSON and back, and how it is drawn up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from meetings.models import Meeting, MeetingKind, Paper
from meetings.queries.agenda import Gap, ItemOnAgenda, agenda_of
from partnership import access
from partnership.clock import LONDON
from partnership.models.handling import highest
from partnership.rules.plain_dates import counted, listed, long_date, plain_date, plain_length, plain_time, short_date

FORMAT = 1


class UnknownSheet(ValueError):
    """The values are not those of an agenda's sheet in a format that this version reads."""


@dataclass(frozen=True, slots=True)
class SheetHeading:
    """Whose meeting, when and where; `kind` is empty for an ordinary one."""

    partnership: str
    board: str
    short_name: str
    kind: str
    day: str
    date: str
    times: str
    place: str


@dataclass(frozen=True, slots=True)
class SheetItem:
    """One item. `facts` says how long it takes and who leads it, `added` when it came with a supplement.

    `gap` stands in place of all else where the item is not the reader's to know of.
    """

    number: int
    title: str
    kind: str
    facts: str
    purpose: str
    added: str
    papers: tuple[str, ...]
    gap: str = ""


@dataclass(frozen=True, slots=True)
class AgendaContent:
    """All that the sheet says. `edition` is empty for a draft.

    `items_shown` and `papers_named` are the ids of what its reader must be able to read; they are not part of what it
    says.
    """

    heading: SheetHeading
    summary: str
    items: tuple[SheetItem, ...]
    edition: str = ""
    mark: str = ""
    items_shown: tuple[int, ...] = field(default=(), compare=False)
    papers_named: tuple[int, ...] = field(default=(), compare=False)

    @property
    def is_draft(self) -> bool:
        return not self.edition

    def to_json(self) -> dict[str, Any]:
        """As values that JSON knows."""
        said = asdict(self)
        del said["items_shown"], said["papers_named"]
        return {"format": FORMAT, **said}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> AgendaContent:
        """The sheet that `to_json` wrote. Raises UnknownSheet."""
        if values.get("format") != FORMAT:
            raise UnknownSheet(f"This agenda is in format {values.get('format')}; this version reads {FORMAT}.")
        try:
            return cls(
                heading=SheetHeading(**values["heading"]),
                summary=values["summary"],
                items=tuple(SheetItem(**{**each, "papers": tuple(each["papers"])}) for each in values["items"]),
                edition=values["edition"],
                mark=values.get("mark", ""),
            )
        except (KeyError, TypeError) as wrong:
            raise UnknownSheet("This agenda is incomplete or was changed.") from wrong


def agenda_content(
    *, meeting: Meeting, user: access.Asker, today: date, is_draft: bool = False
) -> AgendaContent | None:
    """The agenda as published; with `is_draft` as it stands, as far as the user may see that. Three queries.

    None where nothing is published yet: there is no agenda but a draft.
    """
    agenda = agenda_of(meeting=meeting, user=user, today=today)
    latest = agenda.publications[-1] if agenda.publications else None
    if latest is None and not is_draft:
        return None
    in_order = [each for each in agenda.in_order if is_draft or _is_published(each)]
    shown = [each for each in in_order if isinstance(each, ItemOnAgenda)]
    items = tuple(_line(each, number, is_draft=is_draft) for number, each in enumerate(in_order, start=1))
    edition = ""
    if latest is not None and not is_draft:
        edition = f"Version {latest.version}, sent {plain_date(latest.published_at.astimezone(LONDON).date())}"
    return AgendaContent(
        heading=_heading(meeting),
        summary=_summary(shown, items),
        items=items,
        edition=edition,
        mark=marked.words if (marked := highest(each.mark for each in shown)) else "",
        items_shown=tuple(each.item.pk for each in shown),
        papers_named=tuple(paper.pk for each in shown for paper in each.papers),
    )


def _is_published(each: ItemOnAgenda | Gap) -> bool:
    return each.is_published if isinstance(each, Gap) else each.item.published_in_id is not None


def _line(each: ItemOnAgenda | Gap, number: int, *, is_draft: bool) -> SheetItem:
    if isinstance(each, Gap):
        return SheetItem(number, "", "", "", "", "", (), gap=replace(each, number=number).words)
    return _item(each, number, is_draft=is_draft)


def _heading(meeting: Meeting) -> SheetHeading:
    ends = f" to {plain_time(meeting.ends_at)}" if meeting.ends_at else ""
    return SheetHeading(
        partnership=meeting.board.partnership.name,
        board=meeting.board.name,
        short_name=meeting.board.short_name,
        kind="" if meeting.kind == MeetingKind.ORDINARY else meeting.get_kind_display(),
        day=long_date(meeting.on),
        date=plain_date(meeting.on),
        times=f"{plain_time(meeting.starts_at)}{ends}",
        place=meeting.place,
    )


def _item(each: ItemOnAgenda, number: int, *, is_draft: bool) -> SheetItem:
    item = each.item
    added = ""
    if each.added_later and item.published_in is not None:
        added = f"Added {short_date(item.published_in.published_at.astimezone(LONDON).date())}"
    facts = [plain_length(item.minutes)] if item.minutes else []
    return SheetItem(
        number=number,
        title=item.title,
        kind=item.get_kind_display(),
        facts=", ".join([*facts, item.lead] if item.lead else facts),
        purpose=item.purpose,
        added=added,
        papers=tuple(_paper(paper) for paper in each.papers if is_draft or paper.published_in_id is not None),
    )


def _paper(paper: Paper) -> str:
    pages = f", {counted(paper.pages, 'page')}" if paper.pages else ""
    return f"{paper.title} ({paper.get_format_display()}{pages})"


def _summary(shown: list[ItemOnAgenda], items: tuple[SheetItem, ...]) -> str:
    """`9 items, 2 hours 20 minutes. For decision: items 3, 5 and 8.`"""
    if not items:
        return "There is nothing on the agenda yet."
    # With an item left out, how long all of them take is not told: the rest would say how long it is.
    minutes = sum(each.item.minutes or 0 for each in shown) if len(shown) == len(items) else 0
    words = counted(len(items), "item") + (f", {plain_length(minutes)}" if minutes else "")
    numbers = [item.number for item in items if not item.gap]
    at = [str(number) for number, each in zip(numbers, shown, strict=True) if each.item.kind == "decision"]
    decisions = f" For decision: {'item' if len(at) == 1 else 'items'} {listed(at)}." if at else ""
    return f"{words}.{decisions}"
