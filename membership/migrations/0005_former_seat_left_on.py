from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("membership", "0004_leave_handover_and_declarations")]

    operations = [
        migrations.AlterModelOptions(name="formerseat", options={"ordering": ("-left_on", "pk")}),
        migrations.RenameField(model_name="formerseat", old_name="until", new_name="left_on"),
        migrations.RenameField(model_name="historicalformerseat", old_name="until", new_name="left_on"),
        migrations.RemoveConstraint(model_name="agencyofficer", name="agency_officer_ends_after_they_start"),
        migrations.AddConstraint(
            model_name="agencyofficer",
            constraint=models.CheckConstraint(
                condition=models.Q(("until", None), ("until__gt", models.F("starts_on")), _connector="OR"),
                name="agency_officer_ends_after_it_starts",
            ),
        ),
    ]
