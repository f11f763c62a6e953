"""Who may decide what for whom in the city: a delegation, officers, a statement, and what agencies acknowledged."""

from __future__ import annotations

from datetime import timedelta

from meetings.models import Meeting
from meetings.operations import delegate
from membership.models import Acknowledgement, Appointment
from membership.operations.accountability import Authorities, delegate_to_officer, lodge_statement
from membership.operations.acknowledgements import acknowledge, record_acknowledgement
from partnership.rules.plain_dates import plain_date
from reviews.demo.stage import Stage

CITY, BOARD = "portsmouth", "portsmouth/board"
EXECUTIVE = "portsmouth/executive-committee"
TRAINING = "Choosing the providers of the training programme, up to £5,000 each"
COUNCIL, CONSTABULARY = "portsmouth-city-council", "hampshire-and-isle-of-wight-constabulary"
EVERYTHING = Authorities(
    may_speak=True,
    may_decide=True,
    may_commit_policy=True,
    may_commit_resourcing=True,
    may_commit_practice=True,
    may_hold_to_account=True,
)
# How many of those who sit on the board have acknowledged its arrangements, and how many wrote to the team instead.
ACKNOWLEDGED, WROTE = 5, 12


def settle_mandates(stage: Stage) -> None:
    """After the lead representatives are named."""
    _delegate(stage)
    _name_officers(stage)
    _acknowledge(stage)


def _delegate(stage: Stage) -> None:
    held = Meeting.objects.filter(board=stage.boards[BOARD], on__lt=stage.today).held().order_by("-on")[0]
    delegate(
        given_by=stage.boards[BOARD],
        given_to=stage.boards[EXECUTIVE],
        rule="delegation",
        functions=TRAINING,
        decided=f"PSCP Board of {plain_date(held.on)}, item 4",
        starts_on=held.on,
        ends_on=stage.today + timedelta(days=300),
        by=stage.coordinators[CITY],
    )


def _name_officers(stage: Stage) -> None:
    """One delegation that holds, one older than the terms allow."""
    for agency, name, post, days in (
        (COUNCIL, "Odile Farrant", "Director of Children's Services", 120),
        (CONSTABULARY, "Piers Lovell", "District Commander", 450),
    ):
        delegate_to_officer(
            partnership=stage.partnerships[CITY],
            agency=stage.agencies[agency],
            name=name,
            email=f"{name.lower().replace(' ', '.')}@example.org",
            post=post,
            authorities=EVERYTHING,
            starts_on=stage.days_ago(days),
            ends_on=None,
            by=stage.coordinators[CITY],
        )
    lodge_statement(
        partnership=stage.partnerships[CITY],
        agency=stage.agencies[COUNCIL],
        responsibilities="Children's social care, early help, the virtual school, and the front door for referrals.",
        line="Heads of service to the director of children's services, and from there to the chief executive.",
        delegated="The director commits the council on policy, resourcing and practice.",
        review_on=stage.today + timedelta(days=365),
        is_team=True,
        by=stage.coordinators[CITY],
    )


def _acknowledge(stage: Stage) -> None:
    asked = Acknowledgement.objects.filter(constitution__board=stage.boards[BOARD]).select_related(
        "constitution__board__partnership"
    )
    seated = Appointment.objects.filter(seat__board=stage.boards[BOARD]).representatives().in_force(stage.today)
    speaker = {each.seat.agency_id: each.person for each in seated.select_related("seat", "person")}
    own = [row for row in asked.order_by("pk") if row.agency_id in speaker]
    for row in own[:ACKNOWLEDGED]:
        acknowledge(row=row, by=speaker[row.agency_id])
    others = [row for row in asked.order_by("pk") if row.agency_id not in speaker]
    for row in others[:WROTE]:
        record_acknowledgement(
            row=row, name="The manager", on=stage.today, how="By letter to the team", by=stage.coordinators[CITY]
        )
