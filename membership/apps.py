"""The membership application."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MembershipConfig(AppConfig):
    name = "membership"

    def ready(self) -> None:
        # app ready: guards, tellers and causes need the models, which are loaded by now.
        from membership import (  # noqa: PLC0415
            agency_duties,
            delegation_duties,
            duties,
            effects,
            named_by_terms,
            overlap_guards,
            seat_duties,
            seat_telling,
        )

        agency_duties.register_duties()
        delegation_duties.register_duties()
        duties.register_duties()
        seat_duties.register_duties()
        named_by_terms.enter_words()
        post_migrate.connect(overlap_guards.put_up_again, sender=self)
        effects.enter("membership", seat_telling.tell)
