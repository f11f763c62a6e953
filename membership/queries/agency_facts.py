"""What a form about an agency is drawn from, in words, and the mark by which it is known again."""

from __future__ import annotations

import hashlib
import json
from datetime import date

from membership.models import Agency, AgencyDisplayName, AgencyName, AgencyOfficer, GradeLadder, RelevantAgency
from partnership.models import Partnership
from partnership.rules.plain_dates import plain_date

Facts = dict[str, str]


def facts_seen(facts: Facts) -> str:
    """The mark of these facts: a form carries it, and another one says that something changed meanwhile."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:20]


def identity_facts(*, agency: Agency, on: date) -> Facts:
    """What the agency is, to everybody. Two queries at most."""
    names = AgencyName.objects.filter(agency=agency, is_alias=False, until=None).first()
    parent = AgencyName.objects.filter(agency=agency.parent_id, is_alias=False).in_use(on).first()
    return {
        "Name": names.name if names else "",
        "Kind": agency.get_kind_display(),
        "Statutory role": agency.get_statutory_role_display(),
        "Section 11 duty": agency.get_section_11_display() or "None",
        "Education Act duty": agency.get_education_duty_display() or "None",
        "Part of": parent.name if parent else "No other agency",
    }


def local_facts(*, agency: Agency, partnership: Partnership) -> Facts:
    """What the partnership's own pages say of it. Three queries."""
    called = AgencyDisplayName.objects.filter(agency=agency, partnership=partnership).first()
    officer = AgencyOfficer.objects.filter(agency=agency, partnership=partnership, until=None).first()
    lines = RelevantAgency.objects.filter(agency=agency, partnership=partnership, until=None)
    return {
        "Our name for it": called.name if called else "None of our own",
        "Senior officer": f"{officer}, since {plain_date(officer.starts_on)}" if officer else "Nobody",
        "Listed": "; ".join(f"{line.listed_as} ({line.category})" for line in lines) or "Not listed",
    }


def ladder_facts(*, ladder: GradeLadder) -> Facts:
    """The rungs, the most senior first. One query."""
    return {"Rungs": ", ".join(ladder.grades.order_by("rank").values_list("name", flat=True))}
