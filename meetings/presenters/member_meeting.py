"""A meeting's own page as those who sit there see it: its agenda, where it is, and what they said about coming."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from meetings.models import AgendaPublication, ItemKind, Meeting, MeetingStatus, Minutes, Reply, ReplyAnswer
from meetings.presenters.agenda import readers_words
from meetings.presenters.confidentiality import how_signed
from meetings.presenters.meeting_home import kind_of, title_of
from meetings.presenters.meeting_tasks import address, clause_words
from meetings.presenters.words import minutes_words
from meetings.queries import Agenda, Gap, ItemOnAgenda, OwnSeat
from meetings.queries.signatures import OwnSigning
from partnership.clock import LONDON
from partnership.models.handling import highest
from partnership.navigation import address_of
from partnership.rules.attendance.deputies import DeputyRule, DeputyVote
from partnership.rules.deadlines.due_dates import Due, lateness
from partnership.rules.plain_dates import counted, listed, long_date, plain_time, short_date


@dataclass(frozen=True, slots=True)
class PaperLink:
    """A paper of an item."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item of the agenda as printed; `meta` is what stands beside its kind.

    `gap` stands in place of all else where the item is not the reader's to know of; `lacks_papers` says so of papers.
    """

    number: int
    title: str
    href: str
    kind: str
    is_decision: bool
    meta: str
    purpose: str
    added: str
    papers: tuple[PaperLink, ...]
    gap: str = ""
    lacks_papers: bool = False
    readers: str = ""
    declare_href: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class MemberMeeting:
    """Everything the template prints. `summary` and `asks` are empty until the agenda is published."""

    board: str
    title: str
    kind: str
    first: str
    summary: str
    asks: str
    shows_agenda: bool
    items: tuple[ItemLine, ...]
    place: str
    video_link: str
    time: str
    you: tuple[str, ...]
    reply_href: str
    reply_words: str
    has_replied: bool
    sent: tuple[str, ...]
    minutes_href: str
    register_href: str
    register_words: str
    draft_href: str
    may_declare: bool
    mark: str
    sign_href: str
    sign_words: str
    can_sign: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What the page is told of its reader: their seats, and what they may do."""

    seats: Sequence[OwnSeat]
    may_reply: bool
    may_read_agenda: bool
    may_read_drafts: bool
    may_read_register: bool
    may_declare: bool
    signing: OwnSigning | None = None


def _sign_words(signing: OwnSigning) -> str:
    """What the link to signing is called; what it is once it can be pressed is a button."""
    if signing.signature is not None:
        return f"You signed the confidentiality agreement: {lowered(how_signed(signing.signature))}."
    if signing.can_sign:
        return "Sign the confidentiality agreement"
    clause = clause_words(signing.rule.clause)
    return f"At the meeting you are asked to sign the confidentiality agreement ({lowered(clause)})."


def lowered(words: str) -> str:
    """As it stands inside a sentence."""
    return f"{words[:1].lower()}{words[1:]}"


