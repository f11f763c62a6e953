from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("membership", "0006_office_terms")]

    operations = [
        migrations.AddIndex(
            model_name="relevantagency",
            index=models.Index(fields=["partnership", "agency"], name="relevant_agency_by_agency"),
        ),
    ]
