from django.db import migrations


def drop(apps, schema_editor):
    apps.get_model("meetings", "Document").objects.filter(kind="contacts").delete()


class Migration(migrations.Migration):
    """Going back, contact lists go: a document had a meeting then."""

    dependencies = [("meetings", "0010_contact_sheets")]

    operations = [migrations.RunPython(migrations.RunPython.noop, drop)]
