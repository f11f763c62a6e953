"""The partnership application: the roof and the floor of the project."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PartnershipConfig(AppConfig):
    name = "partnership"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # app ready: checks and the Celery application need the models, which are loaded by now.
        from partnership import celery, checks  # noqa: F401, PLC0415

        # app ready
        from partnership.audit import guards, sealing, sign_ins  # noqa: PLC0415

        sign_ins.listen()

        # app ready
        from partnership import break_glass, break_glass_duty, bulk_reading  # noqa: PLC0415

        break_glass.enter_kind()
        bulk_reading.enter_kind()
        break_glass_duty.register_duty(break_glass.told_of, break_glass.review_due_again)

        # app ready
        from partnership.obligations import reminder_letters, service_events, wording_trials  # noqa: PLC0415

        reminder_letters.enter_kinds()
        wording_trials.enter_kind()
        service_events.listen()

        # app ready
        from partnership.signing_in import invitation_letters  # noqa: PLC0415

        invitation_letters.enter_kind()
        post_migrate.connect(guards.put_up, sender=self, dispatch_uid="quorate.guards")
        post_migrate.connect(sealing.note_layouts, sender=self, dispatch_uid="quorate.layouts")
