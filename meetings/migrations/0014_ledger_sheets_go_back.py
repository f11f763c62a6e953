from django.db import migrations


def drop(apps, schema_editor):
    apps.get_model("meetings", "Document").objects.filter(kind="ledger").delete()


class Migration(migrations.Migration):
    """Going back, ledgers go: a document was a meeting's then, or a contact list."""

    dependencies = [("meetings", "0013_ledger_sheets")]

    operations = [migrations.RunPython(migrations.RunPython.noop, drop)]
