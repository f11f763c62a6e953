"""System checks: each names one setting or program that is missing or unsafe, and the remedy."""

from __future__ import annotations

import ctypes.util
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 - Django's name
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import get_connection
from django.db import DatabaseError, connections

from partnership import broker
from partnership.environment import is_loopback
from partnership.mailbox import account
from partnership.models import User
from partnership.obligations import transport
from partnership.signing_in.provider_settings import problems_of

Apps = Sequence[AppConfig] | None

PANGO = ("pango-1.0", "pangoft2-1.0")


def _error(number: int, message: str, remedy: str) -> Error:
    return Error(message, hint=remedy, id=f"quorate.E{number:03}")


@register()
def environment_is_readable(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """Every variable has a value of its kind."""
    return [
        _error(1, f"{problem.name} is “{problem.found}”.", problem.remedy) for problem in settings.ENVIRONMENT.problems
    ]


@register()
def production_is_safe(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """What production needs and has no safe default for."""
    return list(_production_problems()) if settings.PRODUCTION else []


def _production_problems() -> Iterable[Error]:
    given = settings.ENVIRONMENT.text
    if not given("SITE_URL"):
        yield _error(10, "SITE_URL is missing.", "Set it to the address people use: https://…")
    elif not settings.IS_HTTPS:
        yield _error(11, f"SITE_URL is {settings.SITE_URL}, not https.", "Serve it by TLS; see deploy/Caddyfile.")
    if not settings.ALLOWED_HOSTS:
        yield _error(12, "ALLOWED_HOSTS is missing.", "Set it to the host names people use, separated by commas.")
    elif any("*" in host for host in settings.ALLOWED_HOSTS):
        yield _error(13, "ALLOWED_HOSTS allows every host.", "Name the hosts people use.")
    if not given("SECRET_KEY") and settings.HAS_DATABASE_SERVER:
        yield _error(14, "SECRET_KEY is missing.", "Set the same 50 random characters or more for every process.")
    if not given("AUDIT_KEY") and settings.HAS_DATABASE_SERVER:
        yield _error(18, "AUDIT_KEY is missing.", "Set 50 random characters or more, for every process.")
    if not given("EMAIL_HOST") and settings.MAIL_THROUGH == "smtp":
        yield _error(15, "EMAIL_HOST is missing.", "Set it to the mail server that takes our messages.")
    if not given("DEFAULT_FROM_EMAIL"):
        yield _error(16, "DEFAULT_FROM_EMAIL is missing.", "Set it to the address our messages come from.")
    if given("QUORATE_NOW"):
        yield _error(17, "QUORATE_NOW is set.", "Unset it: only a demonstration or a test may stop the clock.")


@register()
def single_sign_on_is_whole(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """A provider is named by everything that it takes, and is of one tenant; or it is not named at all."""
    found = problems_of(settings.ENVIRONMENT, is_production=settings.PRODUCTION)
    return [_error(19, message, remedy) for message, remedy in found]


@register()
def mailbox_is_whole(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """A mailbox is named by everything that reading it takes, or not named at all."""
    return [_error(36, message, remedy) for message, remedy in account.problems_of(settings.ENVIRONMENT)]


@register()
def demonstration_is_private(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """A demonstration, where nobody proves who they are, is for this machine and for fictional people only."""
    return list(_demonstration_problems()) if settings.DEMO else []


def _demonstration_problems() -> Iterable[Error]:
    remedy = "Unset it, or unset DEMO."
    if not is_loopback(settings.BIND):
        yield _error(20, f"BIND is {settings.BIND}, and a demonstration is served to this machine only.", remedy)
    site = urlsplit(settings.SITE_URL).hostname or ""
    if not is_loopback(site):
        yield _error(21, f"SITE_URL is {settings.SITE_URL}, a production setting, and DEMO is set.", remedy)
    for host in settings.ALLOWED_HOSTS:
        if not is_loopback(host):
            yield _error(22, f"ALLOWED_HOSTS names {host}, a production setting, and DEMO is set.", remedy)
    if not is_loopback(settings.EMAIL_HOST):
        yield _error(23, f"EMAIL_HOST is {settings.EMAIL_HOST}, and a demonstration sends no real mail.", remedy)
    if settings.MAIL_THROUGH != "smtp":
        yield _error(27, f"MAIL_THROUGH is {settings.MAIL_THROUGH}, and a demonstration sends no real mail.", remedy)
    if settings.SINGLE_SIGN_ON and not is_loopback(urlsplit(settings.SINGLE_SIGN_ON.issuer).hostname or ""):
        yield _error(35, "OIDC_ISSUER is a production setting, and DEMO is set.", remedy)
    if settings.MAILBOX and not is_loopback(settings.MAILBOX.host):
        yield _error(37, "IMAP_HOST is a production setting, and DEMO is set.", remedy)
    if settings.ENVIRONMENT.flag("BEHIND_PROXY"):
        yield _error(24, "BEHIND_PROXY is a production setting, and DEMO is set.", remedy)


@register()
def mail_has_a_way_out(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """The mail service that the settings name is known, and has the variables that it needs."""
    if settings.MAIL_THROUGH == "smtp":
        return []
    services = transport.mail_services()
    if settings.MAIL_THROUGH not in services:
        remedy = f"Use smtp or one of: {', '.join(services)}."
        return [_error(28, f"MAIL_THROUGH is {settings.MAIL_THROUGH}.", remedy)]
    try:
        get_connection()
    except ImproperlyConfigured as error:
        first_line = str(error).strip().splitlines()[0]
        remedy = "Set what its page in the documentation of django-anymail asks for, as ANYMAIL_… variables."
        return [_error(29, f"Mail cannot go through {settings.MAIL_THROUGH}: {first_line}", remedy)]
    return []


SHORTEST_SECRET = 20


@register()
def mail_events_are_believed_with_a_secret(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """The secret that a mail service shows when it tells of messages is a name and a long password."""
    secret = str(settings.ANYMAIL.get("WEBHOOK_SECRET", ""))
    if not secret or (":" in secret and len(secret) >= SHORTEST_SECRET):
        return []
    remedy = f"Write it as name:password, {SHORTEST_SECRET} characters or more, and give the service the same."
    return [_error(40, "ANYMAIL_WEBHOOK_SECRET is easily guessed.", remedy)]


@register(Tags.database)
def demonstration_holds_only_fictional_people(
    app_configs: Apps, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """No real person's record is shown to whoever picks their name."""
    if not settings.DEMO or not databases:
        return []
    try:
        count = User.objects.people().filter(is_demo=False).count() if _has_people() else 0
    except DatabaseError as error:
        return [_error(26, f"The database does not answer: {error}".strip(), "Check DATABASE_URL and that it runs.")]
    if not count:
        return []
    people = "1 person who is" if count == 1 else f"{count} people who are"
    return [
        _error(25, f"The database holds {people} not of the demonstration.", "Unset DEMO, or choose another DATA_DIR.")
    ]


def _has_people() -> bool:
    return User._meta.db_table in connections["default"].introspection.table_names()


@register(Tags.database, deploy=True)
def record_is_out_of_reach(
    app_configs: Apps, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The role that the application signs in with has no right to change the record."""
    if not databases or not settings.HAS_DATABASE_SERVER:
        return []
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(to_regclass('partnership_auditevent'), 'UPDATE')")
        (may_change,) = cursor.fetchone()
    if not may_change:
        return []
    remedy = "Let the application sign in with a role of its own: “Two roles” in docs/operations.md."
    return [Warning("The application could change the audit trail.", hint=remedy, id="quorate.W033")]


@register()
def front_end_packages_are_installed(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """The npm packages whose compiled files the pages use."""
    if settings.STATIC_ROOT and Path(settings.STATIC_ROOT, "staticfiles.json").exists():
        return []
    folders = [entry[1] for entry in settings.STATICFILES_DIRS if isinstance(entry, tuple)]
    missing = [folder for folder in folders if not Path(folder).is_dir()]
    if not missing:
        return []
    names = ", ".join(str(Path(folder).relative_to(settings.NODE_MODULES)) for folder in missing)
    return [_error(30, f"Front-end packages are missing from node_modules: {names}.", "Run: make setup")]


@register()
def pdf_libraries_are_installed(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """Pango, which WeasyPrint loads when it makes the first PDF. Pages work without it."""
    if all(ctypes.util.find_library(name) for name in PANGO):
        return []
    return [
        Warning(
            "PDFs cannot be made: Pango is not installed.",
            hint="Debian and Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0",
            id="quorate.W031",
        )
    ]


@register()
def broker_is_available(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """A broker of our own is needed unless BROKER_URL names another."""
    if settings.ENVIRONMENT.text("BROKER_URL") or broker.program():
        return []
    return [Warning("There is no broker on this machine; jobs are not done.", hint=broker.REMEDY, id="quorate.W032")]
