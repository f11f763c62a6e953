"""The page of a draft: where it stands, what it changes, which rules it holds, who has signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from meetings.presenters.constitution_effects import EffectsPage
from membership.queries.signing import SigningPlace
from partnership.clock import LONDON
from partnership.constitutions.rule_places import Place
from partnership.models import Board, ConstitutionDraft, ConstitutionSignature, DraftState, User
from partnership.navigation import address_of
from partnership.rules.book.rule_book import RuleInWords, rule_book
from partnership.rules.constitution import Constitution as Terms
from partnership.rules.plain_dates import listed, long_date, plain_date

NOBODY = "nobody yet: enter the lead representative first"


@dataclass(frozen=True, slots=True)
class RuleToChange:
    sentence: str
    href: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class ChapterToChange:
    title: str
    rules: tuple[RuleToChange, ...]


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """One signature that is asked for: who gave it and when, or who may give it."""

    key: str
    capacity: str
    by: str
    at: str
    is_given: bool
    is_readers: bool


@dataclass(frozen=True, slots=True)
class PastDraft:
    words: str


@dataclass(frozen=True, slots=True)
class DraftPage:
    """Everything the template prints of the draft itself; what it changes is the effects' page."""

    name: str
    state: str
    is_put_forward: bool
    reason: str
    begun: str
    title: str
    begins_on: str
    review_by: str
    note: str
    chapters: tuple[ChapterToChange, ...]
    effects: EffectsPage
    signatures: tuple[SignatureRow, ...]
    voided: tuple[str, ...]
    signed_words: str
    moved_on: str

    @property
    def missing_day(self) -> bool:
        return not self.begins_on

    @property
    def may_sign(self) -> bool:
        return self.is_put_forward and any(each.is_readers and not each.is_given for each in self.signatures)


def draft_page(
    draft: ConstitutionDraft,
    *,
    terms: Terms,
    effects: EffectsPage,
    places: Sequence[Place],
    signing: Sequence[SigningPlace],
    given: Sequence[ConstitutionSignature],
    bodies: Mapping[str, str],
    changed: frozenset[tuple[str, str]],
    begun_by: str,
    moved_on: str,
    reader: User | None,
) -> DraftPage:
    """The page; `changed` are the rules that differ from the version in force, by family and id."""
    version = terms.version
    valid = {each.place: each for each in given if each.voided_at is None}
    rows = tuple(_signature(place, valid.get(place.key), reader) for place in signing)
    return DraftPage(
        name=f"version {version.number}",
        state=draft.get_state_display(),
        is_put_forward=draft.state == DraftState.PUT_FORWARD,
        reason=draft.reason,
        begun=f"by {begun_by} on {plain_date(draft.begun_at.astimezone(LONDON).date())}",
        title=version.title,
        begins_on=long_date(version.in_force_from) if version.in_force_from else "",
        review_by=plain_date(version.review_by) if version.review_by else "not stated",
        note=version.note,
        chapters=_chapters(draft.board, terms, places, bodies, changed),
        effects=effects,
        signatures=rows,
        voided=tuple(_voided(each) for each in given if each.voided_at is not None),
        signed_words=f"{sum(row.is_given for row in rows)} of {len(rows)} have signed." if rows else "",
        moved_on=moved_on,
    )


def _chapters(
    board: Board, terms: Terms, places: Sequence[Place], bodies: Mapping[str, str], changed: frozenset[tuple[str, str]]
) -> tuple[ChapterToChange, ...]:
    known = {(place.family, place.id) for place in places}
    return tuple(
        ChapterToChange(
            chapter.title,
            tuple(
                RuleToChange(rule.sentence, rule_address(board, rule.family, rule.id), _differs(rule, changed))
                for rule in chapter.rules
                if rule.key in known
            ),
        )
        for chapter in rule_book(terms, bodies=bodies)
        if chapter.rules
    )


def _differs(rule: RuleInWords, changed: frozenset[tuple[str, str]]) -> bool:
    return rule.key in changed or any(_differs(part, changed) for part in rule.parts)


def rule_address(board: Board, family: str, rule_id: str) -> str:
    return reverse("constitution_rule", args=(*address_of(board), family, rule_id))


def _signature(place: SigningPlace, given: ConstitutionSignature | None, reader: User | None) -> SignatureRow:
    if given is not None:
        at = given.signed_at.astimezone(LONDON)
        when = f"{long_date(at.date())}, {at:%-H:%M}"
        return SignatureRow(place.key, place.capacity, given.name, when, is_given=True, is_readers=False)
    who = listed([str(person) for person in place.people]) if place.people else NOBODY
    mine = reader is not None and reader.pk in {person.pk for person in place.people}
    return SignatureRow(place.key, place.capacity, who, "", is_given=False, is_readers=mine)


def _voided(given: ConstitutionSignature) -> str:
    """`Eve Marsh signed as … on 3 May 2027; void since 4 May 2027, when the text was changed.`"""
    assert given.voided_at is not None, "a void signature says since when"
    signed, void = given.signed_at.astimezone(LONDON).date(), given.voided_at.astimezone(LONDON).date()
    words = f"{given.name} signed as {given.capacity} on {plain_date(signed)}"
    return f"{words}: void since {plain_date(void)}, as the text was changed after it."


def past_draft(draft: ConstitutionDraft, closed_by: str, closed_on: date) -> PastDraft:
    if draft.adopted is not None:
        return PastDraft(f"Became version {draft.adopted.version} on {plain_date(closed_on)}. {draft.reason}")
    return PastDraft(
        f"Discarded by {closed_by} on {plain_date(closed_on)}: {draft.closing_reason.rstrip('.')}. "
        f"It was begun because: {draft.reason}"
    )
