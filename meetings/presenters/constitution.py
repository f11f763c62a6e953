"""The constitution page: a rule beside its clause and reading, and what it says of the next meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from meetings.models import Meeting
from meetings.models import MeetingKind as StoredKind
from partnership.models import Constitution
from partnership.navigation import address_of
from partnership.rules.book.rule_book import Chapter, RuleInWords, rule_book
from partnership.rules.clauses import Clause, Reading
from partnership.rules.constitution import Constitution as Terms
from partnership.rules.deadlines.calendars import BeyondHorizon, WorkingDays
from partnership.rules.deadlines.deadlines import Anchor, Deadline
from partnership.rules.deadlines.due_dates import due_on
from partnership.rules.deadlines.duty_sentences import due_sentence
from partnership.rules.meeting_kinds import MeetingKind
from partnership.rules.plain_dates import counted, long_date, plain_date
from partnership.rules.quorum.assess import assess
from partnership.rules.quorum.base import SizeNotGiven
from partnership.rules.quorum.facts import Facts, MeetingFacts
from partnership.rules.quorum.terms import Phase

KINDS = {
    StoredKind.ORDINARY.value: MeetingKind.ORDINARY,
    StoredKind.EXTRAORDINARY.value: MeetingKind.EXTRAORDINARY,
    StoredKind.ANNUAL.value: MeetingKind.ANNUAL,
    StoredKind.DEVELOPMENT_DAY.value: MeetingKind.DEVELOPMENT_DAY,
}


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """What one rule says of the next meeting."""

    on: str
    says: str


@dataclass(frozen=True, slots=True)
class RuleOnPage:
    """One rule of the book as printed."""

    id: str
    sentence: str
    details: tuple[str, ...]
    clause: Clause | None
    clause_words: str
    reading: Reading | None
    next_meeting: NextMeeting | None
    parts: tuple[RuleOnPage, ...]


@dataclass(frozen=True, slots=True)
class ChapterOnPage:
    """One chapter of the book as printed; `listed` are rules of one line, without clause or reading of their own."""

    id: str
    title: str
    number: int
    not_stated: str
    rules: tuple[RuleOnPage, ...]
    listed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VersionOnPage:
    """One line of the list of versions."""

    name: str
    period: str
    href: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class ConstitutionPage:
    """Everything the template prints."""

    version_words: str
    count_words: str
    note: str
    review_words: str
    file_href: str
    chapters: tuple[ChapterOnPage, ...]
    versions: tuple[VersionOnPage, ...]


def constitution_page(
    *,
    shown: Constitution,
    terms: Terms,
    versions: Sequence[Constitution],
    upcoming: Meeting | None,
    calendar: WorkingDays,
    today: date,
) -> ConstitutionPage:
    """The version `shown` among all `versions`, the latest first; `upcoming` is the next meeting that is planned."""
    says = _sayings(terms, upcoming, calendar) if upcoming else {}
    on = long_date(upcoming.on) if upcoming else ""
    chapters = tuple(_chapter(chapter, says, on) for chapter in rule_book(terms))
    return ConstitutionPage(
        version_words=_version_words(shown, versions, today),
        count_words=_count_words(terms),
        note=terms.version.note,
        review_words=_review_words(shown, today),
        file_href=reverse("constitution_file", args=(*address_of(shown.board), shown.version)),
        chapters=chapters,
        versions=tuple(_version(each, shown, versions) for each in versions),
    )


def _chapter(chapter: Chapter, says: Mapping[str, str], on: str) -> ChapterOnPage:
    return ChapterOnPage(
        id=chapter.id,
        title=chapter.title,
        number=chapter.number,
        not_stated=chapter.not_stated,
        rules=tuple(_rule(rule, says, on) for rule in chapter.rules if not rule.is_plain),
        listed=tuple(rule.sentence for rule in chapter.rules if rule.is_plain),
    )


def _rule(rule: RuleInWords, says: Mapping[str, str], on: str) -> RuleOnPage:
    words = rule.clause.words if rule.clause else ""
    return RuleOnPage(
        id=rule.id,
        sentence=rule.sentence,
        details=rule.details,
        clause=rule.clause,
        clause_words="" if words == rule.sentence else words,
        reading=rule.reading,
        next_meeting=NextMeeting(on=on, says=says[rule.id]) if rule.id in says else None,
        parts=tuple(_rule(part, says, on) for part in rule.parts),
    )


# --- the versions -----------------------------------------------------------------------------------------------------


def _version_words(shown: Constitution, versions: Sequence[Constitution], today: date) -> str:
    last = _last_day(shown, versions)
    since = plain_date(shown.in_force_from)
    if shown.in_force_from > today:
        return f"Version {shown.version}, in force from {since}."
    if last is not None and last < today:
        return f"Version {shown.version}, in force from {since} to {plain_date(last)}: no longer in force."
    return f"Version {shown.version}, in force since {since}."


def _last_day(shown: Constitution, versions: Sequence[Constitution]) -> date | None:
    later = [each.in_force_from for each in versions if each.in_force_from > shown.in_force_from]
    return min(later) - timedelta(days=1) if later else None


def _version(each: Constitution, shown: Constitution, versions: Sequence[Constitution]) -> VersionOnPage:
    last = _last_day(each, versions)
    since = plain_date(each.in_force_from)
    return VersionOnPage(
        name=f"Version {each.version}",
        period=f"{since} to {plain_date(last)}" if last else f"since {since}",
        href=reverse("constitution_version", args=(*address_of(shown.board), each.version)),
        is_shown=each.pk == shown.pk,
    )


def _count_words(terms: Terms) -> str:
    rules = counted(len(terms.rules), "rule")
    readings = len(terms.readings)
    if not readings:
        return f"{rules}, each beside the clause that it comes from."
    needed = "needed a reading, because the text leaves a gap"
    return f"{rules}, each beside the clause that it comes from. {readings} of them {needed}."


def _review_words(shown: Constitution, today: date) -> str:
    if shown.review_by is None:
        return "No date for its review is stated."
    overdue = ": overdue" if shown.review_by < today else ""
    return f"Review by {plain_date(shown.review_by)}{overdue}."


# --- the next meeting -------------------------------------------------------------------------------------------------


def _sayings(terms: Terms, upcoming: Meeting, calendar: WorkingDays) -> dict[str, str]:
    """By id of the rule: the date a deadline falls on, the number a quorum needs."""
    kind = KINDS[upcoming.kind]
    dated = {
        rule.id: _due_words(rule, upcoming.on, calendar)
        for rule in terms.deadlines
        if rule.anchor is Anchor.MEETING and rule.applies_at(kind)
    }
    nobody_yet = Facts(meeting=MeetingFacts(on=upcoming.on, kind=upcoming.kind))
    return dated | _needed(terms, nobody_yet)


def _needed(terms: Terms, nobody_yet: Facts) -> dict[str, str]:
    """What each number test asks for; nothing where it hangs on a size that only the register of the day gives."""
    try:
        answer = assess(terms.quorum, nobody_yet, phase=Phase.START)
    except SizeNotGiven:
        return {}
    return {
        finding.id: f"{counted(int(finding.needed), 'member')} {'is' if finding.needed == 1 else 'are'} needed."
        for finding in answer.tests
        if finding.is_applied and finding.kind in {"count", "share", "stepped", "linear"}
    }


def _due_words(rule: Deadline, on: date, calendar: WorkingDays) -> str:
    try:
        words = due_sentence(due_on(rule, on, calendar)).removeprefix(f"{rule.duty}: ")
    except BeyondHorizon as beyond:
        return str(beyond)
    return words[:1].upper() + words[1:]
