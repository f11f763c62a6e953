"""Single sign-on against a real provider on this machine: its answers go over HTTP, its tokens carry its signature."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from oidc_provider_mock import run_server_in_thread
from pytest_django import Settings

from membership.operations import appoint
from partnership.models import SignInAct, SignInEvent, SignInMeans, User
from partnership.operations import deactivate_person, register_person
from partnership.signing_in.events import NOWHERE
from partnership.signing_in.invitations import invite, token_of, withdraw
from partnership.signing_in.provider import kept_under
from partnership.signing_in.provider_settings import Provider
from partnership.signing_in.single_sign_on import link
from tests.cast import LONG_AGO, Cast
from tests.signing_in.conftest import ADDRESS, Letters, MachineClock, asked_by, is_signed_in
from tests.signing_in.steps import OWN, SECOND_STEP, with_app, with_first_step

GO, BACK = "/sign-in/single/", "/sign-in/single/back/"
LINK, UNLINK = "/your-sign-in/single/", "/your-sign-in/single/remove/"
SUBJECT = "subject-of-real"
# The provider of the tests runs in this process, and uses what its own library will drop.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with run_server_in_thread() as running:
        yield f"http://localhost:{running.server_port}"


@pytest.fixture
def provider(server: str, settings: Settings) -> Iterator[Provider]:
    cache.clear()
    settings.SINGLE_SIGN_ON = Provider(server, "quorate", "a secret", "Example Council")
    settings.SITE_URL = "http://testserver"
    yield settings.SINGLE_SIGN_ON
    cache.clear()


@pytest.fixture
def linked(real: User, provider: Provider) -> User:
    link(person=real, provider=provider, subject=SUBJECT, client=NOWHERE)
    return real


def address_to_go_to(client: Client, path: str = GO, **said: str) -> str:
    """Where the page leads that this browser is given."""
    page = client.post(path, said)
    assert page.status_code == 200, page
    found = re.search(r'content="0;url=([^"]+)"', page.content.decode())
    assert found
    return html.unescape(found[1])


def answer_of(address: str, subject: str = SUBJECT, **said: str) -> str:
    """The path by which the provider sends the browser back, after somebody signed in there."""
    there = requests.post(address, data={"sub": subject, **said}, allow_redirects=False, timeout=10)
    assert there.status_code == 302, there.text
    parts = urlsplit(there.headers["Location"])
    assert f"{parts.scheme}://{parts.netloc}" == "http://testserver"
    return f"{parts.path}?{parts.query}"


def there_and_back(client: Client, path: str = GO, subject: str = SUBJECT, **said: str) -> Any:
    return client.get(answer_of(address_to_go_to(client, path, **said), subject))


def refused(client: Client, answer: Any, status: int, words: str) -> None:
    """A page that says what to do; nobody is signed in, and the log knows of it."""
    why = list(SignInEvent.objects.filter(what=SignInAct.SINGLE_REFUSED).values_list("detail", flat=True))
    assert (answer.status_code, len(why)) == (status, 1), why
    page = answer.content.decode()
    assert words in page
    assert "What to do" in page
    assert not is_signed_in(client)


# --- signing in -------------------------------------------------------------------------------------------------------


def test_a_linked_account_signs_in_and_the_second_step_is_asked_for(linked: User, client: Client) -> None:
    """A9: an account elsewhere is a first step, and no way round the second."""
    answer = there_and_back(client, next="/p/isle-of-wight/")
    assert (answer.status_code, answer["Location"]) == (302, "/p/isle-of-wight/")
    assert client.session["_auth_user_id"] == str(linked.pk)
    assert client.get("/", follow=True).redirect_chain[-1][0] == "/sign-in/set-up/"
    event = SignInEvent.objects.get(person=linked, what=SignInAct.SIGNED_IN)
    assert event.how == SignInMeans.SINGLE_SIGN_ON


def test_whoever_has_a_second_step_takes_it(linked: User, client: Client, letters: Letters) -> None:
    with_app(letters, ADDRESS)
    there_and_back(client)
    assert client.get("/", follow=True).redirect_chain[-1][0] == SECOND_STEP


def test_an_account_nobody_linked_makes_none_and_finds_none_by_its_address(
    real: User, provider: Provider, client: Client
) -> None:
    """The subject there is the very address of a person here: it signs nobody in."""
    people = User.objects.count()
    refused(client, there_and_back(client, subject=ADDRESS), 403, "We do not know this account")
    assert (User.objects.count(), SocialAccount.objects.count()) == (people, 0)


def test_another_issuer_of_the_same_subject_is_somebody_else(linked: User, client: Client) -> None:
    SocialAccount.objects.update(provider="https://login.example.org/another-tenant")
    refused(client, there_and_back(client), 403, "We do not know this account")


def test_a_closed_account_does_not_open(linked: User, cast: Cast, client: Client) -> None:
    deactivate_person(person=linked, reason="Left", by=cast.author)
    refused(client, there_and_back(client), 403, "Your account here is closed")


def test_what_is_asked_there(linked: User, client: Client) -> None:
    """State, nonce and PKCE go along, and no address is asked for."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address_to_go_to(client)).query).items()}
    assert asked["scope"] == "openid"
    assert asked["redirect_uri"] == f"http://testserver{BACK}"
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) > 40


