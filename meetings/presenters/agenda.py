"""An agenda in words: its items and papers, how long it takes, when it was due and when it was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse

from meetings.models import AgendaItem, AgendaPublication, ItemKind, Meeting, MeetingStatus, Paper
from meetings.operations import ItemValues
from meetings.presenters.words import minutes_words, when
from meetings.queries import Agenda, Gap, ItemOnAgenda
from partnership.clock import LONDON
from partnership.navigation import address_of
from partnership.rules.arrangements import StandingItem
from partnership.rules.clauses import Clause, cited
from partnership.rules.deadlines.due_dates import Due
from partnership.rules.deadlines.duty_sentences import sent_sentence
from partnership.rules.plain_dates import counted, listed, long_date, plain_date, plain_time, short_date

# Plain advice, no rule of any partnership: boards that take more than about fifteen items talk about few of them.
MOST_ITEMS = 15
KILOBYTE, MEGABYTE = 1024, 1024 * 1024


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper at an item. `state` is empty for one that came with the first publication."""

    id: int
    title: str
    href: str
    facts: str
    state: str
    is_draft: bool
    withdraw_href: str
    access_href: str
    is_limited: bool
    mark: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item. `facts` follows the kind: "5 minutes, Ros Tremayne, 8 pages". `focus` is the button just pressed.

    `gap` stands in place of all else where the item is not the reader's to know of; `lacks_papers` says so of papers.
    """

    id: int
    number: int
    title: str
    kind: str
    is_decision: bool
    facts: str
    purpose: str
    clause: str
    state: str
    is_draft: bool
    papers: tuple[PaperRow, ...]
    is_first: bool
    is_last: bool
    focus: str
    href: str
    gap: str = ""
    lacks_papers: bool = False
    readers: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class SentRow:
    """One publication: "Version 1", and "Sent on time on 15 April 2027 at 4:30pm."."""

    version: str
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class DueWords:
    """When the agenda is due, "Due by Thursday 15 April 2027 (clause n).", and the clause behind it."""

    sentence: str
    clause: Clause


@dataclass(frozen=True, slots=True)
class StandingWords:
    """What the constitution asks for and the agenda has not: titles with their clauses, in a sentence, on a button."""

    items: tuple[tuple[str, str], ...]
    said: str
    button: str


@dataclass(frozen=True, slots=True)
class ClashLine:
    """One word of an item on which two people differ."""

    label: str
    theirs: str
    yours: str


@dataclass(frozen=True, slots=True)
class AgendaPage:
    """Everything the pages of an agenda show."""

    board: str
    when: str
    href: str
    meeting_href: str
    documents_href: str
    items: tuple[ItemRow, ...]
    lead: str
    decisions: str
    time: str
    warning: str
    due: DueWords | None
    sent: tuple[SentRow, ...]
    drafts: str
    closed: str
    mark: str


def agenda_href(meeting: Meeting) -> str:
    """The address of the meeting's agenda."""
    return reverse("agenda", args=(*address_of(meeting.board), meeting.address))


def paper_href(meeting: Meeting, paper: Paper) -> str:
    """The address at which the paper is handed out."""
    return reverse("paper", args=(*address_of(meeting.board), meeting.address, paper.uuid))


def agenda_page(
    agenda: Agenda, *, due: Due | None, standing: list[StandingItem], today: date, moved: str = ""
) -> AgendaPage:
    """The agenda as its reader may see it; items that came from the constitution name their clause.

    `moved` is the item that was just moved and which way, as in `12-up`.
    """
    meeting = agenda.meeting
    at = (*address_of(meeting.board), meeting.address)
    clauses = {rule.id: cited(rule.clause) for rule in standing}
    last = agenda.size
    drafts = [each for each in agenda.items if each.item.published_in_id is None]
    draft_papers = [paper for each in agenda.items for paper in each.papers if paper.published_in_id is None]
    return AgendaPage(
        board=meeting.board.name,
        when=when(meeting),
        href=agenda_href(meeting),
        meeting_href=reverse("meeting", args=at),
        documents_href=reverse("documents", args=at),
        items=tuple(
            _gap_row(each)
            if isinstance(each, Gap)
            else _item_row(meeting, each, clauses.get(each.item.rule, ""), moved, is_last=each.number == last)
            for each in agenda.in_order
        ),
        lead=_lead(agenda),
        decisions=_decisions(agenda),
        time=_time(agenda),
        warning=_warning(last),
        due=due_words(due, today=today, is_sent=agenda.is_sent) if due else None,
        sent=tuple(sent_row(each, due) for each in agenda.publications),
        drafts=_drafts_words(len(drafts) + sum(not gap.is_published for gap in agenda.gaps), len(draft_papers)),
        closed=_closed(meeting),
        mark=agenda.mark.words if agenda.mark else "",
    )


