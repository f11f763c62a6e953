"""What falls due because a statutory partner lets an officer act for it: the delegation renewed, or ended.

Officers are a partnership's, so it stands in the ledger of one group: the first whose terms ask for it. It is brought
in line with the officers whenever one is entered or ended, and by the job that keeps duties.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.urls import reverse

from membership.duties import names_the_team
from membership.models import DelegatedOfficer, LeadRepresentative
from partnership import clock
from partnership.models import Board, Constitution, Obligation, Partnership, User
from partnership.obligations.causes import Cause, Wording, key_of
from partnership.obligations.features import register
from partnership.obligations.kept_rules import falls_due, rules_on
from partnership.obligations.operations import (
    asked_on,
    cancel_obligations,
    ensure_obligation,
    meet_obligation,
    open_obligation,
)
from partnership.obligations.team import team_recipients
from partnership.rules.deadlines.deadlines import Deadline
from partnership.rules.plain_dates import plain_date

RENEWED = "delegation-renewed"


def officers_changed(*, partnership: Partnership, by: User) -> None:
    """An officer was entered, or their delegation given an end."""
    for board in Board.objects.filter(partnership=partnership).select_related("partnership").order_by("pk"):
        plan_board(board, by)


def delegation_ended(*, officer: DelegatedOfficer, ends_on: date, by: User) -> None:
    """Giving it an end is one of the two acts that are asked for."""
    asked = open_obligation(duty=RENEWED, cause=officer)
    if asked is not None:
        evidence = f"Ended, its last day {plain_date(ends_on)}"
        meet_obligation(
            duty=RENEWED, cause=officer, occurrence=asked.occurrence, on=clock.today(), evidence=evidence, by=by
        )


def plan_board(board: Board, by: User) -> None:
    """Let each delegation of the partnership fall due as the board's terms say. Four queries where nothing changes."""
    today = clock.today()
    rules, known = rules_on(board=board, duties=[RENEWED], on=today), asked_on(board=board, duties=[RENEWED])
    if RENEWED not in rules and not known:
        return
    is_asking = RENEWED in rules and _asking(board.partnership) == board
    officers = list(DelegatedOfficer.objects.filter(partnership=board.partnership_id).order_by("starts_on", "pk"))
    for officer in officers:
        asked = next(iter(known.get((*key_of(officer), RENEWED), ())), None)
        done = _what_was_done(officer, officers, today)
        if done is not None and asked is not None:
            evidence, on = done
            meet_obligation(duty=RENEWED, cause=officer, occurrence=asked.occurrence, on=on, evidence=evidence, by=by)
        elif done is None and is_asking:
            _ask(officer, asked, *rules[RENEWED], board=board, by=by)
        elif done is None and asked is not None:
            cancel_obligations(cause=officer, duty=RENEWED, reason="The terms of today do not ask for it.", by=by)


def _ask(
    officer: DelegatedOfficer,
    asked: Obligation | None,
    rule: Deadline,
    constitution: Constitution,
    *,
    board: Board,
    by: User,
) -> None:
    """By its last day; without one, as the rule counts from its first. Nobody is late for what was not yet asked."""
    today = clock.today()
    after = date.fromisoformat(asked.occurrence) if asked is not None else officer.starts_on
    if asked is None and _due(officer, rule, board, after) < today:
        after = today
    due = _due(officer, rule, board, after)
    if asked is not None and (asked.due_on, asked.constitution_id) == (due, constitution.pk):
        return
    ensure_obligation(
        duty=RENEWED,
        cause=officer,
        occurrence=after.isoformat(),
        owner=rule.owner,
        due_on=due,
        constitution=constitution,
        by=by,
    )


def _due(officer: DelegatedOfficer, rule: Deadline, board: Board, after: date) -> date:
    return officer.last_day or falls_due(rule, board=board, after=after)


def _what_was_done(
    officer: DelegatedOfficer, officers: Iterable[DelegatedOfficer], today: date
) -> tuple[str, date] | None:
    """That it was delegated to them again, or has ended, and when; None while neither is so."""
    for other in officers:
        is_same = (other.agency_id, other.person_id) == (officer.agency_id, officer.person_id)
        if is_same and (other.starts_on, other.pk) > (officer.starts_on, officer.pk):
            return f"Renewed from {plain_date(other.starts_on)}", today
    last_day = officer.last_day
    if last_day is not None and last_day < today:
        return f"Ended on {plain_date(last_day)}", last_day
    return None


def _asking(partnership: Partnership) -> Board | None:
    """The group in whose ledger it stands. Two queries for each group before it."""
    for board in Board.objects.filter(partnership=partnership).select_related("partnership").order_by("pk"):
        if RENEWED in rules_on(board=board, duties=[RENEWED], on=clock.today()):
            return board
    return None


# --- what the sweep asks ----------------------------------------------------------------------------------------------


def _loaded(ids: Collection[int]) -> dict[int, DelegatedOfficer]:
    return DelegatedOfficer.objects.select_related("partnership", "agency").in_bulk(ids)


def _board(officer: DelegatedOfficer) -> Board:
    board = _asking(officer.partnership)
    if board is None:
        raise LookupError("No group of the partnership asks for it.")
    return board


def _recipients(obligations: Iterable[Obligation], on: date) -> dict[int, list[User]]:
    """Who leads for the partner, and whom of the team the rule names. Three queries at most."""
    those = list(obligations)
    officers = _loaded({each.cause_id for each in those})
    leads: dict[tuple[int, int], list[User]] = {}
    held = LeadRepresentative.objects.in_force(on).filter(agency__in={one.agency_id for one in officers.values()})
    for lead in held.filter(person__is_active=True).select_related("person"):
        leads.setdefault((lead.partnership_id, lead.agency_id), []).append(lead.person)
    team = team_recipients([each for each in those if names_the_team(each)], on)
    found: dict[int, list[User]] = {}
    for each in those:
        officer = officers.get(each.cause_id)
        leading = leads.get((officer.partnership_id, officer.agency_id), []) if officer is not None else []
        found[each.pk] = [*leading, *team.get(each.pk, [])]
    return found


CAUSE = Cause(
    model="membership.delegatedofficer",
    board=_board,
    load=_loaded,
    is_open=lambda _, __: True,
    recipients=_recipients,
    address=lambda officer, _: reverse("accountability", args=[officer.partnership.slug, officer.agency.slug]),
    wording=lambda officer, _: Wording(
        "a delegation to a senior officer, renewed or ended", officer.partnership.short_name, is_one=True
    ),
    due_again=lambda officer, obligation, rule: _due(
        officer, rule, obligation.board, date.fromisoformat(obligation.occurrence)
    ),
)


def register_duties() -> None:
    """Make it known; once, when the app starts."""
    register(RENEWED, cause=CAUSE, plan=plan_board)
