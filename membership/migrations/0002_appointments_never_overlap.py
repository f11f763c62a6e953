from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from membership import overlap_guards


def put_up(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    overlap_guards.put_up(schema_editor, apps.get_model("membership", "Appointment"))


def take_down(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    overlap_guards.take_down(schema_editor, apps.get_model("membership", "Appointment"))


class Migration(migrations.Migration):
    dependencies = [("membership", "0001_initial")]

    operations = [migrations.RunPython(put_up, take_down)]
