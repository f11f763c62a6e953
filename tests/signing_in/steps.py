"""What somebody does who signs in with two steps."""

from __future__ import annotations

import re

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from partnership import clock
from partnership.models import Partnership, User
from partnership.operations import settle_second_step
from partnership.signing_in.second_step import opened
from tests.cast import Cast
from tests.signing_in.conftest import CODE, Letters, asked_by

SECOND_STEP, SET_UP, AGAIN = "/sign-in/second-step/", "/sign-in/set-up/", "/sign-in/again/"
OWN, APP, RECOVERY = "/your-sign-in/", "/your-sign-in/app/", "/your-sign-in/recovery-codes/"


def with_first_step(letters: Letters, address: str, **where: str) -> Client:
    """A browser that has entered an e-mailed code and nothing else."""
    client = Client(**where)  # type: ignore[arg-type]  # as the test client takes them
    asked_by(client, address)
    client.post(CODE, {"code": letters.code})
    return client


def shown_by_app(secret: str) -> str:
    """The six digits that an app with that key shows at this moment."""
    return str(format_hotp_value(hotp_value(secret, int(clock.machine_now().timestamp()) // 30)))


def key_on(page: str) -> str:
    found = re.search(r'id="key">([^<]+)<', page)
    assert found, "the page shows no key"
    return found[1].replace(" ", "")


def set_up_an_app(client: Client) -> str:
    """Set up an app in a browser whose proof is fresh; its key."""
    secret = key_on(client.get(APP).content.decode())
    response = client.post(APP, {"code": shown_by_app(secret)})
    assert response.status_code == 302, response.content.decode()
    return secret


def secret_of(person: User) -> str:
    return opened(Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP).data["secret"])


def with_app(letters: Letters, address: str, **where: str) -> tuple[Client, str]:
    """A browser in which somebody has just signed in for the first time, and set up an app."""
    client = with_first_step(letters, address, **where)
    return client, set_up_an_app(client)


def relax(cast: Cast, *partnerships: Partnership) -> None:
    """Let these partnerships leave the second step to their members."""
    for partnership in Partnership.objects.filter(pk__in=[each.pk for each in partnerships]):
        settle_second_step(partnership=partnership, members_take_it=False, reason="Agreed in March", by=cast.author)
