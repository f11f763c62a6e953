"""What the pages of the ledger send back."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

CHOOSE = "Choose the decision."


LONGEST = 500


class WaiverForm(forms.Form):
    """Why a duty need not be done this time, or has to be after all."""

    reason = forms.CharField(
        label="Reason",
        max_length=LONGEST,
        error_messages={"required": "Give the reason.", "max_length": f"Use at most {LONGEST} characters."},
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 4}),
    )


class DecisionForm(forms.Form):
    """Which decision did what was due."""

    decision = forms.ChoiceField(
        label="Decision",
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )

    def offer(self, choices: Iterable[tuple[int, str]]) -> None:
        field = self.fields["decision"]
        assert isinstance(field, forms.ChoiceField), "declared above"
        field.choices = [(str(number), words) for number, words in choices]
