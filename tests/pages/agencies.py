"""What tests of the register of agencies share."""

from __future__ import annotations

import html
import re
from typing import Any

from django.test import Client

from membership.models import Agency, AgencyKind, StatutoryRole
from membership.operations.agency_identity import Identity
from membership.operations.agency_register import register_agency
from tests.cast import Cast

HERE = "/p/isle-of-wight/agencies/"
SCHOOL = Identity(AgencyKind.EDUCATION, StatutoryRole.RELEVANT_AGENCY)


def text(response: Any) -> str:
    main: str = response.content.decode().split("<main", 1)[1]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split()).replace(" ,", ",")


def entered(cast: Cast, name: str, **said: Any) -> Agency:
    by = cast.people.get("coordinator", cast.author)
    return register_agency(**{"partnership": cast.partnership, "name": name, "identity": SCHOOL, "by": by, **said})


def day(field: str, words: str) -> dict[str, str]:
    return {f"{field}_{number}": part for number, part in enumerate(words.split())}


def sent(client: Client, address: str, posted: dict[str, Any]) -> Any:
    """The answer to a form as the page drew it."""
    drawn = re.search(r'name="seen" value="(\w+)"', client.get(address).content.decode())
    return client.post(address, {"seen": drawn[1]} | posted if drawn else posted)


IDENTITY = {"kind": "education", "statutory_role": "other", "section_11": "", "education_duty": "175", "parent": ""}
