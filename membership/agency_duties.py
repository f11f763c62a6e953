"""What falls due because a board names an agency: the arrangements acknowledged, a statement of accountability lodged.

The board's terms say by when.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.urls import reverse

from membership.duties import names_the_team
from membership.models import Acknowledgement, LeadRepresentative, StatementAsked
from membership.queries.acknowledgements import speakers
from partnership.models import Obligation, User
from partnership.obligations.causes import Cause, Wording
from partnership.obligations.features import register
from partnership.obligations.kept_rules import due_since_occurrence, falls_due
from partnership.obligations.team import team_recipients

# The permanent ids of the duties that this application can see met.
ACKNOWLEDGED = "arrangements-acknowledged"
STATEMENT = "accountability-statement"


def _acknowledgements(ids: Collection[int]) -> dict[int, Acknowledgement]:
    return Acknowledgement.objects.select_related("constitution__board__partnership").in_bulk(ids)


def _speakers(obligations: Iterable[Obligation], on: date) -> dict[int, list[User]]:
    """Who speaks for each agency, and whom of the team the rule names. Five queries at most."""
    those = list(obligations)
    rows = _acknowledgements({each.cause_id for each in those})
    people = speakers(list(rows.values()), on)
    team = team_recipients([each for each in those if names_the_team(each)], on)
    return {each.pk: [*people.get(each.cause_id, []), *team.get(each.pk, [])] for each in those}


def _statements(ids: Collection[int]) -> dict[int, StatementAsked]:
    return StatementAsked.objects.select_related("board__partnership", "agency").in_bulk(ids)


def _leads(obligations: Iterable[Obligation], on: date) -> dict[int, list[User]]:
    """Who leads for each statutory partner, and whom of the team the rule names. Three queries at most."""
    those = list(obligations)
    asked = _statements({each.cause_id for each in those})
    leads: dict[tuple[int, int], list[User]] = {}
    held = LeadRepresentative.objects.in_force(on).filter(agency__in={each.agency_id for each in asked.values()})
    for lead in held.filter(person__is_active=True).select_related("person"):
        leads.setdefault((lead.partnership_id, lead.agency_id), []).append(lead.person)
    team = team_recipients([each for each in those if names_the_team(each)], on)
    return {
        each.pk: [
            *leads.get((each.board.partnership_id, asked[each.cause_id].agency_id), []),
            *team.get(each.pk, []),
        ]
        for each in those
        if each.cause_id in asked
    }


ACKNOWLEDGEMENT_CAUSE = Cause(
    model="membership.acknowledgement",
    board=lambda asked: asked.constitution.board,
    load=_acknowledgements,
    is_open=lambda asked, _: asked.acknowledged_on is None,
    recipients=_speakers,
    address=lambda asked, _: reverse("my_arrangement", args=[asked.uuid]),
    wording=lambda asked, _: Wording(
        f"the acknowledgement of version {asked.constitution.version} of the arrangements",
        asked.constitution.board.short_name,
    ),
    is_of_one_person=True,
    agency=lambda asked: asked.agency_id,
    due_again=lambda asked, _, rule: falls_due(
        rule, board=asked.constitution.board, after=max(asked.asked_on, asked.constitution.in_force_from)
    ),
)
STATEMENT_CAUSE = Cause(
    model="membership.statementasked",
    board=lambda asked: asked.board,
    load=_statements,
    is_open=lambda _, __: True,
    recipients=_leads,
    address=lambda asked, _: reverse("accountability", args=[asked.board.partnership.slug, asked.agency.slug]),
    wording=lambda asked, _: Wording("the statement of responsibilities and accountability", asked.board.short_name),
    due_again=due_since_occurrence,
    agency=lambda asked: asked.agency_id,
)


def register_duties() -> None:
    """Make them known; once, when the app starts."""
    register(ACKNOWLEDGED, cause=ACKNOWLEDGEMENT_CAUSE)
    register(STATEMENT, cause=STATEMENT_CAUSE)
