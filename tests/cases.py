"""A case file with a paper, for tests."""

from __future__ import annotations

from django.core.files.base import ContentFile

from partnership.access import Role
from partnership.models import Standing, User
from reviews.models import CaseFile, CasePaper
from reviews.operations.cases import add_case_paper, admit_to_case_tier, open_case
from tests.agendas import pdf
from tests.cast import LONG_AGO, Cast


def of_the_case_tier(cast: Cast, name: str) -> User:
    """Somebody with a case-tier standing in the cast's partnership."""
    person = cast.person(name)
    if not Standing.objects.filter(person=person, role=Role.CASE_TIER).exists():
        admit_to_case_tier(person=person, partnership=cast.partnership, starts_on=LONG_AGO, by=cast.author)
    return person


def case_with_paper(cast: Cast, reference: str = "CSPR-2027-1") -> tuple[CaseFile, CasePaper]:
    """A case kept by somebody called case tier."""
    steward = of_the_case_tier(cast, "case tier")
    case = open_case(
        partnership=cast.partnership, reference=reference, steward=steward, panel_chair=steward, by=steward
    )
    file = ContentFile(pdf(1))
    return case, add_case_paper(case=case, title="Zebracase", file=file, original_name="Zebraname.pdf", by=steward)
