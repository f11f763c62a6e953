"""What the page of one's own notifications sends back."""

from __future__ import annotations

from typing import Any

from django import forms

from partnership.models import RemindersAs

CHOOSE = "Choose how reminders come."


class RemindersForm(forms.Form):
    """Each by itself, or one message a day; and of who keeps boards whether the letter of the week comes."""

    reminders_as = forms.ChoiceField(
        label="How reminders come",
        choices=RemindersAs.choices,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    week_letter = forms.BooleanField(
        label="On Mondays, the letter of the week: what is due on the boards that you keep",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
    )

    def __init__(self, *args: Any, keeps_boards: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not keeps_boards:
            del self.fields["week_letter"]
