"""`manage.py mail`: whether mail goes, what is due, and holding it back or letting it go."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partnership import clock
from partnership.models import UNSENT, Delivery, User
from partnership.obligations import holding


class Command(BaseCommand):
    help = "Says whether mail goes and what is due; holds all mail back, or lets it go after a restore."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=("status", "due", "hold", "release"))
        parser.add_argument("--by", default="", help="the e-mail address of whoever orders it")
        parser.add_argument("--reason", default="")
        parser.add_argument("--drop-due", action="store_true", help="with release: do not send what is due by now")

    def handle(self, *args: Any, **options: Any) -> None:
        match options["what"]:
            case "status":
                self._say_status()
            case "due":
                self._say_due()
            case "hold":
                holding.hold(reason=_reason_in(options), now=clock.now(), by=_person_in(options))
                self._say_status()
            case "release":
                self._release(options)

    def _release(self, options: dict[str, Any]) -> None:
        reason, by = _reason_in(options), _person_in(options)
        try:
            dropped = holding.release(reason=reason, now=clock.now(), by=by, drop_due=options["drop_due"])
        except holding.MailIsHeldBySetting as error:
            raise CommandError(str(error)) from error
        if options["drop_due"]:
            self.stdout.write(f"Not sent any more: {dropped}.")
        self._say_status()

    def _say_status(self) -> None:
        reason = holding.held_because()
        number = Delivery.objects.filter(state__in=UNSENT, send_at__lte=clock.now()).count()
        self.stdout.write(f"Mail is held: {reason}" if reason else "Mail goes.")
        self.stdout.write(f"Due and not sent: {number}.")

    def _say_due(self) -> None:
        rows = Delivery.objects.filter(state__in=UNSENT, send_at__lte=clock.now())
        for row in rows.select_related("recipient", "board__partnership").order_by("send_at", "pk"):
            at = row.send_at.astimezone(clock.LONDON)
            what = f"{row.get_purpose_display()} {row.board}, {row.get_state_display().lower()}"
            self.stdout.write(f"{at:%Y-%m-%d %H:%M}  {row.recipient.email}  {what}")


def _reason_in(options: dict[str, Any]) -> str:
    if not options["reason"]:
        raise CommandError('Say why: --reason "…"')
    return str(options["reason"])


def _person_in(options: dict[str, Any]) -> User:
    person = User.objects.people().active().at_address(options["by"]).first()
    if person is None:
        raise CommandError(f"{options['by'] or 'Whoever orders it'} is nobody with an account: --by EMAIL")
    return person
