"""A person's own pages: their contact details in each partnership, and the groups they are on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from membership.forms.contacts import DetailsForm, SeenForm, again
from membership.operations import DetailsClash, change_details, confirm_details
from membership.presenters.contacts import changes_of, own_card, shared_facts, team_facts
from membership.presenters.groups import group_rows
from membership.queries import appointments_of, names_of_agencies
from membership.queries.contacts import details_of, own_details
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.change_history import history_of
from partnership.models import Partnership
from partnership.navigation import own_boards_of
from partnership.views.finding import reader_of


def my_details(request: HttpRequest) -> HttpResponse:
    """What is recorded of the reader in each partnership of theirs, with two answers of one weight."""
    today = clock.today()
    found = own_details(person=reader_of(request), on=today)
    cards = [own_card(own, today=today) for own in found]
    return render(request, "membership/my_details.html", {"cards": cards})


def change(request: HttpRequest, partnership_slug: str) -> HttpResponse:
    """Change one's own details in a partnership, which confirms them."""
    here, person = _own_partnership(request, partnership_slug), reader_of(request)
    details = details_of(partnership=here, person=person)
    form = DetailsForm.of(details, request.POST if request.method == "POST" else None)
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            change_details(
                partnership=here, person=person, entered=form.entered(), seen=form.cleaned_data["seen"], by=person
            )
        except DetailsClash as clash:
            theirs = clash.theirs
            form = again(DetailsForm, request.POST, theirs)
            form.add_error(None, str(clash))
        else:
            messages.success(request, f"Your details for {here.short_name} are saved and confirmed.")
            return HttpResponseRedirect(reverse("my_details"))
    context = {
        "form": form,
        "partnership": here,
        "person": person,
        "theirs": [*shared_facts(theirs), *team_facts(theirs)] if theirs else [],
        "changes": changes_of(history_of(details)) if details.pk else [],
    }
    status = 409 if theirs else 400 if form.errors else 200
    return render(request, "membership/own_details.html", context, status=status)


@require_POST
def confirm(request: HttpRequest, partnership_slug: str) -> HttpResponse:
    """Say that what is recorded is right."""
    here, person = _own_partnership(request, partnership_slug), reader_of(request)
    form = SeenForm(request.POST)
    if form.is_valid():
        try:
            confirm_details(partnership=here, person=person, seen=form.cleaned_data["seen"], by=person)
        except DetailsClash:
            messages.warning(request, "These details have changed since you opened the page. Look again, then confirm.")
        else:
            messages.success(request, f"Thank you. Your details for {here.short_name} are confirmed.")
    else:
        messages.warning(request, "Nothing was confirmed. Look at your details again, then confirm.")
    return HttpResponseRedirect(reverse("my_details"))


def my_groups(request: HttpRequest) -> HttpResponse:
    """Every group on which the reader sits or works, partnership by partnership, and as what."""
    today, person = clock.today(), reader_of(request)
    held = appointments_of(person=person, user=person, on=today)
    agencies = {(each.seat.agency_id, each.seat.board.partnership_id) for each in held if each.seat.agency_id}
    names = names_of_agencies(agencies=agencies, on=today)
    context = {"partnerships": group_rows(boards=own_boards_of(request), held=held, agencies=names)}
    return render(request, "membership/my_groups.html", context)


def _own_partnership(request: HttpRequest, slug: str) -> Partnership:
    """The partnership of an address, where the reader has a place. Raises Http404."""
    today = clock.today()
    here = access.get_visible_or_404(Partnership.objects.all(), request.user, today, slug=slug)
    access.require(request.user, Action.OWN, here, Kind.OWN_DETAILS, today)
    return here
