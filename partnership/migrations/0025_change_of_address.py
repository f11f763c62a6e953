"""A table for the proofs of addresses; addresses kept before, in the one form in which they are looked for."""

import django.db.models.deletion
import uuid
from typing import Any
from django.conf import settings
from django.db import migrations, models

from partnership.addresses import looked_for


def in_one_form(apps: Any, schema_editor: Any) -> None:
    """An address of letters outside ASCII was kept as it was typed. What is another account's by now stays."""
    people = apps.get_model("partnership", "User").objects
    for person in people.exclude(email__regex=r"^[ -~]*$"):
        found = looked_for(person.email)
        if found != person.email and not people.filter(email=found).exists():
            people.filter(pk=person.pk).update(email=found)


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0001_squashed_0024_first_release"),
    ]

    operations = [
        migrations.AlterField(
            model_name="signinevent",
            name="what",
            field=models.CharField(
                choices=[
                    ("code-asked", "A code was asked for"),
                    ("code-limited", "A code was asked for and not sent: too many"),
                    ("code-sent", "A code was sent"),
                    ("code-not-sent", "A code could not be sent"),
                    ("code-wrong", "A wrong code was entered"),
                    ("signed-in", "Signed in"),
                    ("second-step", "Took the second step"),
                    ("second-step-wrong", "A wrong second step"),
                    ("factor-added", "A second step was set up"),
                    ("factor-removed", "A second step was removed"),
                    ("recovery-codes-made", "Recovery codes were made"),
                    ("second-step-reset", "The second step was reset"),
                    ("signed-out", "Signed out"),
                    ("session-ended", "A session was ended"),
                    ("session-lapsed", "A session ended by itself"),
                    ("invited", "An invitation was sent"),
                    ("invitation-refused", "An invitation that does not work was used"),
                    ("way-added", "A way to sign in was added"),
                    ("way-removed", "A way to sign in was removed"),
                    ("address-asked", "Another e-mail address was asked for"),
                    ("address-wrong", "A wrong code for another e-mail address"),
                    ("address-changed", "The e-mail address was changed"),
                    ("single-refused", "Single sign-on came to nothing"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="AddressProof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("account", models.CharField(max_length=64)),
                ("network", models.CharField(blank=True, max_length=50)),
                ("browser", models.CharField(max_length=64)),
                ("code", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
                ("is_counted", models.BooleanField(default=True)),
                ("is_open", models.BooleanField(default=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "made_at"], name="address_proof_by_person"),
                    models.Index(fields=["account", "made_at"], name="address_proof_by_account"),
                ],
            },
        ),
        migrations.RunPython(in_one_form, migrations.RunPython.noop),
    ]
