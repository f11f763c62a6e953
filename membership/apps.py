"""The membership application."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MembershipConfig(AppConfig):
    name = "membership"

    def ready(self) -> None:
        # app ready: the guards need the postgres fields, which need the applications.
        from membership import overlap_guards  # noqa: PLC0415

        post_migrate.connect(overlap_guards.put_up_again, sender=self)
