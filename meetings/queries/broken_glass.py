"""What break-glass opens: one limited item or paper by its address, and its words for whoever opened it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from meetings.models import Action, AgendaItem, Decision, ItemRecord, Paper
from partnership.models import BreakGlass, Protection

ITEM_ADDRESSES = ("agenda_item", "agenda_item_access")
PAPER_ADDRESSES = ("paper", "paper_access")


@dataclass(frozen=True, slots=True)
class Opened:
    """The item that stands behind a limit, with its words; `paper` where a paper alone was opened."""

    item: AgendaItem
    paper: Paper | None
    papers: tuple[Paper, ...]
    record: ItemRecord | None
    decisions: tuple[Decision, ...]
    actions: tuple[Action, ...]


def limited_at(address: str) -> Protection | None:
    """The limited object that an address of the product leads to; None where there is none."""
    try:
        match = resolve(urlsplit(address.strip()).path)
    except (Resolver404, ValueError):
        return None
    at = match.kwargs
    if match.url_name in ITEM_ADDRESSES:
        found = AgendaItem.objects.filter(pk=at["item_id"], **_placed(at, "meeting"))
    elif match.url_name in PAPER_ADDRESSES:
        papers = Paper.objects.filter(uuid=at["uuid"], **_placed(at, "item__meeting"))
        paper = papers.select_related("protection", "item__protection").first()
        limits = () if paper is None else (paper.protection, paper.item.protection)
        return next((one for one in limits if one is not None and one.is_limited), None)
    else:
        return None
    item = found.select_related("protection").first()
    return item.protection if item is not None and item.protection and item.protection.is_limited else None


def opened_by(glass: BreakGlass) -> Opened:
    """What that opening shows, whoever its person is otherwise: their right to it was asked before."""
    paper = Paper.objects.filter(protection=glass.protection_id).select_related("item__meeting__board").first()
    items = AgendaItem.objects.select_related("meeting__board__partnership")
    if paper is not None:
        return Opened(items.get(pk=paper.item_id), paper, (paper,), None, (), ())
    item = items.get(protection=glass.protection_id)
    return Opened(
        item=item,
        paper=None,
        papers=tuple(item.papers.filter(protection=None, withdrawn_at=None).order_by("uploaded_at", "pk")),
        record=ItemRecord.objects.filter(item=item).first(),
        decisions=tuple(Decision.objects.filter(item=item).order_by("decided_at", "pk")),
        actions=tuple(Action.objects.filter(item=item).select_related("partnership", "owner").order_by("number")),
    )


def _placed(at: dict[str, str], meeting: str) -> dict[str, str]:
    return {
        f"{meeting}__board__slug": at["board_slug"],
        f"{meeting}__board__partnership__slug": at["partnership_slug"],
    }
