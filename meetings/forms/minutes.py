"""What the page that sends minutes sends back."""

from __future__ import annotations

from django import forms

LONGEST_REASON = 500


class SendMinutesForm(forms.Form):
    """The mark of the draft that was on the page, and a reason where one is asked for."""

    checked = forms.CharField(
        max_length=100,
        error_messages={"required": "Nothing says which draft you checked. Check it on this page, then send it."},
        widget=forms.HiddenInput,
    )
    reason = forms.CharField(
        label="Reason",
        max_length=LONGEST_REASON,
        required=False,
        error_messages={"max_length": f"Use at most {LONGEST_REASON} characters."},
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 3}),
    )
