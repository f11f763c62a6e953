from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    Document, Meeting = apps.get_model("meetings", "Document"), apps.get_model("meetings", "Meeting")
    own = Meeting.objects.filter(pk=OuterRef("meeting")).values("board")[:1]
    Document.objects.filter(board=None).update(board=Subquery(own))


class Migration(migrations.Migration):
    dependencies = [("meetings", "0008_document_of_a_board")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