def test_the_verifier_goes_with_the_code(linked: User, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Any] = []
    plain = requests.Session.request

    def noted(session: requests.Session, method: str, url: str, **how: Any) -> Any:
        sent.append(how.get("data"))
        return plain(session, method, url, **how)

    monkeypatch.setattr(requests.Session, "request", noted)
    there_and_back(client)
    assert any(isinstance(data, dict) and len(data.get("code_verifier", "")) > 40 for data in sent)


# --- what is not believed ---------------------------------------------------------------------------------------------


def test_a_callback_is_good_once(linked: User, client: Client) -> None:
    answer = answer_of(address_to_go_to(client))
    client.get(answer)
    client.post("/sign-out/")
    refused(client, client.get(answer), 400, "This sign-in is over")


def test_another_browser_cannot_use_it(linked: User, client: Client) -> None:
    """Nobody is signed in as somebody else by a link to the answer."""
    answer, stranger = answer_of(address_to_go_to(client)), Client()
    refused(stranger, stranger.get(answer), 400, "This sign-in is over")


def test_a_wrong_state_is_refused(linked: User, client: Client) -> None:
    answer = re.sub(r"state=[^&]+", "state=another", answer_of(address_to_go_to(client)))
    refused(client, client.get(answer), 400, "This sign-in is over")


def test_after_ten_minutes_it_is_over(linked: User, client: Client, machine: MachineClock) -> None:
    answer = answer_of(address_to_go_to(client))
    machine.on(minutes=10, seconds=1)
    refused(client, client.get(answer), 400, "This sign-in is over")


def test_a_token_for_another_request_is_refused(linked: User, client: Client) -> None:
    answer = answer_of(address_to_go_to(client))
    session = client.session
    session["single_sign_on"] = session["single_sign_on"] | {"nonce": "of another request"}
    session.save()
    refused(client, client.get(answer), 403, "not one that we can rely on")


def test_a_code_that_is_not_the_providers_is_refused(linked: User, client: Client) -> None:
    answer = re.sub(r"code=[^&]+", "code=invented", answer_of(address_to_go_to(client)))
    refused(client, client.get(answer), 403, "not one that we can rely on")


def _other_issuer(about: dict[str, Any]) -> dict[str, Any]:
    """The token is made under another host name, and so by another issuer."""
    return about | {"token_endpoint": about["token_endpoint"].replace("localhost", "127.0.0.1")}


