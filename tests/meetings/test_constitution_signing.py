"""Three lead representatives sign the exact text; a change voids what was signed; the last signature adopts."""

from __future__ import annotations

from datetime import date

import pytest

from meetings.operations.constitution_drafts import (
    MustBeSigned,
    adopt_draft,
    begin_draft,
    change_details,
    change_rule,
    mark_of,
    put_forward,
    version_of,
)
from meetings.operations.constitution_signing import (
    ChangedSinceShown,
    NotForYouToSign,
    NotPutForward,
    SignedAlready,
    sign,
)
from membership.models import Agency, AgencyKind, LeadRepresentative, StatutoryRole
from membership.operations import enter_agency
from membership.operations.lead_representatives import end_lead_representative, name_lead_representative
from membership.queries.signing import signing_places
from partnership.access import Role
from partnership.constitutions.rule_places import place_of
from partnership.constitutions.tree import Value
from partnership.models import Constitution, ConstitutionDraft, DraftState, Standing
from partnership.queries import terms_in
from tests.cast import LONG_AGO, TODAY, Cast

PLACES = ("council", "constabulary", "icb")
MAY = date(2027, 5, 1)


@pytest.fixture
def leads(cast: Cast) -> dict[str, str]:
    """A lead representative for each of Portsmouth's three partners, by the organisation that the rules name."""
    version = Constitution.objects.get(board=cast.elsewhere)
    organisations = terms_in(text=version.text).quorum.organisations
    for place in PLACES:
        name = organisations[place].name
        agency = Agency.objects.filter(names__name=name).first() or enter_agency(
            slug=place, name=name, kind=AgencyKind.OTHER, statutory_role=StatutoryRole.SAFEGUARDING_PARTNER,
            by=cast.author,
        )  # fmt: skip
        cast.elsewhere.seats.filter(key__startswith=place).update(agency=agency)
        name_lead_representative(
            partnership=cast.elsewhere.partnership, agency=agency, person=cast.person(f"lead {place}"),
            post="Chief executive", starts_on=LONG_AGO, by=cast.author,
        )  # fmt: skip
    return {place: f"lead {place}" for place in PLACES}


def drafted(cast: Cast) -> ConstitutionDraft:
    """A draft for Portsmouth in which one rule changes, in force from May."""
    draft = begin_draft(board=cast.elsewhere, reason="Agreed on 17 March, item 4", by=cast.author)
    draft = reworded(cast, draft, "Six days.")
    return change_details(
        draft=draft, seen=mark_of(version_of(draft.text)), title="Arrangements", in_force_from=MAY, review_by=None,
        note="", by=cast.author,
    )  # fmt: skip


def reworded(cast: Cast, draft: ConstitutionDraft, words: str) -> ConstitutionDraft:
    rule = place_of(draft.text, "papers").value
    new: dict[str, Value] = {**rule, "clause": {"ref": "n", "words": words}}
    return change_rule(draft=draft, rule_id="papers", new=new, seen=mark_of(rule), why="Item 4", by=cast.author)


def signed(cast: Cast, draft: ConstitutionDraft, place: str, sha256: str = "") -> Constitution | None:
    given = sign(
        draft=draft, place=f"organisation:{place}", sha256=sha256 or draft.sha256, by=cast.person(f"lead {place}")
    )
    return given[1]


def test_with_the_last_of_three_signatures_the_version_comes_into_force(cast: Cast, leads: dict[str, str]) -> None:
    draft = drafted(cast)
    assert [len(each.people) for each in signing_places(draft=draft, on=TODAY)] == [1, 1, 1]
    with pytest.raises(MustBeSigned):
        adopt_draft(draft=draft, edition=draft.edition, reason="Now", by=cast.author)
    with pytest.raises(NotPutForward):
        signed(cast, draft, "council")
    draft = put_forward(draft=draft, edition=draft.edition, by=cast.author)
    assert signed(cast, draft, "council") is None
    with pytest.raises(SignedAlready):
        signed(cast, draft, "council")
    with pytest.raises(NotForYouToSign):
        sign(draft=draft, place="organisation:icb", sha256=draft.sha256, by=cast.person("lead council"))
    assert signed(cast, draft, "constabulary") is None
    adopted = signed(cast, draft, "icb")
    assert adopted is not None
    assert (adopted.in_force_from, adopted.text, adopted.sha256) == (MAY, draft.text, draft.sha256)
    reason = adopted.history.get().history_change_reason
    assert "Agreed on 17 March, item 4. Signed by Lead Council as the lead representative of" in reason
    draft.refresh_from_db()
    assert draft.state == DraftState.ADOPTED
    assert [each.name for each in draft.signatures.all()] == ["Lead Council", "Lead Constabulary", "Lead Icb"]


def test_a_change_voids_what_was_signed_and_an_old_page_signs_nothing(cast: Cast, leads: dict[str, str]) -> None:
    draft = put_forward(draft=(first := drafted(cast)), edition=first.edition, by=cast.author)
    old = draft.sha256
    signed(cast, draft, "council")
    draft = reworded(cast, draft, "Eight days.")
    assert draft.state == DraftState.DRAFTING
    assert draft.signatures.get().voided_at is not None
    draft = put_forward(draft=draft, edition=draft.edition, by=cast.author)
    with pytest.raises(ChangedSinceShown):
        signed(cast, draft, "constabulary", sha256=old)
    assert not draft.signatures.filter(voided_at=None).exists()
    # The control: the text as it is now is signed.
    assert signed(cast, draft, "constabulary") is None
    assert draft.signatures.filter(voided_at=None).count() == 1


def test_the_standing_of_a_lead_representative_follows_the_record(cast: Cast, leads: dict[str, str]) -> None:
    lead = LeadRepresentative.objects.get(person=cast.person("lead council"))
    standing = Standing.objects.get(person=lead.person, role=Role.LEAD_REPRESENTATIVE)
    assert (standing.partnership_id, standing.board_id, standing.until) == (lead.partnership_id, None, None)
    follows = name_lead_representative(
        partnership=lead.partnership, agency=lead.agency, person=cast.person("lead two"), post="Chief executive",
        starts_on=TODAY, by=cast.author,
    )  # fmt: skip
    standing.refresh_from_db()
    assert standing.until == TODAY
    end_lead_representative(lead=follows, ends_on=TODAY, reason="Left", by=cast.author)
    assert Standing.objects.get(person=follows.person).until == follows.until
    draft = drafted(cast)
    assert [str(each) for each in signing_places(draft=draft, on=TODAY)[0].people] == ["Lead Two"]
    assert signing_places(draft=draft, on=MAY)[0].people == ()
