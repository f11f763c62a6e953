"""The forms of a page, as a browser would find them in its text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin


@dataclass
class Field:
    """One named control: what the page offers for it, the one it has chosen first."""

    kind: str
    offered: list[str] = field(default_factory=list)


@dataclass
class PageForm:
    """A form by where it is sent and how; `fields` by name."""

    page: str
    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)


def forms_in(page: str, text: str) -> Iterable[PageForm]:
    """Every form of that page's text."""
    reader = _Reader(page)
    reader.feed(text)
    return reader.forms


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self._page = page
        self._form: PageForm | None = None
        self._select: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urljoin(self._page, given.get("action") or self._page)
            self._form = PageForm(self._page, action, given.get("method", "get").lower())
            self.forms.append(self._form)
        elif tag == "option" and self._select is not None:
            self._offer(self._select, given.get("value", ""), is_chosen="selected" in given)
        elif tag in {"input", "textarea", "select", "button"} and self._form is not None and given.get("name"):
            kind = given.get("type", "text") if tag == "input" else tag
            made = self._form.fields.setdefault(given["name"], Field(kind))
            self._select = made if tag == "select" else None
            if tag in {"input", "button"}:
                self._offer(made, given.get("value", "on"), is_chosen="checked" in given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None

    @staticmethod
    def _offer(one: Field, value: str, *, is_chosen: bool) -> None:
        one.offered.insert(0 if is_chosen else len(one.offered), value)
