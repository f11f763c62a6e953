"""What the pages about requests to be named as a relevant agency send back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from membership.forms.agencies import LONGEST_NOTE, PlacedForm, choice_field, text_field
from membership.models import Agency, RequestOutcome
from partnership import clock
from partnership.forms.days import DayField

OUTCOMES = [("", "Choose"), *(pair for pair in RequestOutcome.choices if pair[0] != RequestOutcome.PENDING)]


class RequestForm(forms.Form):
    """A body asks to be named."""

    body = text_field("Body that asks", missing="Enter the name of the body.")
    asked_by = text_field("Who asked for it", missing="Enter who asked.", longest=150)
    contact = text_field("How to reach them (optional)", longest=254)
    asked_on = DayField(label="Asked on", missing="Enter the day on which they asked.")
    case_for = forms.CharField(
        label="Why they ask (optional)",
        required=False,
        max_length=2_000,
        error_messages={"max_length": "Use at most 2,000 characters."},
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 4}),
    )

    def clean_asked_on(self) -> date:
        asked_on: date = self.cleaned_data["asked_on"]
        if asked_on > clock.today():
            raise forms.ValidationError("The day lies ahead. Enter today or an earlier day.")
        return asked_on


class DecisionForm(PlacedForm):
    """What came of a request."""

    outcome = choice_field("Outcome", OUTCOMES, "Choose the outcome.")
    decided_by = text_field("Who decided", missing="Enter who decided, such as the Board.", longest=150)
    decided_on = DayField(label="Decided on", missing="Enter the day of the decision.")
    reason = text_field("Reason", missing="Give the reason.", longest=LONGEST_NOTE)
    agency = text_field(
        "The agency of the register (optional)",
        hint="Where it is named: its name as the register has it. Add it to the register first.",
    )

    def clean_agency(self) -> Agency | None:
        return self.agency_called("agency")

    def clean_decided_on(self) -> date:
        decided_on: date = self.cleaned_data["decided_on"]
        if decided_on > clock.today():
            raise forms.ValidationError("The day lies ahead. Enter today or an earlier day.")
        return decided_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == RequestOutcome.NAMED and not cleaned.get("agency") and "agency" not in self.errors:
            self.add_error("agency", "Enter which agency of the register is named.")
        return cleaned
