"""Acts on a seat: a form, a page that says what the act changes, and the act. What was typed is kept throughout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from membership.deputy_naming import deputies_rule_on
from membership.forms.seats import Choices, DeputyForm, PersonForm, SeatForm, days_of
from membership.models import Appointment, Grade
from membership.operations import SeatClash, carry_out, move_deputy, tried_out
from membership.presenters.seats import answers, now_says
from membership.queries import representative_of
from membership.queries.seat_history import known_people, times_changed
from membership.views.seat_acts import HOLDER_ACTS, REFUSED, SEAT_ACTS, SeatAct
from membership.views.seat_places import SeatPlace, author, holder_at, seat_place
from partnership.models import User
from partnership.navigation import on_board


@dataclass(frozen=True, slots=True)
class Doing:
    """An act about to be done on a seat, or on one of its appointments."""

    place: SeatPlace
    act: SeatAct
    held: Appointment | None
    by: User

    def does(self, form: SeatForm) -> object:
        return self.act.does(self.place, self.held, form, self.by)

    def day(self, form: SeatForm) -> date:
        """The day as of which effects are shown: of an end, the first day without it."""
        said: date = form.cleaned_data[self.act.day]
        return said + timedelta(days=1) if self.act.day == "ends_on" else said


def seat_act(request: HttpRequest, partnership_slug: str, board_slug: str, seat_key: str, act: str) -> HttpResponse:
    """Appoint, hand over, name a deputy, leave vacant."""
    place = _place_to_write(request, partnership_slug, board_slug, seat_key)
    return _done(request, Doing(place, SEAT_ACTS[act], None, author(request)))


def holder_act(
    request: HttpRequest, partnership_slug: str, board_slug: str, seat_key: str, number: int, act: str
) -> HttpResponse:
    """End, correct, leave of absence and back, and what was confirmed or declared."""
    place = _place_to_write(request, partnership_slug, board_slug, seat_key)
    return _done(request, Doing(place, HOLDER_ACTS[act], holder_at(place, number), author(request)))


@require_POST
def deputy_move(
    request: HttpRequest, partnership_slug: str, board_slug: str, seat_key: str, number: int
) -> HttpResponse:
    """Move a deputy up or down in their order."""
    place = _place_to_write(request, partnership_slug, board_slug, seat_key)
    held = holder_at(place, number)
    move_deputy(appointment=held, up=request.POST.get("move") == "up", by=author(request))
    return HttpResponseRedirect(f"{place.href}#deputies")


def _place_to_write(request: HttpRequest, partnership_slug: str, board_slug: str, seat_key: str) -> SeatPlace:
    place = seat_place(request, partnership_slug, board_slug, seat_key)
    if not place.is_team:
        raise PermissionDenied
    return place


def _done(request: HttpRequest, doing: Doing) -> HttpResponse:
    form = _form(doing, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid() or "back" in request.POST:
        return _page(request, doing, form)
    seat, seen = doing.place.seat, form.cleaned_data["seen"]
    try:
        if "confirm" not in request.POST:
            effects = tried_out(seat=seat, act=lambda: doing.does(form), seen=seen, on=doing.day(form), by=doing.by)
            return _check_page(request, doing, form, effects)
        carry_out(seat=seat, act=lambda: doing.does(form), seen=seen)
    except SeatClash as clash:
        data = request.POST.copy()
        data["seen"] = str(times_changed(seat=seat))
        again = _form(doing, data)
        again.add_error(None, str(clash))
        return _page(request, doing, again, theirs=now_says(seat, doing.place.today))
    except tuple(REFUSED) as refused:
        form.add_error(_field_of(refused, form), str(refused))
        return _page(request, doing, form)
    messages.success(request, doing.act.done)
    return HttpResponseRedirect(doing.place.href)


def _form(doing: Doing, data: Any) -> SeatForm:
    place, held = doing.place, doing.held
    form = doing.act.form
    initial: dict[str, Any] = {"seen": times_changed(seat=place.seat)}
    if held is not None and doing.act is HOLDER_ACTS["holder_correct"]:
        initial |= days_of(held)
    member = representative_of(seat=place.seat, on=place.today)
    people = known_people(partnership_id=place.board.partnership_id) if issubclass(form, PersonForm) else ()
    grades = Grade.objects.filter(ladder__agency=place.seat.agency_id).select_related("ladder")
    choices = Choices(
        people=[(pk, f"{name} ({email})") for pk, name, email in people],
        grades=[(grade.pk, f"{grade.name} ({grade.ladder.name})") for grade in grades],
        member=member.person.name if member else "",
        rule=deputies_rule_on(seat=place.seat, on=place.today) if issubclass(form, DeputyForm) else None,
        initial=initial,
    )
    return form(data, choices=choices)


def _field_of(refused: Exception, form: SeatForm) -> str | None:
    """The field that a refusal is about, as far as the form has one."""
    fields = next(fields for kind, fields in REFUSED.items() if isinstance(refused, kind))
    return next((name for name in fields if name in form.fields), None)


def _context(doing: Doing, form: SeatForm) -> dict[str, Any]:
    return {
        "act": doing.act,
        "form": form,
        "place": doing.place,
        "held": doing.held,
        **on_board(doing.place.board, page="members"),
    }


def _page(request: HttpRequest, doing: Doing, form: SeatForm, *, theirs: str = "") -> HttpResponse:
    rule = form.offered.rule
    context = _context(doing, form) | {"theirs": theirs, "clause": rule.clause if rule else None}
    status = 409 if theirs else 400 if form.errors else 200
    return render(request, "membership/seat_act.html", context, status=status)


def _check_page(request: HttpRequest, doing: Doing, form: SeatForm, effects: list[Any]) -> HttpResponse:
    context = _context(doing, form) | {
        "answers": answers(form),
        "changes": [effect for effect in effects if effect.is_change],
        "same": [effect for effect in effects if not effect.is_change],
        "day": doing.day(form),
    }
    return render(request, "membership/seat_act_check.html", context)
