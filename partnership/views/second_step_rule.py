"""Whether a partnership asks its members for a second step: shown to everybody there, changed by few."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from partnership import access, clock
from partnership.access import Action, Kind
from partnership.forms.signing_in import EVERYBODY, RESTRICTED_ALONE, SecondStepRuleForm
from partnership.models import Partnership
from partnership.operations import settle_second_step
from partnership.signing_in.fresh import asked_again
from partnership.views.second_step import person_of


def second_step_rule(request: HttpRequest, partnership_slug: str) -> HttpResponse:
    """Show the rule; a post by whoever may changes it, with a fresh proof and a reason."""
    here = access.get_visible_or_404(Partnership.objects.all(), request.user, clock.today(), slug=partnership_slug)
    may_change = access.may(request.user, Action.WRITE, here, Kind.SECOND_STEP)
    form = SecondStepRuleForm(initial={"who": EVERYBODY if here.members_take_second_step else RESTRICTED_ALONE})
    address = reverse("second_step_rule", args=[here.slug])
    if request.method == "POST":
        access.require(request.user, Action.WRITE, here, Kind.SECOND_STEP)
        form = SecondStepRuleForm(request.POST)
        if form.is_valid():
            if (asked := asked_again(request)) is not None:
                return asked
            said = form.cleaned_data
            settle_second_step(
                partnership=here,
                members_take_it=said["who"] == EVERYBODY,
                reason=said["reason"],
                by=person_of(request),
            )
            messages.success(request, "The rule about the second step is changed.")
            return HttpResponseRedirect(address)
    context = {"partnership": here, "form": form, "may_change": may_change}
    return render(request, "partnership/second_step_rule.html", context, status=400 if form.errors else 200)
