"""Who leads for a statutory partner: the standing follows the record, in the same transaction."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from membership.models import Agency, LeadRepresentative
from partnership.access import Role
from partnership.authorship import saved
from partnership.models import Partnership, Standing, StandingSource, User
from partnership.operations import EndsBeforeItStarts, person_or_newcomer
from partnership.rules.plain_dates import plain_date


class NotAStatutoryPartner(Exception):
    """Only statutory partners have a lead representative."""


class PostMissing(Exception):
    """The record says in which post somebody leads."""


@transaction.atomic
def name_lead_representative(
    *, partnership: Partnership, agency: Agency, person: User, post: str, starts_on: date, by: User
) -> LeadRepresentative:
    """Enter who leads for a statutory partner from that day; whoever led before leads until the day before.

    Raises NotAStatutoryPartner, PostMissing, EndsBeforeItStarts.
    """
    if agency.statutory_role != "safeguarding partner":
        raise NotAStatutoryPartner("Only a statutory safeguarding partner has a lead representative.")
    if not post.strip():
        raise PostMissing("Enter the post in which they lead.")
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    before = LeadRepresentative.objects.filter(partnership=partnership, agency=agency, until=None).first()
    if before is not None:
        if before.starts_on >= starts_on:
            raise EndsBeforeItStarts(
                f"{before.person} leads from {plain_date(before.starts_on)}: somebody else can only follow later."
            )
        end_lead_representative(
            lead=before, ends_on=starts_on - timedelta(days=1), reason=f"Followed by {person}", by=by
        )
    lead = LeadRepresentative(
        partnership=partnership, agency=agency, person=person, post=post.strip(), starts_on=starts_on
    )
    saved(lead, by=by, reason="Lead representative entered")
    standing = Standing(
        person=person,
        role=Role.LEAD_REPRESENTATIVE,
        partnership=partnership,
        starts_on=starts_on,
        source=StandingSource.LEAD_REPRESENTATION,
        source_id=lead.pk,
    )
    saved(standing, by=by, reason="Lead representative entered")
    return lead


@transaction.atomic
def name_lead_representative_by_address(
    *, partnership: Partnership, agency: Agency, name: str, email: str, post: str, starts_on: date, by: User
) -> LeadRepresentative:
    """The same for somebody known by their e-mail address, who is entered under that name if nobody has it.

    Raises as `name_lead_representative` does, and AccountClosed.
    """
    person = person_or_newcomer(email=email, name=name, by=by)
    return name_lead_representative(
        partnership=partnership, agency=agency, person=person, post=post, starts_on=starts_on, by=by
    )


@transaction.atomic
def end_lead_representative(*, lead: LeadRepresentative, ends_on: date, reason: str, by: User) -> LeadRepresentative:
    """End it with that last day, and the standing with it. Raises EndsBeforeItStarts."""
    if ends_on < lead.starts_on:
        raise EndsBeforeItStarts(f"The last day is before the first, {plain_date(lead.starts_on)}.")
    lead.until = ends_on + timedelta(days=1)
    saved(lead, by=by, reason=reason, fields=["until"])
    for standing in Standing.objects.filter(source=StandingSource.LEAD_REPRESENTATION, source_id=lead.pk):
        standing.until = lead.until
        saved(standing, by=by, reason=reason, fields=["until"])
    return lead
