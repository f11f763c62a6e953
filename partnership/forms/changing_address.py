"""Another e-mail address for an account, by its person or by a manager."""

from __future__ import annotations

from django import forms

from partnership.forms.addresses import AddressField

AN_ADDRESS = "Enter an e-mail address, like name@example.org."
LONGEST_REASON = 250


class NewAddressForm(forms.Form):
    """The address to sign in with from then on."""

    address = AddressField(
        label="New work e-mail address",
        error_messages={"required": AN_ADDRESS, "invalid": AN_ADDRESS, "max_length": "Use at most 254 characters."},
        widget=forms.EmailInput(
            attrs={"class": "govuk-input govuk-!-width-two-thirds", "autocomplete": "email", "spellcheck": "false"}
        ),
    )


class CorrectedAddressForm(NewAddressForm):
    """The same for somebody else, with the reason."""

    reason = forms.CharField(
        label="Why",
        max_length=LONGEST_REASON,
        error_messages={
            "required": "Say why it is corrected.",
            "max_length": f"Use at most {LONGEST_REASON} characters.",
            "null_characters_not_allowed": "Say why it is corrected.",
        },
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-!-width-two-thirds"}),
    )
