"""Nothing goes round the policy or the history: read from the source itself and from the models."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).parents[2]
APPS = ("partnership", "membership", "meetings", "reviews")
SOURCES = [path for app in APPS for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts]
# Not changed by people: a process's pulse, and guardian's half of a grant, whose record is the tracked `Grant`.
# Obligations and deliveries are claimed by conditional updates; their record is the append-only `ObligationEvent`.
UNTRACKED = {
    "Heartbeat",
    "BoardUserObjectPermission",
    "BoardGroupObjectPermission",
    "ProtectionUserObjectPermission",
    "ProtectionGroupObjectPermission",
    "Obligation",
    "Announcement",
    "Delivery",
    "ObligationEvent",
    "MailHold",
    # Written once: the audit trail, and what seals it with every history row.
    "AuditEvent",
    "ChainHead",
    "Fingerprint",
    "Layout",
    "Link",
    "Tombstone",
    # Written once, with who waived it, when and why; a waiver is withdrawn by another row.
    "DutyWaiver",
    # Written once, with who and when; a signature is withdrawn by another row.
    "ConfidentialityAgreement",
    "ConfidentialitySignature",
    "SignatureCorrection",
    # What calendars answered to invitations, kept as it came, and how far the mailbox is read.
    "CalendarAnswer",
    "Mailbox",
    # Signing in: sessions and what leads to one. What happened is in the sign-in log, which is written once.
    "BrowserSession",
    "KnownBrowser",
    "SignInCode",
    "SignInEvent",
    # The code that proves a new address; the change itself is tracked on the person.
    "AddressProof",
    # Work that somebody asked of the worker; what was done is in the audit trail.
    "SubjectCopy",
    "Erasure",
    # A PDF in the making: a worker moves it by conditional updates; what it shows is tracked where it comes from.
    "Document",
    # An uploaded file between its dry run and its commit; what it changes is tracked.
    "AgencyImport",
    # Words that their writer alone looks at before they are in use; what is in use is tracked.
    "WordingTrial",
}
UNSIGNED_WRITES = {"update", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "create"}
# These write untracked rows alone, by conditional updates.
MAY_WRITE_UNSIGNED = {
    "partnership/audit/sealing.py",
    "partnership/mailbox/reading.py",
    "partnership/personal_data/erasing.py",
    "partnership/personal_data/packaging.py",
    "partnership/personal_data/retaining.py",
    "partnership/personal_data/working.py",
    "partnership/pulse.py",
    "partnership/obligations/announcements.py",
    "partnership/obligations/bounces.py",
    "partnership/obligations/claims.py",
    "partnership/obligations/digests.py",
    "partnership/obligations/holding.py",
    "partnership/obligations/operations.py",
    "partnership/obligations/planning.py",
    "partnership/obligations/recounting.py",
    "partnership/obligations/sending_again.py",
    "partnership/signing_in/changing_address.py",
    "partnership/signing_in/codes.py",
    "partnership/signing_in/known_browsers.py",
    "partnership/signing_in/second_step.py",
    "meetings/calendar_answers/taking.py",
    "meetings/operations/documents.py",
    # The day on which a program last fetched a feed, once a day; nobody changes it.
    "meetings/views/calendar_feeds.py",
    "membership/operations/register_import.py",
}
SHORTCUTS = {"has_perm", "has_perms", "has_module_perms", "get_objects_for_user", "get_perms", "is_superuser"}
MAY_ASK_GUARDIAN = {"partnership/access.py", "partnership/models/board.py", "partnership/models/protection.py"}


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in SOURCES:
        yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def reaches_rows(node: ast.expr) -> bool:
    """Whether an expression goes through a manager or a queryset: Model.objects…, or …filter(…)."""
    return any(
        isinstance(part, ast.Attribute) and part.attr in {"objects", "filter", "_default_manager"}
        for part in ast.walk(node)
    )


def unsigned_writes(tree: ast.Module) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in UNSIGNED_WRITES
        and reaches_rows(node.func.value)
    ]


def guardian_calls(tree: ast.Module) -> list[int]:
    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.stmt | ast.expr) and names_guardian(node)]


def names_guardian(node: ast.AST) -> bool:
    """An import of guardian, or one of the questions that only the policy may ask."""
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").startswith("guardian")
    if isinstance(node, ast.Import):
        return any(alias.name.startswith("guardian") for alias in node.names)
    return isinstance(node, ast.Attribute) and node.attr in SHORTCUTS


def test_no_tracked_row_is_written_without_an_author() -> None:
    found = {name: lines for name, tree in trees() if (lines := unsigned_writes(tree))}
    assert set(found) <= MAY_WRITE_UNSIGNED, found


def test_only_the_policy_asks_guardian() -> None:
    found = {name: lines for name, tree in trees() if (lines := guardian_calls(tree))}
    assert set(found) == MAY_ASK_GUARDIAN, found


@pytest.mark.parametrize(
    "source",
    ["User.objects.filter(pk=1).update(name='x')", "Board.objects.create(name='x')", "rows.filter(a=1).update(b=2)"],
)
def test_the_search_finds_what_it_looks_for(source: str) -> None:
    assert unsigned_writes(ast.parse(source)) == [1]
    assert guardian_calls(ast.parse("from guardian.shortcuts import get_objects_for_user\nuser.has_perm('x')")) == [
        1,
        2,
    ]
    assert unsigned_writes(ast.parse("words.update({1: 2})")) == []


def own_models() -> list[type[models.Model]]:
    return [
        model
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if not model.__name__.startswith("Historical")
    ]


def test_every_row_a_person_changes_has_an_authored_history() -> None:
    untracked = {model.__name__ for model in own_models() if not hasattr(model, "history")}
    assert untracked == UNTRACKED


@pytest.mark.parametrize("model", [model for model in own_models() if hasattr(model, "history")])
def test_history_cannot_be_anonymous(model: type[models.Model]) -> None:
    history = model.history.model  # type: ignore[attr-defined]  # each of these has one
    author, reason = history._meta.get_field("history_user"), history._meta.get_field("history_change_reason")
    assert (author.null, reason.null) == (False, False)
    assert author.remote_field.on_delete is models.PROTECT


def test_periods_are_guarded_by_the_database() -> None:
    """Each model with an end after a start says so in a constraint."""
    unguarded = []
    for model in own_models():
        names = {field.name for field in model._meta.fields}
        has_end = names & {"until", "left_at", "until_at", "closed_at", "ends_at"}
        has_period = has_end and any(
            "start" in name or name in {"arrived_at", "from_at", "opened_at", "since"} for name in names
        )
        checks = [one for one in model._meta.constraints if isinstance(one, models.CheckConstraint)]
        if has_period and not any("_after_" in check.name for check in checks):
            unguarded.append(model.__name__)
    assert unguarded == []
