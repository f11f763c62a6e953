"""`manage.py check_standings`: the standings that give access are those the appointments give."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from membership.queries import unequal_standings


class Command(BaseCommand):
    help = "Compare every standing with the appointment behind it. Exit code 1 when they differ."

    def handle(self, *args: Any, **options: Any) -> None:
        differences = unequal_standings()
        for sentence in differences:
            self.stdout.write(sentence)
        if differences:
            raise CommandError(f"{len(differences)} differences between appointments and standings.")
        self.stdout.write("Every standing is what its appointment gives.")