def member_meeting(
    meeting: Meeting,
    *,
    agenda: Agenda,
    due: Due | None,
    minutes: Minutes | None,
    rule: DeputyRule | None,
    reader: Reader,
    last: str,
    today: date,
) -> MemberMeeting:
    """`due` is when the agenda falls due; `last` the words of the last change of the meeting itself."""
    is_over = meeting.opened_at is not None or meeting.status == MeetingStatus.CANCELLED
    items = [each for each in agenda.items if each.item.published_in_id is not None]
    gaps = [gap for gap in agenda.gaps if gap.is_published]
    printed = [each for each in agenda.in_order if each in items or each in gaps]
    can_reply = reader.may_reply and bool(reader.seats) and not is_over
    has_replied = any(own.reply is not None for own in reader.seats)
    return MemberMeeting(
        board=meeting.board.name,
        title=title_of(meeting),
        kind=kind_of(meeting),
        first=f"Cancelled. {last}" if meeting.status == MeetingStatus.CANCELLED else "",
        summary=_summary(items, gaps) if printed else _not_yet(due, today),
        asks=_asks(items, meeting, has_vote=any(own.has_vote for own in reader.seats)),
        shows_agenda=reader.may_read_agenda,
        items=tuple(_gap_line(each) if isinstance(each, Gap) else _line(each, meeting) for each in printed),
        place=meeting.place,
        video_link=meeting.video_link,
        time=_time(meeting),
        you=tuple(words for own in reader.seats for words in _you(own, rule, is_over=is_over)),
        reply_href=address("meeting_reply", meeting) if can_reply else "",
        has_replied=has_replied,
        reply_words="Change your reply" if has_replied else "Tell us if you are coming",
        sent=tuple(_sent(agenda.publications, items, due)),
        minutes_href=address("minutes", meeting) if minutes else "",
        register_href=address("register", meeting) if reader.may_read_register else "",
        register_words="See the register" if meeting.opened_at else "See who is coming",
        draft_href=address("agenda", meeting) if reader.may_read_drafts and len(printed) < agenda.size else "",
        mark=marked.words if (marked := highest(each.mark for each in items)) else "",
        may_declare=reader.may_declare and meeting.status != MeetingStatus.CANCELLED,
        sign_href=address("confidentiality_sign", meeting) if reader.signing else "",
        sign_words=_sign_words(reader.signing) if reader.signing else "",
        can_sign=reader.signing is not None and reader.signing.can_sign,
    )


# --- the agenda -------------------------------------------------------------------------------------------------------


def _summary(items: Sequence[ItemOnAgenda], gaps: Sequence[Gap]) -> str:
    """`9 items, 2 hours 20 minutes, 96 pages on time and 4 added later.`"""
    # With an item left out, how long all of them take is not told: the rest would say how long it is.
    minutes = 0 if gaps else sum(each.item.minutes or 0 for each in items)
    first, later = _pages(items)
    pages = f"{counted(first, 'page')} on time and {later} added later" if later else counted(first, "page")
    parts = [counted(len(items) + len(gaps), "item")]
    parts += [minutes_words(minutes)] if minutes else []
    return f"{', '.join([*parts, pages])}."


def _pages(items: Iterable[ItemOnAgenda]) -> tuple[int, int]:
    """Those that came with the first publication, and those that came later."""
    first = later = 0
    for each in items:
        for paper in each.papers:
            is_later = paper.published_in is not None and paper.published_in.version > 1
            first, later = (first, later + (paper.pages or 0)) if is_later else (first + (paper.pages or 0), later)
    return first, later


def _asks(items: Iterable[ItemOnAgenda], meeting: Meeting, *, has_vote: bool) -> str:
    """`3 items need your decision: 3, 5 and 8.`; once it was held, `3 items were for decision: 3, 5 and 8.`"""
    numbers = [str(each.number) for each in items if each.item.kind == ItemKind.DECISION]
    if not numbers:
        return ""
    if meeting.closed_at is not None:
        verb = "was" if len(numbers) == 1 else "were"
        return f"{counted(len(numbers), 'item')} {verb} for decision: {listed(numbers)}."
    verb = "needs" if len(numbers) == 1 else "need"
    whose = "your" if has_vote else "a"
    return f"{counted(len(numbers), 'item')} {verb} {whose} decision: {listed(numbers)}."


def _not_yet(due: Due | None, today: date) -> str:
    if due is None:
        return "The agenda has not been sent yet."
    verb = "is" if due.on >= today else "was"
    return f"The agenda has not been sent yet. It {verb} due by {long_date(due.on)}."


