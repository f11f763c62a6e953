"""The one OpenID Connect provider that the settings name: where it is, and what it says of whoever signs in there.

Its word is taken only for an id token that it signed, for us, in answer to this very request. Of what allauth brings,
the exchange of the code and the proof of possession (PKCE) are used; its own view checks neither signature nor nonce,
and believes the issuer that the provider itself states.
"""

from __future__ import annotations

from typing import Any

import jwt
import requests
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.http import urlencode

from partnership.signing_in.digests import keyed, same
from partnership.signing_in.provider_settings import Provider

SCOPES = ("openid",)
# Signatures that only the provider can make: none by a secret that both have.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
# In seconds.
CLOCKS_DIFFER = 60
DISCOVERY_KEPT = 600
LONGEST_SUBJECT = 191


class ProviderDown(Exception):
    """The provider does not answer, or not as one does."""


class NotBelieved(Exception):
    """What came back is not what the provider said to us, just now, of somebody."""


def the_provider() -> Provider | None:
    found: Provider | None = settings.SINGLE_SIGN_ON
    return found


# --- going there ------------------------------------------------------------------------------------------------------


def discovered(provider: Provider) -> dict[str, Any]:
    """What the provider says of itself. Raises ProviderDown, also where it calls itself by another name."""
    key = kept_under(provider)
    known: dict[str, Any] | None = cache.get(key)
    if known is not None:
        return known
    found = _json_at(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if found.get("issuer") != provider.issuer or not all(isinstance(found.get(name), str) for name in needed):
        raise ProviderDown(f"The document at {provider.issuer} is that of another issuer, or not whole.")
    cache.set(key, found, DISCOVERY_KEPT)
    return found


def kept_under(provider: Provider) -> str:
    return keyed("provider", provider.issuer)


def address_to_go_to(provider: Provider, *, back_to: str, state: str, nonce: str, code_challenge: str) -> str:
    """Where the browser goes to sign in. Raises ProviderDown."""
    there = discovered(provider)["authorization_endpoint"]
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back_to,
        "scope": " ".join(SCOPES),
        "state": state,
        "nonce": nonce,
        "code_challenge": code_challenge,
        "code_challenge_method": "S256",
    }
    return f"{there}{'&' if '?' in there else '?'}{urlencode(asked)}"


# --- coming back ------------------------------------------------------------------------------------------------------


def subject_of(request: HttpRequest, provider: Provider, *, code: str, back_to: str, nonce: str, verifier: str) -> str:
    """Who signed in there, by the provider's own name for them. Raises NotBelieved, ProviderDown."""
    about = discovered(provider)
    methods = about.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    client = OAuth2Client(
        request,
        provider.client_id,
        provider.client_secret,
        "POST",
        about["token_endpoint"],
        back_to,
        basic_auth="client_secret_post" not in methods,
    )
    try:
        answer = client.get_access_token(code, pkce_code_verifier=verifier)
    except requests.RequestException as error:
        raise ProviderDown(f"{type(error).__name__} at the token endpoint") from error
    except (OAuth2Error, ValueError, KeyError) as error:
        raise NotBelieved("The provider did not take the code.") from error
    return _believed(provider, about, str(answer.get("id_token", "")), nonce)


def _believed(provider: Provider, about: dict[str, Any], token: str, nonce: str) -> str:
    """The subject of an id token with the provider's signature, for us, of now, and in answer to our question."""
    try:
        key = _key_for(about, token)
        said: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=list(ALGORITHMS),
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=CLOCKS_DIFFER,
            options={"require": ["iss", "aud", "exp", "iat", "sub"]},
        )
    except (jwt.PyJWTError, ValueError, TypeError, KeyError) as error:
        raise NotBelieved(f"The id token is not right: {type(error).__name__}.") from error
    if isinstance(said["aud"], list) and len(said["aud"]) > 1 and said.get("azp") != provider.client_id:
        raise NotBelieved("The id token was made for another client.")
    if not same(str(said.get("nonce", "")), nonce):
        raise NotBelieved("The id token answers another request.")
    subject = said["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or "\0" in subject:
        raise NotBelieved("The id token names nobody.")
    return subject


def _key_for(about: dict[str, Any], token: str) -> Any:
    """The provider's key that the token says it was signed with; the only one where it says none."""
    wanted = jwt.get_unverified_header(token).get("kid")
    keys = jwt.PyJWKSet.from_dict(_json_at(about["jwks_uri"])).keys
    fitting = [each for each in keys if each.key_id == wanted or wanted is None]
    if len(fitting) != 1:
        raise NotBelieved("The id token is signed with no key of the provider.")
    return fitting[0].key


def _json_at(address: str) -> dict[str, Any]:
    try:
        with get_adapter().get_requests_session() as session:
            answer = session.get(address)
            answer.raise_for_status()
            found = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise ProviderDown(f"{type(error).__name__} at {address}") from error
    if not isinstance(found, dict):
        raise ProviderDown(f"No document at {address}")
    return found
