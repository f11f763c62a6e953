"""What the page of one's own notifications sends back."""

from __future__ import annotations

from django import forms

from partnership.models import RemindersAs

CHOOSE = "Choose how reminders come."


class RemindersForm(forms.Form):
    """Each by itself, or one message a day."""

    reminders_as = forms.ChoiceField(
        label="How reminders come",
        choices=RemindersAs.choices,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
