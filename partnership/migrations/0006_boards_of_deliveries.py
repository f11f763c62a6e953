"""Gives each delivery the board of its obligation, so that one of an announcement can have its own."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery


def take_the_obligations_board(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    obligations = apps.get_model("partnership", "Obligation").objects.filter(pk=OuterRef("obligation"))
    deliveries = apps.get_model("partnership", "Delivery").objects.filter(board=None)
    deliveries.update(board=Subquery(obligations.values("board")[:1]))


class Migration(migrations.Migration):
    dependencies = [("partnership", "0005_announcements")]

    operations = [migrations.RunPython(take_the_obligations_board, migrations.RunPython.noop)]