def test_a_token_of_another_issuer_is_refused(linked: User, provider: Provider, client: Client) -> None:
    _changed(client, provider, _other_issuer)


def test_a_token_signed_by_somebody_else_is_refused(linked: User, provider: Provider, client: Client) -> None:
    with run_server_in_thread() as other:
        _changed(client, provider, lambda about: about | {"jwks_uri": f"http://localhost:{other.server_port}/jwks"})


def test_a_token_for_another_client_is_refused(
    linked: User, provider: Provider, client: Client, settings: Settings
) -> None:
    answer = answer_of(address_to_go_to(client).replace("client_id=quorate", "client_id=another"))
    settings.SINGLE_SIGN_ON = Provider(provider.issuer, "another", "a secret", "Example Council")
    kept = client.get(answer)
    assert kept.status_code == 302, "the same with the right client goes through"
    client.post("/sign-out/")
    answer = answer_of(address_to_go_to(client).replace("client_id=another", "client_id=quorate"))
    refused(client, client.get(answer), 403, "not one that we can rely on")


def _changed(client: Client, provider: Provider, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Refused once what the provider says of itself was changed between going and coming back."""
    answer = answer_of(address_to_go_to(client))
    key = kept_under(provider)
    cache.set(key, change(cache.get(key)))
    refused(client, client.get(answer), 403, "not one that we can rely on")


def test_an_answer_that_names_another_issuer_is_refused(linked: User, client: Client) -> None:
    answer = f"{answer_of(address_to_go_to(client))}&iss=https://evil.example.org"
    refused(client, client.get(answer), 403, "not one that we can rely on")


def test_stopping_there_gives_a_page(linked: User, client: Client) -> None:
    answer = answer_of(address_to_go_to(client), action="deny")
    assert "error=" in answer
    refused(client, client.get(answer), 403, "the sign-in was stopped there")


def test_a_provider_that_is_down_gives_a_page(
    provider: Provider, real: User, client: Client, settings: Settings
) -> None:
    with run_server_in_thread() as gone:
        port = gone.server_port
    settings.SINGLE_SIGN_ON = Provider(f"http://localhost:{port}", "quorate", "a secret", "Example Council")
    refused(client, client.post(GO), 503, "The other side does not answer")


def test_a_provider_that_goes_down_meanwhile_gives_a_page(linked: User, provider: Provider, client: Client) -> None:
    answer = answer_of(address_to_go_to(client))
    key = kept_under(provider)
    cache.set(key, cache.get(key) | {"token_endpoint": "http://localhost:9/token"})
    refused(client, client.get(answer), 503, "The other side does not answer")


def test_a_provider_under_another_name_is_not_used(
    provider: Provider, real: User, client: Client, settings: Settings
) -> None:
    settings.SINGLE_SIGN_ON = Provider(f"{provider.issuer}/", "quorate", "a secret", "Example Council")
    refused(client, client.post(GO), 503, "The other side does not answer")


# --- linking ----------------------------------------------------------------------------------------------------------


def test_linking_while_signed_in(real: User, provider: Provider, letters: Letters) -> None:
    client, _ = with_app(letters, ADDRESS)
    answer = there_and_back(client, LINK)
    assert (answer.status_code, answer["Location"]) == (302, OWN)
    assert "Remove the link" in client.get(OWN).content.decode()
    other = Client()
    there_and_back(other)
    assert other.session["_auth_user_id"] == str(real.pk)
    client.post(UNLINK)
    assert SocialAccount.objects.count() == 0
    acts = SignInEvent.objects.filter(person=real, what__in=(SignInAct.WAY_ADDED, SignInAct.WAY_REMOVED))
    assert sorted(acts.values_list("what", flat=True)) == ["way-added", "way-removed"]


@pytest.mark.parametrize("path", [LINK, UNLINK])
def test_linking_asks_for_a_fresh_proof(linked: User, letters: Letters, machine: MachineClock, path: str) -> None:
    client, _ = with_app(letters, ADDRESS)
    machine.on(minutes=5, seconds=1)
    answer = client.post(path)
    assert (answer.status_code, answer["Location"]) == (302, SECOND_STEP)
    assert SocialAccount.objects.count() == 1


def test_linking_is_closed_before_the_second_step(real: User, provider: Provider, letters: Letters) -> None:
    client = with_first_step(letters, ADDRESS)
    assert client.post(LINK)["Location"] == "/sign-in/set-up/"


def test_linking_what_is_somebody_elses_is_refused(linked: User, cast: Cast, letters: Letters) -> None:
    register_person(email="other@example.org", name="Other Person", by=cast.author)
    client, _ = with_app(letters, "other@example.org")
    answer = there_and_back(client, LINK)
    assert answer.status_code == 409
    assert "Your sign-in" in answer.content.decode()
    assert SocialAccount.objects.get().user == linked


def test_the_link_is_made_for_whoever_began_it_alone(
    real: User, provider: Provider, letters: Letters, cast: Cast
) -> None:
    client, _ = with_app(letters, ADDRESS)
    answer = answer_of(address_to_go_to(client, LINK))
    session = client.session
    session["single_sign_on"] = session["single_sign_on"] | {"person": cast["chair"].pk}
    session.save()
    assert client.get(answer).status_code == 400
    assert SocialAccount.objects.count() == 0


# --- accepting an invitation with it ----------------------------------------------------------------------------------


def test_accepting_an_invitation_links_the_account(
    real: User, provider: Provider, cast: Cast, letters: Letters
) -> None:
    appoint(seat=cast.seats["probation"], person=real, starts_on=LONG_AGO, by=cast.author)
    token, client = token_of(invite(person=real, board=cast.board, by=cast["coordinator"]).uuid), Client()
    page = client.get(f"/invitation/{token}/").content.decode()
    assert "Accept with Example Council" in page
    there_and_back(client, GO, SUBJECT, invitation=token)
    assert client.session["_auth_user_id"] == str(real.pk)
    assert SocialAccount.objects.get().uid == SUBJECT
    assert client.get(f"/invitation/{token}/").status_code == 404
    asked_by(Client())
    assert letters.sent == 1


def test_an_invitation_withdrawn_meanwhile_links_nothing(real: User, provider: Provider, cast: Cast) -> None:
    appoint(seat=cast.seats["probation"], person=real, starts_on=LONG_AGO, by=cast.author)
    token, client = token_of(invite(person=real, board=cast.board, by=cast["coordinator"]).uuid), Client()
    answer = answer_of(address_to_go_to(client, invitation=token))
    withdraw(person=real, board=cast.board, by=cast["manager"])
    refused(client, client.get(answer), 404, "This invitation does not work")
    assert SocialAccount.objects.count() == 0


def test_an_account_of_somebody_else_leaves_the_invitation_open(linked: User, cast: Cast, client: Client) -> None:
    other = register_person(email="other@example.org", name="Other Person", by=cast.author)
    appoint(seat=cast.seats["probation"], person=other, starts_on=LONG_AGO, by=cast.author)
    token = token_of(invite(person=other, board=cast.board, by=cast["coordinator"]).uuid)
    refused(client, there_and_back(client, invitation=token), 409, "That account cannot be linked")
    assert Client().get(f"/invitation/{token}/").status_code == 200


# --- without one ------------------------------------------------------------------------------------------------------


def test_without_a_provider_nothing_of_it_is_seen(real: User, letters: Letters) -> None:
    client, _ = with_app(letters, ADDRESS)
    assert "Single sign-on" not in client.get(OWN).content.decode()
    assert "Sign in with" not in Client().get("/sign-in/").content.decode()
    assert [client.post(path).status_code for path in (GO, LINK, UNLINK)] == [404, 404, 404]
    assert client.get(BACK).status_code == 404
