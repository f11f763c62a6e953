"""The handling marks of a partnership: its team sees them, adds to them and changes them."""

from __future__ import annotations

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from partnership import access, clock
from partnership.access import Action
from partnership.handling import LabelTaken, SeverityTaken, keep_mark
from partnership.models import HandlingMark, Partnership, User

PLACE = "Enter a number from 1 to 999. The higher one wins over a whole document."


class MarkForm(forms.Form):
    """One mark."""

    label = forms.CharField(
        label="Mark",
        max_length=60,
        error_messages={"required": "Enter the mark.", "max_length": "Use at most 60 characters."},
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-!-width-one-half"}),
    )
    severity = forms.IntegerField(
        label="Place",
        min_value=1,
        max_value=999,
        error_messages={"required": PLACE, "invalid": PLACE, "min_value": PLACE, "max_value": PLACE},
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-4", "inputmode": "numeric"}),
    )
    handling = forms.CharField(
        label="What it asks of a reader (optional)",
        max_length=200,
        required=False,
        error_messages={"max_length": "Use at most 200 characters."},
        widget=forms.TextInput(attrs={"class": "govuk-input"}),
    )
    is_on_subjects = forms.BooleanField(label="Put it before the subject of mail", required=False)
    is_retired = forms.BooleanField(label="No longer offer it", required=False)


def handling_marks(request: HttpRequest, partnership_slug: str) -> HttpResponse:
    """The marks, and a form for a further one."""
    return _page(request, _partnership(request, partnership_slug), None)


def handling_mark(request: HttpRequest, partnership_slug: str, mark_id: int) -> HttpResponse:
    """Change one mark; what bears it bears what it says then."""
    here = _partnership(request, partnership_slug)
    marks = HandlingMark.objects.filter(partnership=here)
    return _page(request, here, access.get_visible_or_404(marks, request.user, clock.today(), pk=mark_id))


def _partnership(request: HttpRequest, slug: str) -> Partnership:
    here = access.get_visible_or_404(Partnership.objects.all(), request.user, clock.today(), slug=slug)
    access.require(request.user, Action.WRITE, here)
    return here


def _page(request: HttpRequest, here: Partnership, mark: HandlingMark | None) -> HttpResponse:
    names = tuple(MarkForm.base_fields)
    initial = {name: getattr(mark, name) for name in names} if mark else {}
    form = MarkForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid() and isinstance(request.user, User):
        try:
            kept = keep_mark(partnership=here, by=request.user, mark=mark, **form.cleaned_data)
        except LabelTaken as refused:
            form.add_error("label", str(refused))
        except SeverityTaken as refused:
            form.add_error("severity", str(refused))
        else:
            messages.success(request, f"{kept.label} is saved.")
            return HttpResponseRedirect(reverse("handling_marks", args=(here.slug,)))
    context = {
        "partnership": here,
        "marks": list(HandlingMark.objects.filter(partnership=here)),
        "mark": mark,
        "form": form,
    }
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "partnership/handling_marks.html", context, status=status)
