"""The rules in the making: who leads for the city's statutory partners, and a draft that waits for two signatures."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from meetings.operations.constitution_drafts import (
    begin_draft,
    change_details,
    change_rule,
    mark_of,
    put_forward,
    version_of,
)
from meetings.operations.constitution_signing import sign
from membership.operations.lead_representatives import name_lead_representative
from partnership.constitutions.rule_places import place_of
from partnership.operations import register_person
from reviews.demo import tables
from reviews.demo.stage import Stage

CITY, BOARD = "portsmouth", "portsmouth/board"
LEADS = (
    ("portsmouth-city-council", "Honor Beckwith", "Chief Executive", "organisation:council"),
    ("hampshire-and-isle-of-wight-constabulary", "Rafe Ellery", "Assistant Chief Constable", ""),
    ("hampshire-and-isle-of-wight-icb", "Simone Adair", "Chief Nurse", ""),
)
RULE = "papers"
WHY = "Members asked for two weeks to read the papers"


def draft_the_rules(stage: Stage) -> None:
    """Three lead representatives; a draft with one rule changed, put forward, and signed by the first of them."""
    for slug, name, post, _ in LEADS:
        stage.people[name] = register_person(email=tables.address_of(name), name=name, is_demo=True, by=stage.author)
        name_lead_representative(
            partnership=stage.partnerships[CITY],
            agency=stage.agencies[slug],
            person=stage.people[name],
            post=post,
            starts_on=stage.days_ago(500),
            by=stage.coordinators[CITY],
        )
    _draft(stage)


def _draft(stage: Stage) -> None:
    by = stage.coordinators[CITY]
    draft = begin_draft(board=stage.boards[BOARD], reason=WHY, by=by)
    rule = place_of(draft.text, RULE).value
    time: Any = rule["time"]
    new = {**rule, "time": {**time, "amount": 2, "unit": "weeks"}}
    draft = change_rule(draft=draft, rule_id=RULE, new=new, seen=mark_of(rule), why=WHY, by=by)
    draft = change_details(
        draft=draft,
        seen=mark_of(version_of(draft.text)),
        title="Arrangements with two weeks to read the papers",
        in_force_from=stage.today + timedelta(days=60),
        review_by=None,
        note="",
        by=by,
    )
    draft = put_forward(draft=draft, edition=draft.edition, by=by)
    _, name, _, place = LEADS[0]
    sign(draft=draft, place=place, sha256=draft.sha256, by=stage.people[name])
