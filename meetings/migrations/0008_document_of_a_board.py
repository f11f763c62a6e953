import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A document belongs to a board: of a meeting's, to the meeting's. Filled in the next step, on its own."""

    dependencies = [
        ("meetings", "0007_delegations"),
        ("partnership", "0024_standing_of_an_officer"),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="board",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="documents",
                to="partnership.board",
            ),
        ),
    ]
