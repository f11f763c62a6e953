"""A further version of the rules in the making: begun, changed rule by rule, put forward.

Two editors lose nothing: a rule is changed only as it was read, and what another changed meanwhile stays.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.db import transaction

from meetings.operations.constitutions import NoReasonGiven, adopt_version, check_it_may_follow
from membership.queries.signing import signing_places
from membership.seat_changes import seat_changes
from partnership import clock
from partnership.authorship import saved
from partnership.constitutions.declared import RULES
from partnership.constitutions.editing import NoSuchRule, add_rule, remove_rule, replace_rule, replace_version
from partnership.constitutions.merging import merged
from partnership.constitutions.rule_places import place_of
from partnership.constitutions.text import read
from partnership.constitutions.tree import Mapping, Value
from partnership.models import Board, Constitution, ConstitutionDraft, DraftState, User
from partnership.queries import constitution_versions, terms_in, terms_of
from partnership.rules.plain_dates import plain_date

SILENCE = "not stated"


class DraftAlreadyBegun(Exception):
    """A board has one draft at a time."""


class NoVersionYet(Exception):
    """There is nothing to begin from: the first version comes as a file."""


class DraftClosed(Exception):
    """It was adopted or discarded."""


class RuleMoved(Exception):
    """Somebody else changed that rule since it was read; `now` is its value today, None where it is gone."""

    def __init__(self, sentence: str, now: dict[str, Value] | None = None) -> None:
        self.now = now
        super().__init__(sentence)


class VersionMovedOn(Exception):
    """Another version was adopted since the draft was begun: it has to be looked at again first."""


class NothingChanged(Exception):
    """The draft says what the version in force says."""


class NoDayGiven(Exception):
    """A version is signed with the day from which it is in force."""


class MustBeSigned(Exception):
    """The rules name who signs a version: nobody adopts it in their place."""


@transaction.atomic
def begin_draft(*, board: Board, reason: str, by: User, text: str = "") -> ConstitutionDraft:
    """Begin a draft from the latest version (numbered one higher, its day open), or from a text handed in.

    Raises NoReasonGiven, DraftAlreadyBegun, NoVersionYet, `problems.BadFile`.
    """
    if not reason.strip():
        raise NoReasonGiven("Say why the rules are to change.")
    Board.objects.select_for_update().get(pk=board.pk)
    if ConstitutionDraft.objects.open().filter(board=board).exists():
        raise DraftAlreadyBegun("A draft is under way already: change that one, or discard it first.")
    latest = next(iter(constitution_versions(board=board)), None)
    if not text:
        if latest is None:
            raise NoVersionYet("These terms have no version yet: bring in the first one as a file.")
        text = next_version(latest.text, latest.version + 1)
    terms_in(text=text)
    draft = ConstitutionDraft(
        board=board, follows=latest, text=text, reason=reason.strip(), begun_at=clock.now(), unseats=[]
    )
    return saved(draft, by=by, reason=reason.strip())


def next_version(text: str, number: int) -> str:
    """The text as a version of that number, on a day still to be said."""
    return replace_version(text, {**version_of(text), "number": number, "in_force_from": SILENCE})


def version_of(text: str) -> dict[str, Value]:
    """What a text says of its own version."""
    tree = read(text.encode()).tree
    value = tree.items["version"].value if isinstance(tree, Mapping) and "version" in tree.items else {}
    return dict(value) if isinstance(value, dict) else {}


def mark_of(value: Value) -> str:
    """What a page of a rule carries of the value that it was drawn from."""
    return json.dumps(value, sort_keys=True, default=str)


@transaction.atomic
def change_rule(
    *, draft: ConstitutionDraft, rule_id: str, new: dict[str, Value], seen: str, why: str, by: User, family: str = RULES
) -> ConstitutionDraft:
    """Put that value in the place of the rule as it was read (`seen`, by `mark_of`).

    Raises RuleMoved, DraftClosed, `problems.BadFile`.
    """
    draft = _held(draft)
    try:
        now = place_of(draft.text, rule_id, family).value
    except NoSuchRule as gone:
        raise RuleMoved("This rule was taken out of the draft meanwhile. Nothing of yours was stored.") from gone
    if mark_of(now) != seen:
        raise RuleMoved(f"{_who_last(draft)} changed this rule meanwhile. Nothing of yours was stored.", now)
    return _kept(draft, replace_rule(draft.text, rule_id, new, family=family), why, by)


@transaction.atomic
def add_to_draft(
    *, draft: ConstitutionDraft, section: str, new: dict[str, Value], why: str, by: User
) -> ConstitutionDraft:
    """A further rule in that section. Raises DraftClosed, `editing.AlreadyThere`, `NoSuchSection`, `BadFile`."""
    draft = _held(draft)
    return _kept(draft, add_rule(draft.text, section, new), why, by)


@transaction.atomic
def take_out_rule(
    *, draft: ConstitutionDraft, rule_id: str, why: str, by: User, family: str = RULES
) -> ConstitutionDraft:
    """The draft without that rule. Raises DraftClosed, `editing.NoSuchRule`, `LastPart`, `problems.BadFile`."""
    draft = _held(draft)
    return _kept(draft, remove_rule(draft.text, rule_id, family=family), why, by)


@transaction.atomic
def change_details(
    *, draft: ConstitutionDraft, seen: str, title: str, in_force_from: date | None, review_by: date | None,
    note: str, by: User,
) -> ConstitutionDraft:  # fmt: skip
    """Title, day, review and note of the version. Raises RuleMoved, DraftClosed, `problems.BadFile`."""
    draft = _held(draft)
    old = version_of(draft.text)
    if mark_of(old) != seen:
        raise RuleMoved(f"{_who_last(draft)} changed this meanwhile. Nothing of yours was stored.", old)
    new: dict[str, Value] = {
        **old,
        "title": title,
        "in_force_from": in_force_from.isoformat() if in_force_from else SILENCE,
        "review_by": review_by.isoformat() if review_by else SILENCE,
    }
    if str(old.get("note", "")).strip() != note.strip():
        new["note"] = note.strip()
    if not note.strip():
        new.pop("note", None)
    return _kept(draft, replace_version(draft.text, new), "Title and dates of the version", by)


@transaction.atomic
def discard_draft(*, draft: ConstitutionDraft, reason: str, by: User) -> ConstitutionDraft:
    """Drop the draft; it stays on record with the reason. Raises NoReasonGiven, DraftClosed."""
    if not reason.strip():
        raise NoReasonGiven("Say why the draft is discarded.")
    draft = _held(draft)
    void_signatures(draft, by=by, reason="The draft was discarded")
    draft.state, draft.closing_reason = DraftState.DISCARDED, reason.strip()
    return saved(draft, by=by, reason=reason.strip(), fields=["state", "closing_reason"])


@transaction.atomic
def take_up_again(*, draft: ConstitutionDraft, by: User) -> tuple[ConstitutionDraft, tuple[str, ...]]:
    """Put the draft's changes onto the latest version; with it, the ids of the rules that both have changed.

    Raises DraftClosed, and `problems.BadFile` where the two do not go together.
    """
    draft = _held(draft)
    latest = constitution_versions(board=draft.board)[0]
    base = draft.follows.text if draft.follows else latest.text
    found = merged(base, draft.text, latest.text)
    own = version_of(draft.text)
    own["number"] = latest.version + 1
    draft.follows = latest
    kept = _kept(draft, replace_version(found.text, own), f"Put onto version {latest.version}", by)
    return saved(kept, by=by, reason=f"Drawn up against version {latest.version}", fields=["follows"]), found.both


@transaction.atomic
def put_forward(*, draft: ConstitutionDraft, edition: int, by: User) -> ConstitutionDraft:
    """Put the text, as it was shown in that edition, before those who sign.

    Raises DraftClosed, RuleMoved, VersionMovedOn, NothingChanged, NoDayGiven, and as `check_it_may_follow` does.
    """
    draft = _ready(draft, edition)
    draft.state = DraftState.PUT_FORWARD
    draft.unseats = _unseated(draft)
    return saved(draft, by=by, reason="Put forward for signature", fields=["state", "unseats"])


@transaction.atomic
def bring_in_to_be_signed(*, board: Board, text: str, in_force_from: date, reason: str, by: User) -> ConstitutionDraft:
    """Keep a text handed in as the board's draft, with its day, and put it before those who sign.

    Raises as `begin_draft` and `put_forward` do.
    """
    dated = replace_version(text, {**version_of(text), "in_force_from": in_force_from.isoformat()})
    draft = begin_draft(board=board, reason=reason, text=dated, by=by)
    return put_forward(draft=draft, edition=draft.edition, by=by)


@transaction.atomic
def adopt_draft(*, draft: ConstitutionDraft, edition: int, reason: str, by: User) -> Constitution:
    """Bring the draft into force where the rules name nobody who signs. Raises MustBeSigned, and as `put_forward`."""
    draft = _ready(draft, edition)
    if signing_places(draft=draft, on=clock.today()):
        raise MustBeSigned("The rules name who signs a version: put it forward to them.")
    draft.unseats = _unseated(draft)
    return bring_in(draft, reason=reason, signed="", by=by)


def bring_in(draft: ConstitutionDraft, *, reason: str, signed: str, by: User) -> Constitution:
    """Adopt what the draft says and close it. Raises as `adopt_version` does."""
    begins_on = begins_on_of(draft)
    assert begins_on is not None, "a draft that may be adopted says its day"
    adopted = adopt_version(
        board=draft.board,
        text=draft.text,
        in_force_from=begins_on,
        after=draft.follows,
        reason=f"{reason.strip().rstrip('.')}.{f' Signed by {signed}.' if signed else ''}",
        unseats=draft.unseats,
        by=by,
    )
    draft.state, draft.adopted = DraftState.ADOPTED, adopted
    saved(draft, by=by, reason=f"Adopted as version {adopted.version}", fields=["state", "adopted", "unseats"])
    return adopted


def begins_on_of(draft: ConstitutionDraft) -> date | None:
    return terms_in(text=draft.text).version.in_force_from


def void_signatures(draft: ConstitutionDraft, *, by: User, reason: str) -> int:
    """Void what was signed; each stays to be seen."""
    given = list(draft.signatures.filter(voided_at=None))
    for signature in given:
        signature.voided_at = clock.now()
        saved(signature, by=by, reason=reason, fields=["voided_at"])
    return len(given)


def held(draft: ConstitutionDraft) -> ConstitutionDraft:
    """The draft as it is now, held until the transaction ends. Raises DraftClosed."""
    return _held(draft)


def _held(draft: ConstitutionDraft) -> ConstitutionDraft:
    rows = ConstitutionDraft.objects.select_for_update(of=("self",)).select_related("board__partnership", "follows")
    now = rows.get(pk=draft.pk)
    if not now.is_open:
        raise DraftClosed(f"This draft was {now.get_state_display().lower()} meanwhile. Nothing of yours was stored.")
    return now


def _kept(draft: ConstitutionDraft, text: str, why: str, by: User) -> ConstitutionDraft:
    """Store a text that the core takes. What was signed is void, and it has to be put forward anew."""
    terms_in(text=text)
    if text == draft.text:
        return draft
    draft.text, draft.edition, draft.state = text, draft.edition + 1, DraftState.DRAFTING
    void_signatures(draft, by=by, reason="The text was changed after it was signed")
    return saved(draft, by=by, reason=why.strip() or "Changed in the draft", fields=["text", "edition", "state"])


def _ready(draft: ConstitutionDraft, edition: int) -> ConstitutionDraft:
    draft = _held(draft)
    if draft.edition != edition:
        raise RuleMoved(f"{_who_last(draft)} changed the draft since it was shown. Read it again first.")
    latest = next(iter(constitution_versions(board=draft.board)), None)
    if latest is not None and draft.follows_id != latest.pk:
        raise VersionMovedOn(
            f"Version {latest.version} was adopted meanwhile, in force from {plain_date(latest.in_force_from)}: "
            "look at the draft again before anybody signs it."
        )
    if latest is not None and _without_version(draft.text) == _without_version(latest.text):
        raise NothingChanged("The draft says what the version in force says: change a rule first.")
    begins_on = begins_on_of(draft)
    if begins_on is None:
        raise NoDayGiven("Say from which day the version is to be in force.")
    terms = terms_in(text=draft.text)
    check_it_may_follow(board=draft.board, terms=terms, in_force_from=begins_on, after=draft.follows)
    return draft


def _without_version(text: str) -> Any:
    tree = read(text.encode()).tree
    return (
        {key: item.value for key, item in tree.items.items() if key != "version"} if isinstance(tree, Mapping) else {}
    )


def _unseated(draft: ConstitutionDraft) -> list[int]:
    before = terms_of(constitution=draft.follows) if draft.follows else None
    begins_on = begins_on_of(draft)
    assert begins_on is not None, "checked before"
    changes = seat_changes(board=draft.board, before=before, after=terms_in(text=draft.text), from_on=begins_on)
    return sorted(appointment.pk for appointment in changes.unseated)


def _who_last(draft: ConstitutionDraft) -> str:
    last = draft.history.select_related("history_user").order_by("-history_date", "-history_id").first()
    return str(last.history_user) if last is not None else "Somebody"
