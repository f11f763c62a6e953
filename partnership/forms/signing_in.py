"""What the pages of signing in send back."""

from __future__ import annotations

from typing import Any

from django import forms

from partnership.forms.addresses import AddressField

NO_ADDRESS = "Enter your work e-mail address, like name@example.org."
NO_CODE = "Enter the code from the e-mail: eight letters and numbers."
LONGEST_CODE = 40


class AddressForm(forms.Form):
    """Whom to send a code."""

    address = AddressField(
        is_looked_for=True,
        label="Work e-mail address",
        error_messages={"required": NO_ADDRESS, "invalid": NO_ADDRESS, "max_length": NO_ADDRESS},
        widget=forms.EmailInput(
            attrs={"class": "govuk-input govuk-!-width-two-thirds", "autocomplete": "email", "spellcheck": "false"}
            | {"aria-describedby": "id_address_hint"}
        ),
    )


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


def _digits_field(label: str, sentence: str, hint: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_CODE,
        error_messages={"required": sentence, "max_length": sentence, "null_characters_not_allowed": sentence},
        widget=forms.TextInput(
            attrs={
                "class": "govuk-input govuk-input--width-10 q-code",
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "spellcheck": "false",
                "aria-describedby": hint,
            }
        ),
    )


class AppCodeForm(forms.Form):
    """The six digits that an app shows; where it is offered, that this browser is not asked for some days."""

    code = _digits_field("Code from your app", "Enter the six digits that your app shows.", "app-hint")
    remember = forms.BooleanField(required=False)


class RecoveryCodeForm(forms.Form):
    """One of the codes that were printed or kept."""

    recovery_code = _digits_field("Recovery code", "Enter one of your recovery codes: ten digits.", "recovery-hint")


EVERYBODY, RESTRICTED_ALONE = "everybody", "restricted"
LONGEST_REASON = 300


class SecondStepRuleForm(forms.Form):
    """Whether a partnership leaves the second step to its members, and why."""

    who = forms.ChoiceField(
        label="Who has to take a second step",
        choices=(
            (EVERYBODY, "Everybody"),
            (
                RESTRICTED_ALONE,
                "Only who sees what is restricted; members, deputies and observers decide for themselves",
            ),
        ),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose who has to take a second step."),
    )
    reason = forms.CharField(
        label="Why",
        max_length=LONGEST_REASON,
        error_messages={
            "required": "Say why it changes.",
            "max_length": f"Use at most {LONGEST_REASON} characters.",
            "null_characters_not_allowed": "Say why it changes.",
        },
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-!-width-two-thirds"}),
    )
