"""The city's register of agencies as its coordinator keeps it: a merger, a senior officer, requests. All made up."""

from __future__ import annotations

from datetime import timedelta

from membership.models import AgencyKind, RequestOutcome, StatutoryRole, SuccessionKind
from membership.operations.agency_identity import Identity, rename_in_register, succeed
from membership.operations.agency_register import (
    decide_request,
    name_officer,
    record_request,
    register_agency,
)
from membership.operations.grade_ladders import add_ladder
from reviews.demo.stage import Stage

CITY = "portsmouth"
VOLUNTARY = AgencyKind.VOLUNTARY
TRUST, PROJECT, CLUB = "Spinnaker Youth Trust", "Copnor Youth Project", "Spinnaker Club at Copnor"
OFFICERS = (
    ("solent-nhs-trust", "Orla Fenwick", "Chief Nurse", 400),
    ("portsmouth-hospitals-university-trust", "Tamsin Rook", "Chief Executive", 900),
    ("portsmouth-hospitals-university-trust", "Idris Calloway", "Chief Executive", 120),
)


def tend_the_register(stage: Stage) -> None:
    """One body that took over another, with a part and a ladder; officers; a request that waits, and two decided."""
    here, by = stage.partnerships[CITY], stage.coordinators[CITY]
    relevant = Identity(VOLUNTARY, StatutoryRole.RELEVANT_AGENCY)
    trust = register_agency(
        partnership=here, name="Spinnaker Trust", identity=relevant, aliases=["SYT"], since=stage.days_ago(2000), by=by
    )
    rename_in_register(agency=trust, partnership=here, name=TRUST, from_on=stage.days_ago(700), by=by)
    part = Identity(VOLUNTARY, StatutoryRole.OTHER, parent=trust)
    register_agency(partnership=here, name=CLUB, identity=part, by=by)
    project = register_agency(partnership=here, name=PROJECT, identity=relevant, by=by)
    succeed(
        agency=project,
        partnership=here,
        successor=trust,
        kind=SuccessionKind.MERGED,
        on=stage.days_ago(200),
        what_moved="Two youth workers and the club at Copnor",
        by=by,
    )
    add_ladder(
        agency=trust, partnership=here, name="Posts", grades=["Director", "Youth work lead", "Youth worker"], by=by
    )
    for slug, name, post, days in OFFICERS:
        name_officer(
            agency=stage.agencies[slug], partnership=here, name=name, post=post, from_on=stage.days_ago(days), by=by
        )
    _ask_to_be_named(stage)


def _ask_to_be_named(stage: Stage) -> None:
    here, by = stage.partnerships[CITY], stage.coordinators[CITY]
    record_request(
        partnership=here,
        body="Harbour Young Carers",
        asked_by="Wilf Tarrant, manager",
        contact="wilf.tarrant@example.org",
        asked_on=stage.days_ago(12),
        case_for="We see about 140 young carers a year and would like to be asked and told what others are.",
        by=by,
    )
    declined = record_request(
        partnership=here,
        body="Gosport Ferry Swimmers",
        asked_by="Nan Okafor, secretary",
        asked_on=stage.days_ago(150),
        by=by,
    )
    decide_request(
        request=declined,
        outcome=RequestOutcome.DECLINED,
        decided_by="The Executive Committee",
        decided_on=stage.today - timedelta(days=110),
        reason="It works with adults alone",
        by=by,
    )
