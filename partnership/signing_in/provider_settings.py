"""Which OpenID Connect provider the environment names, if any, and what is wrong with how it does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from partnership.environment import Environment, is_loopback

LONGEST_ISSUER = 200
# Of Microsoft's: everybody's tenants at once.
TENANTLESS = frozenset({"common", "organizations", "consumers"})
VARIABLES = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")


@dataclass(frozen=True, slots=True)
class Provider:
    """What `settings.SINGLE_SIGN_ON` holds; `name` is how people call it."""

    issuer: str
    client_id: str
    client_secret: str
    name: str


def provider_from(environment: Environment) -> Provider | None:
    """The provider of this installation; None where it has none, or not all of one."""
    issuer, client_id, secret = (environment.text(name) for name in VARIABLES)
    if not (issuer and client_id and secret):
        return None
    return Provider(issuer, client_id, secret, environment.text("OIDC_NAME", "your work account"))


def problems_of(environment: Environment, *, is_production: bool) -> Iterable[tuple[str, str]]:
    """What is wrong with the variables that name a provider, each with its remedy. None of them given is right, too."""
    given = {name: environment.text(name) for name in VARIABLES}
    if not any(given.values()):
        return
    for name, value in given.items():
        if not value:
            yield f"{name} is missing.", "Single sign-on needs it, too; or unset all of " + ", ".join(VARIABLES) + "."
    issuer = given["OIDC_ISSUER"]
    yield from _problems_of_issuer(issuer, is_production=is_production) if issuer else ()


def _problems_of_issuer(issuer: str, *, is_production: bool) -> Iterable[tuple[str, str]]:
    parts = urlsplit(issuer)
    may_be_plain = not is_production and is_loopback(parts.hostname or "")
    if not parts.hostname or (parts.scheme != "https" and not (may_be_plain and parts.scheme == "http")):
        yield f"OIDC_ISSUER is {issuer}, no https address.", "Give the issuer as its discovery document states it."
    if parts.query or parts.fragment or len(issuer) > LONGEST_ISSUER:
        yield f"OIDC_ISSUER is {issuer}, no issuer.", "Give it without ? and #, as its discovery document states it."
    if TENANTLESS.intersection(parts.path.split("/")):
        yield f"OIDC_ISSUER is {issuer}, which is of no one tenant.", "Name your own tenant in it."
