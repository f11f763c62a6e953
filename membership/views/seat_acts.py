"""Every act on a seat: what it asks, what it does, and on which day its effects are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from membership.forms.seats import (
    AppointForm,
    BackForm,
    CorrectForm,
    DeclareForm,
    DeputyForm,
    EndForm,
    HandOverForm,
    LeaveForm,
    MayCommitForm,
    PersonForm,
    SeatForm,
    VacantForm,
)
from membership.models import Appointment, Leave
from membership.operations import (
    AlreadyEnded,
    LeaveTwice,
    NamingReasonNeeded,
    NamingRefused,
    NotIndependent,
    OutsideTheAppointment,
    OutsideTheSeat,
    ReasonMissing,
    SeatNotVacant,
    SeatTaken,
    appoint,
    confirm_may_commit,
    correct_appointment,
    declare_authority,
    end_appointment,
    end_leave,
    grant_leave,
    hand_over,
    leave_vacant,
    name_checked_deputy,
)
from membership.views.seat_places import SeatPlace
from partnership.models import Board, User
from partnership.operations import EndsBeforeItStarts, register_person
from partnership.signing_in.invitations import NobodyToInvite, TooManyInvitations, has_been_here, invite

# What an act may be refused for, and the field that it is about; None where it is about the whole.
REFUSED: dict[type[Exception], tuple[str, ...]] = {
    AlreadyEnded: ("ends_on",),
    EndsBeforeItStarts: ("ends_on", "starts_on"),
    LeaveTwice: ("starts_on",),
    NotIndependent: ("who",),
    NamingReasonNeeded: ("deputy_reason",),
    NobodyToInvite: ("invite",),
    NamingRefused: ("authority", "grade"),
    OutsideTheAppointment: ("starts_on",),
    OutsideTheSeat: ("starts_on",),
    ReasonMissing: ("reason",),
    SeatNotVacant: ("starts_on",),
    SeatTaken: ("who", "starts_on"),
    TooManyInvitations: ("invite",),
}
NEVER_FOLLOWS = (
    "Private notes, interests declared and restricted papers that were opened to the predecessor never follow. "
    "What follows does so on the successor's first day."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatAct:
    """`does` gives what it made; effects are shown as of the day in the field `day`; `note` is said with them."""

    title: str
    button: str
    done: str
    form: type[SeatForm]
    does: Callable[[SeatPlace, Appointment | None, Any, User], object]
    day: str
    note: str = ""


def _appoint(place: SeatPlace, _: Appointment | None, form: AppointForm, by: User) -> object:
    said = form.cleaned_data
    person = person_of(form, by)
    made = appoint(
        seat=place.seat,
        person=person,
        starts_on=said["starts_on"],
        ends_on=said["ends_on"],
        grade=form.chosen_grade,
        by=by,
    )
    invite_newcomer(form, person, place.board, by)
    return made


def _hand_over(place: SeatPlace, _: Appointment | None, form: HandOverForm, by: User) -> object:
    said = form.cleaned_data
    person = person_of(form, by)
    made = hand_over(
        seat=place.seat,
        to=person,
        on=said["starts_on"],
        grade=form.chosen_grade,
        reason=said["reason"],
        by=by,
    )
    invite_newcomer(form, person, place.board, by)
    return made


def _name_deputy(place: SeatPlace, _: Appointment | None, form: DeputyForm, by: User) -> object:
    said = form.cleaned_data
    person = person_of(form, by)
    made = name_checked_deputy(
        seat=place.seat,
        person=person,
        starts_on=said["starts_on"],
        ends_on=said["ends_on"],
        grade=form.chosen_grade,
        has_same_authority=form.has_same_authority,
        declared_by=said["declared_by"],
        reason=said["deputy_reason"],
        by=by,
    )
    invite_newcomer(form, person, place.board, by)
    return made


def _leave_vacant(place: SeatPlace, _: Appointment | None, form: VacantForm, by: User) -> object:
    said = form.cleaned_data
    return leave_vacant(seat=place.seat, starts_on=said["starts_on"], reason=said["reason"], by=by)


def _end(_: SeatPlace, held: Appointment | None, form: EndForm, by: User) -> object:
    assert held is not None
    end_appointment(appointment=held, ends_on=form.cleaned_data["ends_on"], reason=form.cleaned_data["reason"], by=by)
    return None


def _correct(_: SeatPlace, held: Appointment | None, form: CorrectForm, by: User) -> object:
    assert held is not None
    said = form.cleaned_data
    grade = form.chosen_grade if "grade" in form.fields else held.grade
    correct_appointment(
        appointment=held,
        starts_on=said["starts_on"],
        ends_on=said["ends_on"],
        grade=grade,
        reason=said["reason"],
        by=by,
    )
    return None


def _leave(_: SeatPlace, held: Appointment | None, form: LeaveForm, by: User) -> object:
    assert held is not None
    said = form.cleaned_data
    return grant_leave(
        appointment=held, starts_on=said["starts_on"], ends_on=said["ends_on"], reason=said["reason"], by=by
    )


def _back(place: SeatPlace, held: Appointment | None, form: BackForm, by: User) -> object:
    leave = Leave.objects.filter(appointment=held).overlapping(place.today, None).select_related("appointment").first()
    if leave is None:
        raise OutsideTheAppointment("There is no leave to end.")
    end_leave(leave=leave, ends_on=form.cleaned_data["ends_on"], by=by)
    return None


def _may_commit(_: SeatPlace, held: Appointment | None, form: MayCommitForm, by: User) -> object:
    assert held is not None
    said = form.cleaned_data
    confirm_may_commit(appointment=held, confirmed_by=said["confirmed_by"], on=said["on"], by=by)
    return None


def _declare(_: SeatPlace, held: Appointment | None, form: DeclareForm, by: User) -> object:
    assert held is not None
    said = form.cleaned_data
    has_same = said["authority"] == "yes"
    declare_authority(
        appointment=held, has_same_authority=has_same, on=said["on"], declared_by=said["declared_by"], by=by
    )
    return None


def person_of(form: PersonForm, by: User) -> User:
    """Whoever the form names; somebody new is entered, once for one address."""
    known = form.known
    if known is not None:
        return known
    said = form.cleaned_data
    return register_person(email=said["email"], name=said["name"], by=by, is_demo=by.is_demo)


def invite_newcomer(form: SeatForm, person: User, board: Board, by: User) -> None:
    """Invite the person where the form says so, and they have not been here yet."""
    if form.cleaned_data["invite"] and not has_been_here(person):
        invite(person=person, board=board, by=by)


SEAT_ACTS: dict[str, SeatAct] = {
    "seat_appoint": SeatAct(
        title="Appoint a representative",
        button="Appoint",
        done="The appointment is recorded.",
        form=AppointForm,
        does=_appoint,
        day="starts_on",
    ),
    "seat_hand_over": SeatAct(
        title="Hand the seat over",
        button="Hand over",
        done="The seat is handed over.",
        form=HandOverForm,
        does=_hand_over,
        day="starts_on",
        note=NEVER_FOLLOWS,
    ),
    "seat_name_deputy": SeatAct(
        title="Name a deputy",
        button="Name the deputy",
        done="The deputy is named.",
        form=DeputyForm,
        does=_name_deputy,
        day="starts_on",
    ),
    "seat_leave_vacant": SeatAct(
        title="Leave the seat vacant",
        button="Leave it vacant",
        done="It is recorded that the seat is left vacant.",
        form=VacantForm,
        does=_leave_vacant,
        day="starts_on",
    ),
}
HOLDER_ACTS: dict[str, SeatAct] = {
    "holder_end": SeatAct(
        title="End the appointment",
        button="End it",
        done="The end is recorded.",
        form=EndForm,
        does=_end,
        day="ends_on",
        note="When a representative leaves, the deputies of the seat end with them. Shown as of the day after.",
    ),
    "holder_correct": SeatAct(
        title="Correct the appointment",
        button="Correct it",
        done="The correction is recorded.",
        form=CorrectForm,
        does=_correct,
        day="starts_on",
    ),
    "holder_leave": SeatAct(
        title="Leave of absence",
        button="Record the leave",
        done="The leave is recorded.",
        form=LeaveForm,
        does=_leave,
        day="starts_on",
        note="The first deputy who is not on leave acts, and papers go to them. The reason is read by the team alone.",
    ),
    "holder_back": SeatAct(
        title="End the leave",
        button="End the leave",
        done="The end of the leave is recorded.",
        form=BackForm,
        does=_back,
        day="ends_on",
        note="Shown as of the day after.",
    ),
    "holder_may_commit": SeatAct(
        title="May speak for their organisation",
        button="Record it",
        done="It is recorded.",
        form=MayCommitForm,
        does=_may_commit,
        day="on",
        note="The person may speak for their organisation, commit it, and hold it to account.",
    ),
    "holder_declare": SeatAct(
        title="Authority of the deputy",
        button="Record it",
        done="What was declared is recorded.",
        form=DeclareForm,
        does=_declare,
        day="on",
    ),
}
