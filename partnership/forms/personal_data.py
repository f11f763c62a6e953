"""Whose data is meant, and why they are erased."""

from __future__ import annotations

from typing import Any

from django import forms

from partnership.addresses import looked_for
from partnership.models import Partnership, Standing, User

NOBODY = "Nobody with that address has ever had a part in this partnership."
ELSEWHERE = "This person has a part in another partnership as well: whoever runs Quorate for you erases them."


class PersonForm(forms.Form):
    """A person who has or had a part in the partnership, by e-mail address."""

    email = forms.CharField(
        label="E-mail address",
        max_length=254,
        error_messages={"required": "Enter the person's e-mail address."},
        widget=forms.EmailInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partnership = partnership

    def clean_email(self) -> User:
        people = User.objects.people().filter(standings__partnership=self.partnership)
        person = people.filter(email=looked_for(self.cleaned_data["email"])).first()
        if person is None:
            raise forms.ValidationError(NOBODY)
        return person


class ErasureForm(PersonForm):
    """The same, with the reason; without it the page shows what would go and what stays."""

    reason = forms.CharField(
        label="Why",
        max_length=250,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input"}),
    )

    def clean_email(self) -> User:
        person = super().clean_email()
        if Standing.objects.filter(person=person).exclude(partnership=self.partnership).exists():
            raise forms.ValidationError(ELSEWHERE)
        return person
