"""What the pages of signing in send back."""

from __future__ import annotations

from typing import Any

from django import forms

NO_ADDRESS = "Enter your work e-mail address, like name@example.org."
NO_CODE = "Enter the code from the e-mail: eight letters and numbers."
LONGEST_CODE = 40


class AddressForm(forms.Form):
    """Whom to send a code."""

    address = forms.EmailField(
        label="Work e-mail address",
        max_length=254,
        error_messages={"required": NO_ADDRESS, "invalid": NO_ADDRESS, "max_length": NO_ADDRESS},
        widget=forms.EmailInput(
            attrs={"class": "govuk-input govuk-!-width-two-thirds", "autocomplete": "email", "spellcheck": "false"}
            | {"aria-describedby": "id_address_hint"}
        ),
    )

    def clean_address(self) -> str:
        return str(self.cleaned_data["address"]).lower()


class CodeForm(forms.Form):
    """The code from the e-mail, in one field, as people copy it."""

    code = forms.CharField(
        label="Code from the e-mail",
        max_length=LONGEST_CODE,
        error_messages={"required": NO_CODE, "max_length": NO_CODE, "null_characters_not_allowed": NO_CODE},
        widget=forms.TextInput(
            attrs={
                "class": "govuk-input govuk-input--width-10 q-code",
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "aria-describedby": "code-hint",
            }
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and self.errors:
            self.fields["code"].widget.attrs["aria-describedby"] = "code-hint id_code_error"
