"""The membership application."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MembershipConfig(AppConfig):
    name = "membership"

    def ready(self) -> None:
        # app ready: guards, tellers and causes need the models, which are loaded by now.
        from membership import duties, effects, overlap_guards, seat_telling  # noqa: PLC0415
        from partnership.obligations import causes  # noqa: PLC0415

        causes.enter(duties.DETAILS_CAUSE)
        causes.enter(duties.INDUCTION_CAUSE)
        post_migrate.connect(overlap_guards.put_up_again, sender=self)
        effects.enter("membership", seat_telling.tell)
