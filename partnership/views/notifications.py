"""One's own notifications: what is to come, what came, and how reminders come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from partnership import clock
from partnership.access import Action, Kind
from partnership.clock import LONDON
from partnership.forms.notifications import RemindersForm
from partnership.models import Board, Delivery, RemindersAs
from partnership.obligations.causes import Wording
from partnership.obligations.outbox import own_messages
from partnership.operations import choose_reminders, choose_week_letter
from partnership.rules.plain_dates import long_date, plain_time
from partnership.views.finding import reader_of


@dataclass(frozen=True, slots=True)
class Notification:
    """One message as a row."""

    day: str
    hour: str
    what: str
    of_what: str
    is_with_others: bool


def notifications(request: HttpRequest) -> HttpResponse:
    """What the reader gets; a post changes how reminders come, not whether."""
    person = reader_of(request)
    keeps_boards = Board.objects.permitting(person, Action.WRITE, Kind.MEETING, clock.today()).exists()
    initial = {"reminders_as": person.reminders_as, "week_letter": person.week_letter}
    form = RemindersForm(initial=initial, keeps_boards=keeps_boards)
    if request.method == "POST":
        form = RemindersForm(request.POST, keeps_boards=keeps_boards)
        if form.is_valid():
            if keeps_boards:
                choose_week_letter(person=person, wants=form.cleaned_data["week_letter"], by=person)
            choose_reminders(person=person, reminders_as=RemindersAs(form.cleaned_data["reminders_as"]), by=person)
            messages.success(request, "Reminders entered from now on come as you chose.")
            return HttpResponseRedirect(reverse("notifications"))
    found = own_messages(person=person, on=clock.today())
    context = {
        "form": form,
        "coming": _rows(found.coming, found.about),
        "lately": _rows(found.lately, found.about),
    }
    return render(request, "partnership/notifications.html", context, status=400 if form.errors else 200)


def _rows(deliveries: Iterable[Delivery], about: dict[int, Wording]) -> list[Notification]:
    rows = []
    for delivery in deliveries:
        at, words = (delivery.sent_at or delivery.send_at).astimezone(LONDON), about[delivery.pk]
        what = words.what[:1].upper() + words.what[1:]
        rows.append(Notification(long_date(at.date()), plain_time(at.time()), what, words.of_what, delivery.in_digest))
    return rows
