"""The membership application."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MembershipConfig(AppConfig):
    name = "membership"

    def ready(self) -> None:
        # app ready: guards and tellers need the models, which are loaded by now.
        from membership import effects, overlap_guards, seat_telling  # noqa: PLC0415

        post_migrate.connect(overlap_guards.put_up_again, sender=self)
        effects.enter("membership", seat_telling.tell)