def due_words(due: Due, *, today: date, is_sent: bool) -> DueWords:
    """`Due by Thursday 15 April 2027 (clause n).`, and by how much it is late while nothing was sent."""
    was_due = today > due.on
    sentence = f"{'It was due' if was_due else 'Due'} by {long_date(due.on)} ({cited(due.rule.clause)})."
    if today > due.on and not is_sent:
        sentence += f" It is {counted((today - due.on).days, 'day')} late."
    return DueWords(sentence, due.rule.clause)


def sent_words(publication: AgendaPublication, due: Due | None) -> str:
    """`Sent on time on 15 April 2027 at 4:30pm.`, `Sent 1 day late.`; where nothing says when, the moment alone."""
    at = publication.published_at.astimezone(LONDON)
    if due is None:
        return f"Sent on {plain_date(at.date())} at {plain_time(at.time())}."
    return sent_sentence(due, at.date(), at.time())


def sent_row(publication: AgendaPublication, due: Due | None) -> SentRow:
    """One publication in words, with the moment wherever its sentence leaves that out."""
    at = publication.published_at.astimezone(LONDON)
    moment = f"{plain_date(at.date())} at {plain_time(at.time())}"
    words = sent_words(publication, due)
    return SentRow(
        version=f"Version {publication.version}",
        words=words if moment in words else f"{words} Published on {moment}.",
        reason=publication.reason,
    )


def withdrawn_words(paper: Paper) -> str:
    """`This paper was withdrawn on 16 April 2027.`"""
    at = paper.withdrawn_at or paper.item.withdrawn_at
    return f"This paper was withdrawn on {plain_date(at.astimezone(LONDON).date())}." if at else ""


def papers_words(papers: list[Paper]) -> str:
    """`2 papers, 14 pages`, `1 paper`, `No papers`."""
    if not papers:
        return "No papers"
    pages = sum(paper.pages or 0 for paper in papers)
    words = counted(len(papers), "paper")
    return f"{words}, {counted(pages, 'page')}" if pages else words


def size_words(size: int) -> str:
    """`412 bytes`, `214KB`, `2.1MB`."""
    if size < KILOBYTE:
        return counted(size, "byte")
    if size < MEGABYTE:
        return f"{round(size / KILOBYTE)}KB"
    return f"{size / MEGABYTE:.1f}MB"


def paper_facts(paper: Paper) -> str:
    """`PDF, 8 pages, 214KB`; a Word document has no pages until it is laid out."""
    facts = [paper.get_format_display()]
    if paper.pages:
        facts.append(counted(paper.pages, "page"))
    return ", ".join([*facts, size_words(paper.size)])


def _item_row(meeting: Meeting, each: ItemOnAgenda, clause: str, moved: str, *, is_last: bool) -> ItemRow:
    item = each.item
    facts = [minutes_words(item.minutes)] if item.minutes else []
    facts += [item.lead] if item.lead else []
    pages = sum(paper.pages or 0 for paper in each.papers)
    facts += [counted(pages, "page")] if pages else []
    return ItemRow(
        id=item.pk,
        number=each.number,
        title=item.title,
        kind=item.get_kind_display(),
        is_decision=item.kind == ItemKind.DECISION,
        facts=", ".join(facts),
        purpose=item.purpose,
        clause=clause,
        state=_state(item.published_in),
        is_draft=item.published_in is None,
        papers=tuple(_paper_row(meeting, paper) for paper in each.papers),
        is_first=each.number == 1,
        is_last=is_last,
        focus=_focus(each, moved, is_last=is_last),
        href=reverse("agenda_item", args=(*address_of(meeting.board), meeting.address, item.pk)),
        lacks_papers=each.lacks_papers,
        readers=readers_words(item),
        mark=item.mark.label if item.mark else "",
    )


def readers_words(item: AgendaItem) -> str:
    """`Limited to named members`, for those who may read it; empty for an item that everybody may read."""
    if item.protection is None or not item.protection.is_limited:
        return ""
    return "Limited to named members, not the team" if item.protection.excludes_team else "Limited to named members"


def _gap_row(gap: Gap) -> ItemRow:
    return ItemRow(0, gap.number, "", "", False, "", "", "", "", False, (), True, True, "", "", gap=gap.words)


def _focus(each: ItemOnAgenda, moved: str, *, is_last: bool) -> str:
    """The button to focus: the one pressed or, at an end of the agenda, the one that is left."""
    if moved == f"{each.item.pk}-up":
        return "down" if each.number == 1 else "up"
    if moved == f"{each.item.pk}-down":
        return "up" if is_last else "down"
    return ""


