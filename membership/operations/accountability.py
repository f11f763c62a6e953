"""A statutory partner's officers with delegated authority, and its statements of accountability."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from membership.agency_duties import STATEMENT
from membership.delegation_duties import delegation_ended, officers_changed
from membership.models import (
    AccountabilityStatement,
    Agency,
    DelegatedOfficer,
    LeadRepresentative,
    Seat,
    StatementAsked,
    StatutoryRole,
)
from membership.operations.lead_representatives import NotAStatutoryPartner, PostMissing
from partnership import clock
from partnership.access import Role
from partnership.authorship import saved
from partnership.models import Board, Obligation, Partnership, Standing, StandingSource, User
from partnership.obligations.causes import key_of
from partnership.obligations.kept_rules import falls_due, rule_on
from partnership.obligations.operations import cancel_obligations, ensure_obligation, meet_obligation
from partnership.operations import day_after_last, person_or_newcomer
from partnership.rules.plain_dates import plain_date


class NobodyLeads(Exception):
    """Only a lead representative delegates, and the agency has none on that day."""


class NoAuthority(Exception):
    """A delegation says what the officer may do."""


class StatementUnsaid(Exception):
    """A statement says what the agency answers for and to whom, and when it is looked at again."""


class NotTheirAgency(Exception):
    """A lead representative lodges the statement of their own agency."""


@dataclass(frozen=True, slots=True)
class Authorities:
    """What an officer may do for the agency."""

    may_speak: bool = False
    may_decide: bool = False
    may_commit_policy: bool = False
    may_commit_resourcing: bool = False
    may_commit_practice: bool = False
    may_hold_to_account: bool = False


# --- officers ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def delegate_to_officer(
    *,
    partnership: Partnership,
    agency: Agency,
    name: str,
    email: str,
    post: str,
    authorities: Authorities,
    starts_on: date,
    ends_on: date | None,
    by: User,
) -> DelegatedOfficer:
    """Record that the lead representative lets an officer act for the agency; their standing follows.

    `ends_on` is the last day. An account is known by its address, else one is entered under that name.
    Raises NotAStatutoryPartner, NobodyLeads, PostMissing, NoAuthority, EndsBeforeItStarts, AccountClosed.
    """
    lead = _who_delegates(partnership, agency, starts_on)
    if not post.strip():
        raise PostMissing("Enter the post that they hold.")
    if not any(asdict(authorities).values()):
        raise NoAuthority("Choose what they may do for the agency.")
    until = day_after_last(starts_on=starts_on, ends_on=ends_on) if ends_on else None
    person = person_or_newcomer(email=email, name=name, by=by)
    officer = DelegatedOfficer(
        partnership=partnership,
        agency=agency,
        person=person,
        post=post.strip(),
        given_by=lead,
        starts_on=starts_on,
        until=until,
        **asdict(authorities),
    )
    saved(officer, by=by, reason=f"Delegated by {lead.person}")
    standing = Standing(
        person=person,
        role=Role.LEAD_REPRESENTATIVE,
        partnership=partnership,
        starts_on=starts_on,
        until=until,
        source=StandingSource.DELEGATED_AUTHORITY,
        source_id=officer.pk,
    )
    saved(standing, by=by, reason=f"Delegated by {lead.person}")
    officers_changed(partnership=partnership, by=by)
    return officer


def _who_delegates(partnership: Partnership, agency: Agency, on: date) -> LeadRepresentative:
    """Whoever leads for the agency that day. Raises NotAStatutoryPartner, NobodyLeads."""
    if agency.statutory_role != StatutoryRole.SAFEGUARDING_PARTNER:
        raise NotAStatutoryPartner("Only a statutory safeguarding partner has officers with delegated authority.")
    lead = LeadRepresentative.objects.in_force(on).filter(partnership=partnership, agency=agency).first()
    if lead is None:
        raise NobodyLeads(f"Nobody leads for this partner on {plain_date(on)}: enter who does first.")
    return lead


@transaction.atomic
def end_officer_delegation(*, officer: DelegatedOfficer, ends_on: date, reason: str, by: User) -> DelegatedOfficer:
    """End it with that last day, and the standing with it. Raises EndsBeforeItStarts."""
    officer.until = day_after_last(starts_on=officer.starts_on, ends_on=ends_on)
    saved(officer, by=by, reason=reason, fields=["until"])
    for standing in Standing.objects.filter(source=StandingSource.DELEGATED_AUTHORITY, source_id=officer.pk):
        standing.until = officer.until
        saved(standing, by=by, reason=reason, fields=["until"])
    delegation_ended(officer=officer, ends_on=ends_on, by=by)
    return officer


# --- statements -------------------------------------------------------------------------------------------------------


@transaction.atomic
def lodge_statement(
    *,
    partnership: Partnership,
    agency: Agency,
    responsibilities: str,
    line: str,
    delegated: str,
    review_on: date,
    by: User,
    is_team: bool,
) -> AccountabilityStatement:
    """Lodge what the agency answers for; it meets what its boards have asked, and the next falls due by their terms.

    Raises NotAStatutoryPartner, NotTheirAgency, StatementUnsaid.
    """
    today = clock.today()
    if agency.statutory_role != StatutoryRole.SAFEGUARDING_PARTNER:
        raise NotAStatutoryPartner("Only a statutory safeguarding partner lodges a statement.")
    leads = LeadRepresentative.objects.in_force(today).filter(partnership=partnership, agency=agency, person=by)
    if not is_team and not leads.exists():
        raise NotTheirAgency("You do not lead for this agency.")
    if not responsibilities.strip() or not line.strip():
        raise StatementUnsaid("Enter what the agency answers for, and its line of accountability.")
    if review_on <= today:
        raise StatementUnsaid("Enter a day to come on which it is looked at again.")
    statement = AccountabilityStatement(
        partnership=partnership,
        agency=agency,
        responsibilities=responsibilities.strip(),
        line=line.strip(),
        delegated=delegated.strip(),
        lodged_on=today,
        review_on=review_on,
        lodged_by=by,
    )
    saved(statement, by=by, reason="Statement lodged")
    _meet(partnership, agency, by)
    return statement


def _meet(partnership: Partnership, agency: Agency, by: User) -> None:
    """Meet what boards have asked of that agency until today, and let the next statement fall due."""
    today = clock.today()
    asked = StatementAsked.objects.filter(board__partnership=partnership, agency=agency).select_related("board")
    for each in asked.order_by("pk"):
        still_open = _open_obligation(each)
        # What is counted from today is the next statement.
        if still_open is not None and still_open.occurrence != today.isoformat():
            meet_obligation(
                duty=STATEMENT,
                cause=each,
                occurrence=still_open.occurrence,
                on=today,
                evidence=f"Statement lodged by {by.name}"[:200],
                by=by,
            )
        ask_for_statements(board=each.board, by=by)


@transaction.atomic
def ask_for_statements(*, board: Board, by: User) -> None:
    """Let the statement of each statutory partner that sits on the board fall due as its terms say, and no other's.

    Counted from the last statement; before any, from the day on which the partner's seat begins or is entered.
    """
    today = clock.today()
    found = rule_on(board=board, duty=STATEMENT, on=today)
    seats = Seat.objects.filter(board=board, agency__statutory_role=StatutoryRole.SAFEGUARDING_PARTNER).on_board(today)
    seated = {seat.agency_id or 0: seat for seat in seats.order_by("-starts_on", "pk")} if found else {}
    known = {each.agency_id: each for each in StatementAsked.objects.filter(board=board)}
    for agency, each in known.items():
        if agency not in seated:
            cancel_obligations(cause=each, reason="The board asks this agency no longer.", by=by)
    if found is None:
        return
    rule, constitution = found
    for agency, seat in sorted(seated.items(), key=lambda pair: pair[1].pk):
        asked = known.get(agency) or saved(
            StatementAsked(board=board, agency_id=agency), by=by, reason="The terms ask for it"
        )
        after = _counted_from(asked, seat, today)
        ensure_obligation(
            duty=STATEMENT,
            cause=asked,
            occurrence=after.isoformat(),
            owner=rule.owner,
            due_on=falls_due(rule, board=board, after=after),
            constitution=constitution,
            by=by,
        )


def _counted_from(asked: StatementAsked, seat: Seat, today: date) -> date:
    still_open = _open_obligation(asked)
    if still_open is not None:
        return date.fromisoformat(still_open.occurrence)
    last = AccountabilityStatement.objects.filter(
        partnership=asked.board.partnership_id, agency=asked.agency_id
    ).first()
    return last.lodged_on if last is not None else max(seat.starts_on, today)


def _open_obligation(asked: StatementAsked) -> Obligation | None:
    cause_type, cause_id = key_of(asked)
    rows = Obligation.objects.filter(cause_type=cause_type, cause_id=cause_id, duty=STATEMENT)
    return rows.filter(met_on=None, cancelled_at=None).first()
