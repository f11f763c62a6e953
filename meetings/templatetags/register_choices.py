"""The radios of a register's row: drawn from few words, and drawn for each row of the page that is asked for most."""

from __future__ import annotations

from functools import cache

from django import template
from django.utils.html import format_html

from meetings.presenters.register_rows import CHOICES, RowOnPage

register = template.Library()


@register.simple_tag
def register_choices(row: RowOnPage) -> str:
    """The four radios of a row."""
    return format_html(_radios(row.chosen.letter if row.chosen else ""), id=row.id)


@cache
def _radios(chosen: str) -> str:
    """The radios with one of them on, of no row yet: the place of its `id` is left open."""
    return "".join(
        f'<span><input type="radio" name="recorded-{{id}}" id="r{{id}}{letter}" value="{value.value}"'
        f"{' checked' if letter == chosen else ''}>"
        f'<label for="r{{id}}{letter}" class="c-{letter}">{value.label}</label></span>\n'
        for value, letter in CHOICES
    )
