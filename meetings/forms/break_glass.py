"""What the pages of break-glass send back."""

from __future__ import annotations

from django import forms

from partnership.models import BreakGlassCategory

CHOOSE = "Choose what it is for."
LONGEST = "Use at most 2000 characters."


class BreakGlassForm(forms.Form):
    """One object, what for, and why."""

    address = forms.CharField(
        label="Address of the item or paper",
        max_length=500,
        error_messages={"required": "Enter the address of one item or paper.", "max_length": "That is no address."},
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-!-width-two-thirds", "autocomplete": "off"}),
    )
    category = forms.ChoiceField(
        label="What it is for",
        choices=BreakGlassCategory.choices,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    reason = forms.CharField(
        label="Why it cannot be done otherwise",
        max_length=2000,
        error_messages={
            "required": "Say why it cannot be done otherwise.",
            "max_length": "Use at most 2000 characters.",
        },
        widget=forms.Textarea(attrs={"class": "govuk-textarea govuk-!-width-two-thirds", "rows": 4}),
    )


class ReviewForm(forms.Form):
    """The chair's word."""

    words = forms.CharField(
        label="Your word on it",
        max_length=2000,
        error_messages={"required": "Enter what you make of it.", "max_length": LONGEST},
        widget=forms.Textarea(attrs={"class": "govuk-textarea govuk-!-width-two-thirds", "rows": 4}),
    )
