from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0030_week_letter"),
    ]

    operations = [
        migrations.AddField(
            model_name="obligation",
            name="entered_late_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