def _paper_row(meeting: Meeting, paper: Paper) -> PaperRow:
    return PaperRow(
        id=paper.pk,
        title=paper.title,
        href=paper_href(meeting, paper),
        facts=paper_facts(paper),
        state=_state(paper.published_in),
        is_draft=paper.published_in is None,
        withdraw_href=reverse("paper_withdraw", args=(*address_of(meeting.board), meeting.address, paper.uuid)),
        access_href=reverse("paper_access", args=(*address_of(meeting.board), meeting.address, paper.uuid)),
        is_limited=paper.protection is not None and paper.protection.is_limited,
        mark=paper.mark.label if paper.mark else "",
    )


def _state(publication: AgendaPublication | None) -> str:
    """`Not published`, or `Added 16 April` for what came with a supplement."""
    if publication is None:
        return "Not published"
    if publication.version == 1:
        return ""
    return f"Added {short_date(publication.published_at.astimezone(LONDON).date())}"


def _lead(agenda: Agenda) -> str:
    """`9 items, 2 hours 20 minutes, 96 pages.`"""
    if not agenda.size:
        return ""
    facts = [counted(agenda.size, "item")]
    # With an item left out, how long all of them take is not told: the rest would say how long it is.
    if agenda.minutes_in_all and not agenda.gaps:
        facts.append(minutes_words(agenda.minutes_in_all))
    if agenda.pages_in_all:
        facts.append(counted(agenda.pages_in_all, "page"))
    return f"{', '.join(facts)}."


def _decisions(agenda: Agenda) -> str:
    if not agenda.decisions:
        return ""
    numbers = listed([str(number) for number in agenda.decisions])
    if len(agenda.decisions) == 1:
        return f"1 item needs a decision: {numbers}."
    return f"{len(agenda.decisions)} items need a decision: {numbers}."


def _time(agenda: Agenda) -> str:
    """When the items end at the pace they are given, against the end of the meeting."""
    meeting, minutes = agenda.meeting, agenda.minutes_in_all
    without = sum(each.item.minutes is None for each in agenda.items)
    if not agenda.items or agenda.gaps:
        return ""
    if not minutes:
        return "No item has been given a time."
    begins = datetime.combine(meeting.on, meeting.starts_at)
    ends = begins + timedelta(minutes=minutes)
    words = f"{minutes_words(minutes)} from {plain_time(meeting.starts_at)} ends at {plain_time(ends.time())}"
    if meeting.ends_at is not None:
        spare = datetime.combine(meeting.on, meeting.ends_at) - ends
        words += f", {_against_the_end(round(spare.total_seconds() / 60), plain_time(meeting.ends_at))}"
    untimed = f" {counted(without, 'item')} {'has' if without == 1 else 'have'} no time yet." if without else ""
    return f"{words}.{untimed}"


def _against_the_end(spare: int, ends: str) -> str:
    if spare == 0:
        return f"when the meeting ends at {ends}"
    return f"{minutes_words(abs(spare))} {'before' if spare > 0 else 'after'} the meeting ends at {ends}"


def _warning(items: int) -> str:
    if items <= MOST_ITEMS:
        return ""
    return f"{items} items are many for one meeting. Up to {MOST_ITEMS} leave time to talk about each."


def _drafts_words(items: int, papers: int) -> str:
    """`2 items and 1 paper are not published.`, or nothing."""
    parts = [counted(number, noun) for number, noun in ((items, "item"), (papers, "paper")) if number]
    if not parts:
        return ""
    return f"{listed(parts)} {'is' if items + papers == 1 else 'are'} not published."


def _closed(meeting: Meeting) -> str:
    if meeting.status == MeetingStatus.CANCELLED:
        return "This meeting was cancelled. Its agenda cannot be changed."
    if meeting.closed_at is not None:
        return "The register of this meeting is closed. Its agenda cannot be changed."
    return ""


def standing_words(rules: list[StandingItem], agenda: Agenda) -> StandingWords:
    """The standing items that the agenda has not yet, with the clauses that ask for them."""
    taken = {each.item.rule for each in agenda.items}
    missing = tuple((rule.title, cited(rule.clause)) for rule in rules if rule.id not in taken)
    if not rules:
        return StandingWords((), "The constitution states no standing items for this meeting.", "")
    if not missing:
        return StandingWords((), "Every standing item of the constitution is on the agenda.", "")
    button = "Add the standing items" if agenda.items else "Start from the standing items"
    return StandingWords(missing, "The constitution puts these on the agenda of this meeting:", button)


def clash_lines(theirs: ItemValues, yours: ItemValues) -> list[ClashLine]:
    """Where two people who changed one item differ."""
    pairs = [
        ClashLine("Title", theirs.title, yours.title),
        ClashLine("What the meeting does with it", theirs.kind.label, yours.kind.label),
        ClashLine("Minutes", str(theirs.minutes or ""), str(yours.minutes or "")),
        ClashLine("Who leads it", theirs.lead, yours.lead),
        ClashLine("What is wanted", theirs.purpose, yours.purpose),
    ]
    return [line for line in pairs if line.theirs != line.yours]
