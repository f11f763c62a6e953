"""The page of minutes: the draft with what it still lacks, or what was sent and until when it can be disputed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from meetings.minutes.content import MinutesContent
from meetings.minutes.recipients import MinutesGoTo
from meetings.models import Document, Meeting, Minutes
from meetings.presenters.agenda import DueWords, due_words, size_words
from meetings.presenters.words import when
from partnership.clock import LONDON
from partnership.navigation import address_of
from partnership.rules.deadlines.due_dates import Due
from partnership.rules.deadlines.duty_sentences import dispute_sentence, sent_sentence
from partnership.rules.plain_dates import counted, long_date, plain_date, plain_time


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version that was sent. `reason` says why it came late, or what it corrects."""

    number: int
    words: str
    reason: str
    href: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class PdfLink:
    """A PDF that is there already."""

    href: str
    facts: str


@dataclass(frozen=True, slots=True)
class MinutesPage:
    """Everything the page prints. `content` is None before there is anything to read."""

    board: str
    when: str
    title: str
    lead: str
    content: MinutesContent | None
    due: DueWords | None
    dispute: str
    lacking: tuple[str, ...]
    versions: tuple[VersionRow, ...]
    pdf: PdfLink | None
    document_kind: str
    version: int | None
    hrefs: dict[str, str]


@dataclass(frozen=True, slots=True)
class SendPage:
    """The page on which the sender checks what goes out, to whom, and whether it is on time."""

    board: str
    when: str
    href: str
    version: str
    content: MinutesContent
    due: str
    late: str
    goes_to: MinutesGoTo
    lacking: tuple[str, ...]
    dispute: str
    mark: str


def minutes_href(meeting: Meeting) -> str:
    """The address of the meeting's minutes."""
    return reverse("minutes", args=(*address_of(meeting.board), meeting.address))


def draft_page(
    meeting: Meeting, content: MinutesContent, *, due: Due | None, pdf: Document | None, today: date
) -> MinutesPage:
    """The draft, for those who may read it."""
    due_in_words = due_words(due, today=today, is_sent=False) if due else None
    return MinutesPage(
        board=meeting.board.name,
        when=when(meeting),
        title="Draft minutes",
        lead=due_in_words.sentence if due_in_words else "No date is set for sending them.",
        content=content,
        due=due_in_words,
        dispute="",
        lacking=lacking_in(meeting, content),
        versions=(),
        pdf=_pdf_link(meeting, pdf),
        document_kind="minutes draft",
        version=None,
        hrefs=_hrefs(meeting),
    )


def sent_page(
    meeting: Meeting,
    shown: Minutes,
    versions: list[Minutes],
    *,
    content: MinutesContent,
    due: Due | None,
    pdf: Document | None,
    today: date,
) -> MinutesPage:
    """One version as it was sent: `content` is what was kept of it, as far as its reader may read that."""
    until = date.fromisoformat(content.dispute.until) if content.dispute else None
    return MinutesPage(
        board=meeting.board.name,
        when=when(meeting),
        title="Minutes",
        lead=f"Version {shown.version}. {sent_words(shown, due)}",
        content=content,
        due=due_words(due, today=today, is_sent=True) if due else None,
        dispute=f"{dispute_sentence(until, today)}" if until else "",
        lacking=(),
        versions=tuple(_version_row(meeting, each, due, is_shown=each.pk == shown.pk) for each in versions),
        pdf=_pdf_link(meeting, pdf),
        document_kind="minutes",
        version=shown.version,
        hrefs=_hrefs(meeting),
    )


def empty_page(meeting: Meeting, *, due: Due | None, sentence: str, today: date) -> MinutesPage:
    """Nothing to read yet, and when there will be."""
    return MinutesPage(
        board=meeting.board.name,
        when=when(meeting),
        title="Minutes",
        lead=sentence,
        content=None,
        due=due_words(due, today=today, is_sent=False) if due else None,
        dispute="",
        lacking=(),
        versions=(),
        pdf=None,
        document_kind="",
        version=None,
        hrefs=_hrefs(meeting),
    )


def send_page(
    meeting: Meeting,
    content: MinutesContent,
    *,
    version: int,
    mark: str,
    goes_to: MinutesGoTo,
    due: Due | None,
    today: date,
) -> SendPage:
    """What would be sent now."""
    words = "The first version" if version == 1 else f"Version {version}, in place of version {version - 1}"
    return SendPage(
        board=meeting.board.name,
        when=when(meeting),
        href=minutes_href(meeting),
        version=words,
        content=content,
        due=due_words(due, today=today, is_sent=version > 1).sentence if due else "",
        late=_why_a_reason(due, version=version, today=today),
        goes_to=goes_to,
        lacking=lacking_in(meeting, content),
        dispute=content.dispute.sentence if content.dispute else "",
        mark=mark,
    )


def lacking_in(meeting: Meeting, content: MinutesContent) -> tuple[str, ...]:
    """What a reader of the draft should know it has not: a closed register, words on an item."""
    lacking = [] if meeting.closed_at else ["The register is not closed. Close it before you send the minutes."]
    if not content.items:
        lacking.append("There are no items: nothing is on the agenda of this meeting.")
    lacking += [f"Item {item.number}, {item.title}: nothing was recorded." for item in content.bare_items]
    return tuple(lacking)


def sent_words(minutes: Minutes, due: Due | None) -> str:
    """`Sent 2 days before the deadline of 6 May 2027.`; where nothing says when, the moment alone."""
    at = minutes.sent_at.astimezone(LONDON)
    moment = f"{plain_date(at.date())} at {plain_time(at.time())}"
    if due is None or minutes.version > 1:
        return f"Sent on {moment}."
    words = sent_sentence(due, at.date(), at.time())
    return words if moment in words else f"{words} They went out on {moment}."


def _why_a_reason(due: Due | None, *, version: int, today: date) -> str:
    """Why a reason is asked for; empty while none is."""
    if version > 1:
        return f"What changed since version {version - 1}. It stays with the minutes."
    if due is None or today <= due.on:
        return ""
    days = counted((today - due.on).days, "day")
    return f"The minutes were due by {long_date(due.on)}, {days} ago. The record keeps your reason."


def _version_row(meeting: Meeting, minutes: Minutes, due: Due | None, *, is_shown: bool) -> VersionRow:
    return VersionRow(
        number=minutes.version,
        words=sent_words(minutes, due),
        reason=minutes.reason,
        href=f"{minutes_href(meeting)}?version={minutes.version}",
        is_shown=is_shown,
    )


def _pdf_link(meeting: Meeting, document: Document | None) -> PdfLink | None:
    if document is None:
        return None
    return PdfLink(
        href=reverse("document_file", args=(*address_of(meeting.board), meeting.address, document.uuid)),
        facts=f"{counted(document.pages or 0, 'page')}, {size_words(document.size or 0)}",
    )


def _hrefs(meeting: Meeting) -> dict[str, str]:
    at = (*address_of(meeting.board), meeting.address)
    names = ("meeting", "minutes", "minutes_send", "documents", "record", "register")
    return {name: reverse(name, args=at) for name in names}