def _line(each: ItemOnAgenda, meeting: Meeting) -> ItemLine:
    item = each.item
    papers = tuple(
        PaperLink(paper.title, reverse("paper", args=(*address_of(meeting.board), meeting.address, paper.uuid)))
        for paper in each.papers
        if paper.published_in_id is not None
    )
    pages = sum(paper.pages or 0 for paper in each.papers if paper.published_in_id is not None)
    meta = [counted(item.minutes, "minute")] if item.minutes else []
    meta += [item.lead] if item.lead else []
    meta += [counted(pages, "page")] if pages else []
    at = item.published_in.published_at.astimezone(LONDON) if item.published_in else None
    return ItemLine(
        number=each.number,
        title=item.title,
        href=papers[0].href if len(papers) == 1 else "",
        kind=item.get_kind_display(),
        is_decision=item.kind == ItemKind.DECISION,
        meta=", ".join(meta),
        purpose=item.purpose,
        added=f"Added {short_date(at.date())}" if each.added_later and at else "",
        papers=papers if len(papers) > 1 else (),
        lacks_papers=each.lacks_papers,
        readers=readers_words(item),
        mark=each.mark.label if each.mark else "",
        declare_href=reverse("agenda_item_declare", args=(*address_of(meeting.board), meeting.address, item.pk)),
    )


def _gap_line(gap: Gap) -> ItemLine:
    return ItemLine(gap.number, "", "", "", False, "", "", "", (), gap=gap.words)


def _sent(publications: Iterable[AgendaPublication], items: Sequence[ItemOnAgenda], due: Due | None) -> Iterable[str]:
    """`Thursday 15 April 2027 at 4:30pm, on time.`, and what came with each supplement."""
    for publication in publications:
        at = publication.published_at.astimezone(LONDON)
        if publication.version == 1:
            days = lateness(due, at.date()) if due else 0
            late = f", {counted(days, 'day')} late" if days > 0 else ", on time" if due else ""
            yield f"{long_date(at.date())} at {plain_time(at.time().replace(second=0, microsecond=0))}{late}."
            continue
        numbers = [str(each.number) for each in items if each.item.published_in_id == publication.pk]
        what = f"Item{'' if len(numbers) == 1 else 's'} {listed(numbers)}" if numbers else "More papers"
        yield f"{what} on {short_date(at.date())}."


# --- where, and the reader --------------------------------------------------------------------------------------------


def _time(meeting: Meeting) -> str:
    ends = f" to {plain_time(meeting.ends_at)}" if meeting.ends_at else ""
    return f"{plain_time(meeting.starts_at)}{ends}"


def _you(own: OwnSeat, rule: DeputyRule | None, *, is_over: bool) -> Iterable[str]:
    """What is known of one seat of the reader's; each sentence by itself."""
    if own.is_representative:
        yield _reply_of_their_own(own.reply, is_over=is_over)
        if own.deputies:
            yield _deputies(own.deputies, rule)
        return
    whose = own.representative or "whoever holds the seat"
    yield f"You are a deputy for {own.seat.name}."
    if own.reply is None:
        yield f"{whose} has not told us who is coming." if own.representative else ""
    elif own.reply.answer == ReplyAnswer.COMING:
        yield f"{whose} is coming."
    elif own.reply.answer == ReplyAnswer.DEPUTY:
        yield "You are expected." if own.is_expected else f"{own.reply.person} is coming instead."
    else:
        yield "No one is coming for this seat."


def _reply_of_their_own(reply: Reply | None, *, is_over: bool) -> str:
    if reply is None:
        return "You did not tell us if you were coming." if is_over else "You have not told us if you are coming."
    if reply.answer == ReplyAnswer.COMING:
        return "You told us that you were coming." if is_over else "You are coming."
    if reply.answer == ReplyAnswer.DEPUTY:
        return f"{reply.person} {'was to come' if is_over else 'is coming'} in your place."
    return "You sent apologies."


def _deputies(names: Sequence[str], rule: DeputyRule | None) -> str:
    """`Your deputy is Leah Fordham, with the same voting rights as you (clause e).`"""
    who = f"Your deputy is {names[0]}" if len(names) == 1 else f"Your deputies are {listed(names)}"
    if rule is None or rule.votes is not DeputyVote.SAME:
        return f"{who}."
    clause = clause_words(rule.clause)
    return f"{who}, with the same voting rights as you ({lowered(clause)})."
