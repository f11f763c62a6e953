"""What is left of a file when what does not fit is taken out, so that the rest is checked as well.

Otherwise a misspelt key in one rule would hide an unknown organisation in another until the next try.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ValidationError

from partnership.constitutions.problems import Path
from partnership.constitutions.schema import ConstitutionForm
from partnership.constitutions.tree import Document, Listing, Mapping, Mark, Scalar, Tree

TOP = Mark(1, 1)
SILENT = "not stated"


def _stand_in(value: str | dict[str, str]) -> Tree:
    if isinstance(value, str):
        return Scalar(value, is_quoted=False, mark=TOP)
    return Mapping(TOP, items={key: _stand_in(inside) for key, inside in value.items()})


# What stands in for a section without which no file is read. None of it is ever shown.
STAND_INS = {
    "format": _stand_in("1"),
    "body": _stand_in({"id": "unread", "name": "unread", "kind": "unread"}),
    "version": _stand_in({"number": "1", "title": "unread", "in_force_from": SILENT, "review_by": SILENT}),
    "seats": _stand_in(SILENT),
    "quorum": _stand_in(SILENT),
}


@dataclass(frozen=True, slots=True)
class Remainder:
    """The form of what is left, the document that holds it, and the sections something was taken from."""

    form: ConstitutionForm
    document: Document
    incomplete: frozenset[str]


def remainder(document: Document) -> Remainder | None:
    """The file without what is refused in it; None when too little would be left to check."""
    if not isinstance(document.tree, Mapping) or not document.refused:
        return None
    refused = {path[:2] for path in document.refused if path}
    if any(path[0] not in ConstitutionForm.model_fields for path in refused):
        return None  # a misspelt section may declare anything
    kept: dict[str, list[int]] = {}
    left = Mapping(document.tree.mark, keys=document.tree.keys)
    for section, inside in document.tree.items.items():
        part = _part(section, inside, refused, kept)
        if part is not None:
            left.items[section] = part
    for section, stand_in in STAND_INS.items():
        left.items.setdefault(section, stand_in)
    try:
        form = ConstitutionForm.model_validate(left.value)
    except ValidationError:
        return None
    return Remainder(form, Document(left, kept=kept), frozenset(str(path[0]) for path in refused))


def _part(section: str, inside: Tree, refused: set[Path], kept: dict[str, list[int]]) -> Tree | None:
    """The section, without its items that are refused; None when it is refused as a whole."""
    if not any(path[0] == section for path in refused):
        return inside
    if (section,) in refused or not isinstance(inside, Listing):
        return None
    kept[section] = [index for index in range(len(inside.items)) if (section, index) not in refused]
    return Listing(inside.mark, items=[inside.items[index] for index in kept[section]])
