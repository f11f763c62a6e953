"""What the pages of a draft send back besides the rules themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator

from meetings.forms.constitutions import A_DATE, LONGEST_REASON
from partnership import clock

FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y")


def reason_field(label: str, sentence: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_REASON,
        error_messages={"required": sentence, "max_length": f"Use at most {LONGEST_REASON} characters."},
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 3}),
    )


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=FORMATS,
        error_messages={"invalid": A_DATE},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input govuk-input--width-10"}),
    )


class BeginForm(forms.Form):
    """Why a draft is begun."""

    reason = reason_field("Why are the rules to change?", "Say why the rules are to change.")


class DiscardForm(forms.Form):
    """Why a draft is dropped."""

    reason = reason_field("Why is the draft discarded?", "Say why the draft is discarded.")


class DetailsForm(forms.Form):
    """What a version says of itself. `seen` is what the page was drawn from."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    title = forms.CharField(
        label="Title",
        max_length=200,
        error_messages={"required": "Give the version a title.", "max_length": "Use at most 200 characters."},
        widget=forms.TextInput(attrs={"class": "govuk-input"}),
    )
    in_force_from = _day("In force from")
    review_by = _day("Review by")
    note = forms.CharField(
        label="Note (optional)",
        max_length=4000,
        required=False,
        validators=[ProhibitNullCharactersValidator()],
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, review = cleaned.get("in_force_from"), cleaned.get("review_by")
        if begins and begins < clock.today():
            self.add_error("in_force_from", "A version comes into force today or later.")
        if begins and review and review < begins:
            self.add_error("review_by", "The review comes after the version is in force.")
        return cleaned


class SignForm(forms.Form):
    """A signature: for which place, to which text, and the tick."""

    place = forms.CharField(widget=forms.HiddenInput, max_length=120)
    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    agreed = forms.BooleanField(
        label="I have read the changes and sign this version",
        error_messages={"required": "Tick the box to sign."},
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
    )
