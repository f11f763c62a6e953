"""The constitution page: a rule beside its clause and reading, and what it says of the next meeting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from meetings.models import Meeting
from meetings.presenters.constitution_next import sayings
from meetings.queries import Register
from partnership.models import Constitution
from partnership.navigation import address_of
from partnership.queries import Adoption
from partnership.rules.book.arrangement_sentences import NO_NAMES
from partnership.rules.book.rule_book import Chapter, RuleInWords, rule_book
from partnership.rules.clauses import Clause, Reading
from partnership.rules.constitution import Constitution as Terms
from partnership.rules.deadlines.calendars import WorkingDays
from partnership.rules.plain_dates import counted, long_date, plain_date


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """What one rule says of the next meeting."""

    on: str
    says: tuple[str, ...]


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

    @property
    def others_words(self) -> str:
        """`Another reading was set aside`, `2 other readings were set aside`."""
        number = len(self.reading.others) if self.reading else 0
        return "Another reading was set aside" if number == 1 else f"{number} other readings were set aside"


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
    """One line of the list of versions, with the way to what it changed of the one before."""

    name: str
    period: str
    href: str
    compare_name: str
    compare_href: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class ConstitutionPage:
    """Everything the template prints."""

    version_words: str
    count_words: str
    adopted_words: str
    note: str
    review_words: str
    is_review_overdue: bool
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
    register: Register | None = None,
    bodies: Mapping[str, str] = NO_NAMES,
    adoption: Adoption | None = None,
) -> ConstitutionPage:
    """The version `shown` among all `versions`, the latest first; `upcoming` is the next meeting that it governs.

    `register` is that meeting's, for whoever may see who is expected; `bodies` names other groups by their ids;
    `adoption` is the act by which the version was adopted, for whoever may look back.
    """
    says = sayings(terms, upcoming, calendar, register) if upcoming else {}
    on = long_date(upcoming.on) if upcoming else ""
    chapters = tuple(_chapter(chapter, says, on) for chapter in rule_book(terms, bodies=bodies))
    return ConstitutionPage(
        version_words=version_words(shown, versions, today),
        count_words=_count_words(terms),
        adopted_words=_adopted_words(adoption),
        note=terms.version.note,
        review_words=_review_words(shown, today),
        is_review_overdue=shown.review_by is not None and shown.review_by < today,
        file_href=reverse("constitution_file", args=(*address_of(shown.board), shown.version)),
        chapters=chapters,
        versions=tuple(_version(each, shown, versions, today) for each in versions),
    )


def _chapter(chapter: Chapter, says: Mapping[str, tuple[str, ...]], on: str) -> ChapterOnPage:
    return ChapterOnPage(
        id=chapter.id,
        title=chapter.title,
        number=chapter.number,
        not_stated=chapter.not_stated,
        rules=tuple(_rule(rule, says, on) for rule in chapter.rules if not rule.is_plain),
        listed=tuple(rule.sentence for rule in chapter.rules if rule.is_plain),
    )


def _rule(rule: RuleInWords, says: Mapping[str, tuple[str, ...]], on: str) -> RuleOnPage:
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


def governed(shown: Constitution, versions: Sequence[Constitution], meetings: Iterable[Meeting]) -> Meeting | None:
    """The first of these meetings on whose day that version is in force."""
    last = _last_day(shown, versions)
    days = (each for each in meetings if shown.in_force_from <= each.on and (last is None or each.on <= last))
    return next(days, None)


def version_words(shown: Constitution, versions: Sequence[Constitution], today: date) -> str:
    """`Version 2, in force since 1 January 2027.`, or from when to when it was."""
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


def _version(each: Constitution, shown: Constitution, versions: Sequence[Constitution], today: date) -> VersionOnPage:
    last = _last_day(each, versions)
    since = plain_date(each.in_force_from)
    before = max((one.version for one in versions if one.in_force_from < each.in_force_from), default=None)
    address = address_of(shown.board)
    begins = "from" if each.in_force_from > today else "since"
    return VersionOnPage(
        name=f"Version {each.version}",
        period=f"{since} to {plain_date(last)}" if last else f"{begins} {since}",
        href=reverse("constitution_version", args=(*address, each.version)),
        compare_name=f"Compare with version {before}" if before else "",
        compare_href=reverse("constitution_compare", args=(*address, before, each.version)) if before else "",
        is_shown=each.pk == shown.pk,
    )


def _count_words(terms: Terms) -> str:
    rules = counted(len(terms.rules), "rule")
    readings = len(terms.readings)
    if not readings:
        return f"{rules}, each beside the clause that it comes from."
    needed = "needed a reading, because the text leaves a gap"
    return f"{rules}, each beside the clause that it comes from. {readings} of them {needed}."


def _adopted_words(adoption: Adoption | None) -> str:
    if adoption is None:
        return ""
    return f"Entered by {adoption.by} on {plain_date(adoption.on)}: {adoption.reason.rstrip('.')}."


def _review_words(shown: Constitution, today: date) -> str:
    if shown.review_by is None:
        return "No date for its review is stated."
    overdue = ": overdue" if shown.review_by < today else ""
    return f"Review by {plain_date(shown.review_by)}{overdue}."
