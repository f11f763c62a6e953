"""The field for an e-mail address, which gives it as it is kept."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from partnership.addresses import LONGEST, NotAnAddress, canonical, receiving


class AddressField(forms.EmailField):
    """An e-mail address in the form of `partnership.addresses`; empty where it is not required."""

    default_error_messages: ClassVar[dict[str, Any]] = {"invalid": "Enter an e-mail address, like name@example.org."}

    def __init__(self, *, is_looked_for: bool = False, **kwargs: Any) -> None:
        """`is_looked_for`: no mail has to come to it, be it nobody's."""
        self.read = canonical if is_looked_for else receiving
        super().__init__(max_length=LONGEST, **kwargs)

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        if not found:
            return found
        try:
            return self.read(found)
        except NotAnAddress as refused:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from refused
