"""The tables of version 0.1 in one step, for a new database; one that has the single steps is left as it is."""

import django.db.models.deletion
import django.db.models.functions.text
import partnership.models.personal_data
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models

from partnership.new_tables import NewTables


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("partnership", "0001_initial"),
        ("partnership", "0002_obligations_and_deliveries"),
        ("partnership", "0003_action_prefix"),
        ("partnership", "0004_audit_trail"),
        ("partnership", "0005_announcements"),
        ("partnership", "0006_boards_of_deliveries"),
        ("partnership", "0007_delivery_names_its_board"),
        ("partnership", "0008_team_address"),
        ("partnership", "0009_signing_in"),
        ("partnership", "0010_protections"),
        ("partnership", "0011_members_second_step"),
        ("partnership", "0012_standing_of_an_office"),
        ("partnership", "0013_handling_marks"),
        ("partnership", "0014_personal_data"),
        ("partnership", "0015_constitution_drafts"),
        ("partnership", "0016_break_glass"),
        ("partnership", "0017_case_tier_standings"),
        ("partnership", "0018_deliveries_that_keep_promises"),
        ("partnership", "0019_invitations"),
        ("partnership", "0020_local_practices"),
        ("partnership", "0021_ways_to_sign_in"),
        ("partnership", "0022_messages_sent_again"),
        ("partnership", "0023_deliveries_by_state"),
        ("partnership", "0024_standing_of_an_officer"),
    ]

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="Partnership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.SlugField(max_length=60, unique=True)),
                        ("name", models.CharField(max_length=200, unique=True)),
                        ("short_name", models.CharField(max_length=40)),
                        (
                            "bank_holidays",
                            models.CharField(
                                choices=[
                                    ("england-and-wales", "England and Wales"),
                                    ("scotland", "Scotland"),
                                    ("northern-ireland", "Northern Ireland"),
                                ],
                                default="england-and-wales",
                                max_length=20,
                            ),
                        ),
                        (
                            "action_prefix",
                            models.CharField(
                                blank=True,
                                help_text="What stands before the number of an action; empty for the short name.",
                                max_length=12,
                            ),
                        ),
                        (
                            "team_email",
                            models.EmailField(
                                blank=True,
                                help_text="Where answers to its messages go.",
                                max_length=254,
                                verbose_name="the team's address",
                            ),
                        ),
                        (
                            "members_take_second_step",
                            models.BooleanField(
                                default=True,
                                help_text="Off leaves it to members; never to whoever sees what is restricted.",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("name",),
                    },
                ),
                migrations.CreateModel(
                    name="Board",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.SlugField(max_length=60)),
                        ("name", models.CharField(max_length=200)),
                        ("short_name", models.CharField(max_length=60)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("board", "Board"),
                                    ("executive", "Executive"),
                                    ("committee", "Committee"),
                                    ("network", "Network"),
                                    ("subgroup", "Subgroup"),
                                    ("task-and-finish", "Task and finish group"),
                                ],
                                db_index=True,
                                max_length=20,
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="Where it stands in the partnership's list."
                            ),
                        ),
                        (
                            "accountable_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="holds_to_account",
                                to="partnership.board",
                            ),
                        ),
                        (
                            "partnership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="boards",
                                to="partnership.partnership",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("partnership", "position", "name"),
                        "permissions": (
                            ("coordinate_board", "Act as coordinator"),
                            ("manage_board", "Act as manager"),
                            ("observe_board", "See what an observer sees"),
                        ),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("partnership", "slug"), name="board_slug_unique_in_partnership"
                            ),
                            models.UniqueConstraint(
                                fields=("partnership", "name"), name="board_name_unique_in_partnership"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("accountable_to", None),
                                    models.Q(("accountable_to", models.F("pk")), _negated=True),
                                    _connector="OR",
                                ),
                                name="board_not_accountable_to_itself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail address")),
                        ("name", models.CharField(max_length=150)),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "is_demo",
                            models.BooleanField(default=False, help_text="A fictional person of the demonstration."),
                        ),
                        (
                            "is_system",
                            models.BooleanField(default=False, help_text="The named author of a job; never signs in."),
                        ),
                        ("joined_at", models.DateTimeField()),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                        (
                            "refused_address",
                            models.EmailField(
                                blank=True,
                                help_text="The address that a mail server refused last; empty once one takes it.",
                                max_length=254,
                            ),
                        ),
                        (
                            "reminders_as",
                            models.CharField(
                                choices=[
                                    ("single", "One message for each reminder"),
                                    ("digest", "One message a working day, with all of that day's reminders"),
                                ],
                                default="single",
                                max_length=10,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "person",
                        "verbose_name_plural": "people",
                        "ordering": ("name", "pk"),
                        "indexes": [models.Index(fields=["name"], name="user_by_name")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                                name="user_email_is_lower_case",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True), name="user_has_a_name"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Announcement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=40)),
                        (
                            "cause_type",
                            models.CharField(
                                help_text="The label of its model, such as meetings.meeting.", max_length=60
                            ),
                        ),
                        ("cause_id", models.BigIntegerField()),
                        ("occurrence", models.CharField(blank=True, max_length=80)),
                        ("made_at", models.DateTimeField()),
                        (
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="announcements",
                                to="partnership.board",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-made_at", "pk"),
                        "indexes": [models.Index(fields=["board", "made_at"], name="announcement_by_board")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "cause_type", "cause_id", "occurrence"),
                                name="announcement_once_a_cause",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AuditEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "what",
                            models.CharField(
                                help_text="One of `What`; later releases know more of them.", max_length=40
                            ),
                        ),
                        ("kind", models.CharField(blank=True, max_length=60)),
                        ("number", models.CharField(blank=True, max_length=64)),
                        ("detail", models.CharField(blank=True, max_length=300)),
                        (
                            "address",
                            models.GenericIPAddressField(blank=True, null=True, verbose_name="network address"),
                        ),
                        ("request", models.CharField(blank=True, max_length=32)),
                        (
                            "board",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="audit_events",
                                to="partnership.board",
                            ),
                        ),
                        (
                            "partnership",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="audit_events",
                                to="partnership.partnership",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="audit_events",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "subject",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="audit_events_about",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-at", "-pk"),
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["partnership", "-at"], name="audit_by_partnership"),
                            models.Index(fields=["board", "-at"], name="audit_by_board"),
                            models.Index(fields=["person", "-at"], name="audit_by_person"),
                            models.Index(fields=["subject", "-at"], name="audit_by_subject"),
                            models.Index(fields=["what", "-at"], name="audit_by_what"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Protection",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("is_limited", models.BooleanField(default=False)),
                        ("excludes_team", models.BooleanField(default=False)),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        (
                            "board",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="protections",
                                to="partnership.board",
                            ),
                        ),
                        (
                            "partnership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="protections",
                                to="partnership.partnership",
                            ),
                        ),
                    ],
                    options={
                        "permissions": (("read_protected", "Read what is limited to named readers"),),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_limited", False), models.Q(("reason", ""), _negated=True), _connector="OR"
                                ),
                                name="protection_has_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("is_limited", True), ("excludes_team", False), _connector="OR"),
                                name="protection_excludes_while_limited",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Bar",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("declared", "Declared by themselves"),
                                    ("chair", "Recorded by the chair"),
                                    ("team", "Recorded by the partnership team"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("reason", models.CharField(max_length=500)),
                        ("recorded_at", models.DateTimeField()),
                        ("lifted_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bars",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "protection",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bars",
                                to="partnership.protection",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("protection_id", "pk"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("lifted_at", None)), fields=["person"], name="bar_open_by_person"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("lifted_at", None)),
                                fields=("protection", "person"),
                                name="bar_one_open_a_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="bar_has_a_reason"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BoardGroupObjectPermission",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "content_object",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="partnership.board"),
                        ),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                        (
                            "permission",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission"),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "unique_together": {("group", "permission", "content_object")},
                    },
                ),
                migrations.CreateModel(
                    name="BoardUserObjectPermission",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "content_object",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="partnership.board"),
                        ),
                        (
                            "permission",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission"),
                        ),
                        (
                            "user",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "unique_together": {("user", "permission", "content_object")},
                    },
                ),
                migrations.CreateModel(
                    name="BreakGlass",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "category",
                            models.CharField(
                                choices=[
                                    ("risk to a child", "Risk to a child that cannot wait"),
                                    ("fault", "A fault that only its content shows"),
                                    ("court", "A court or the police asks for it"),
                                    ("other", "Something else"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("reason", models.TextField()),
                        ("opened_at", models.DateTimeField()),
                        ("until", models.DateTimeField()),
                        ("review_due_on", models.DateField()),
                        ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                        ("review", models.TextField(blank=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="glass_broken",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "protection",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="glass_broken",
                                to="partnership.protection",
                            ),
                        ),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="glass_reviewed",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "break-glass",
                        "ordering": ("-opened_at", "-pk"),
                        "indexes": [models.Index(fields=["person", "opened_at"], name="break_glass_by_person")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until__gt", models.F("opened_at"))),
                                name="break_glass_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="break_glass_has_a_reason"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("review", ""), ("reviewed_at", None), ("reviewed_by", None)),
                                    models.Q(
                                        ("reviewed_at__isnull", False),
                                        ("reviewed_by__isnull", False),
                                        models.Q(("review", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="break_glass_reviewed_with_a_word",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BrowserSession",
                    fields=[
                        (
                            "session_key",
                            models.CharField(
                                max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                            ),
                        ),
                        ("session_data", models.TextField(verbose_name="session data")),
                        ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                        ("started_at", models.DateTimeField(null=True)),
                        ("seen_at", models.DateTimeField(null=True)),
                        ("device", models.CharField(blank=True, max_length=120)),
                        ("address", models.GenericIPAddressField(null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="browser_sessions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "session",
                        "verbose_name_plural": "sessions",
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ChainHead",
                    fields=[
                        ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                        ("sequence", models.BigIntegerField(default=0)),
                        ("code", models.CharField(blank=True, max_length=64)),
                        (
                            "fingerprint",
                            models.BigIntegerField(
                                default=0, help_text="The highest fingerprint that has been sealed."
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("id", 1)), name="chain_has_one_head")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Constitution",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField()),
                        ("title", models.CharField(max_length=200)),
                        ("text", models.TextField(help_text="The whole file as adopted.")),
                        ("sha256", models.CharField(max_length=64)),
                        ("in_force_from", models.DateField()),
                        ("review_by", models.DateField(blank=True, null=True)),
                        ("adopted_at", models.DateTimeField()),
                        (
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="constitutions",
                                to="partnership.board",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("board", "-in_force_from"),
                        "constraints": [
                            models.UniqueConstraint(fields=("board", "version"), name="constitution_version_unique"),
                            models.UniqueConstraint(
                                fields=("board", "in_force_from"), name="constitution_in_force_from_unique"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("version__gte", 1)), name="constitution_version_from_one"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="constitution_has_a_text"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConstitutionDraft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField()),
                        ("edition", models.PositiveIntegerField(default=1)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("drafting", "Being drafted"),
                                    ("put forward", "Put forward for signature"),
                                    ("adopted", "Adopted"),
                                    ("discarded", "Discarded"),
                                ],
                                default="drafting",
                                max_length=20,
                            ),
                        ),
                        ("reason", models.CharField(max_length=500, verbose_name="why the rules change")),
                        (
                            "closing_reason",
                            models.CharField(blank=True, max_length=500, verbose_name="why it was discarded"),
                        ),
                        ("unseats", models.JSONField(blank=True, default=list)),
                        ("begun_at", models.DateTimeField()),
                        (
                            "adopted",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="partnership.constitution",
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="constitution_drafts",
                                to="partnership.board",
                            ),
                        ),
                        (
                            "follows",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="drafts",
                                to="partnership.constitution",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-begun_at", "-pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("drafting", "put forward"))),
                                fields=("board",),
                                name="constitution_draft_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="constitution_draft_has_a_text"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "discarded"), _negated=True),
                                    models.Q(("closing_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="constitution_draft_is_discarded_for_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "adopted"), _negated=True),
                                    ("adopted__isnull", False),
                                    _connector="OR",
                                ),
                                name="constitution_draft_became_a_version",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConstitutionSignature",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("place", models.CharField(max_length=120)),
                        ("capacity", models.CharField(max_length=300, verbose_name="signs as")),
                        ("name", models.CharField(max_length=150)),
                        ("sha256", models.CharField(max_length=64)),
                        ("signed_at", models.DateTimeField()),
                        ("voided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "draft",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signatures",
                                to="partnership.constitutiondraft",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("signed_at", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at", None)),
                                fields=("draft", "place"),
                                name="constitution_signed_once_for_each",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Obligation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "cause_type",
                            models.CharField(
                                help_text="The label of its model, such as meetings.meeting.", max_length=60
                            ),
                        ),
                        ("cause_id", models.BigIntegerField()),
                        ("duty", models.CharField(max_length=80)),
                        ("occurrence", models.CharField(blank=True, max_length=80)),
                        (
                            "owner",
                            models.CharField(help_text="Whose duty it is, in the constitution's word.", max_length=120),
                        ),
                        ("due_on", models.DateField()),
                        ("due_version", models.PositiveIntegerField(default=1)),
                        ("planned_at", models.DateTimeField()),
                        ("plan_at", models.DateTimeField(blank=True, null=True)),
                        ("met_on", models.DateField(blank=True, null=True)),
                        ("evidence", models.CharField(blank=True, max_length=200)),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="obligations",
                                to="partnership.board",
                            ),
                        ),
                        (
                            "constitution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="obligations",
                                to="partnership.constitution",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("due_on", "pk"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("cancelled_at", None), ("met_on", None)),
                                fields=["plan_at"],
                                name="obligation_to_plan",
                            ),
                            models.Index(fields=["cause_type", "cause_id"], name="obligation_by_cause"),
                            models.Index(fields=["board", "due_on"], name="obligation_by_board_and_date"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("board", "cause_type", "cause_id", "duty", "occurrence"),
                                name="obligation_once_a_cause",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("evidence", ""), ("met_on", None)),
                                    models.Q(("met_on__isnull", False), models.Q(("evidence", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="obligation_met_with_evidence",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("met_on", None), ("cancelled_at", None), _connector="OR"),
                                name="obligation_met_or_cancelled",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("due_version__gte", 1)), name="obligation_version_from_one"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("due_version", models.PositiveIntegerField(default=1)),
                        ("offset", models.SmallIntegerField(default=0)),
                        ("channel", models.CharField(choices=[("email", "E-mail")], default="email", max_length=10)),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("reminder", "Reminder"),
                                    ("date changed", "Date changed"),
                                    ("told", "Message"),
                                ],
                                default="reminder",
                                max_length=20,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("pending", "Waiting"),
                                    ("sending", "Being sent"),
                                    ("sent", "Sent"),
                                    ("retry", "To be tried again"),
                                    ("failed", "Failed"),
                                    ("bounced", "Came back"),
                                    ("skipped met", "Not sent: done by then"),
                                    ("skipped no access", "Not sent: no longer theirs"),
                                    ("skipped stale", "Not sent: too old"),
                                    ("superseded", "Not sent: the date moved"),
                                    ("cancelled", "Not sent: cancelled"),
                                ],
                                default="pending",
                                max_length=20,
                            ),
                        ),
                        ("send_at", models.DateTimeField()),
                        ("wait_until", models.DateTimeField(blank=True, null=True)),
                        ("begun_at", models.DateTimeField(blank=True, null=True)),
                        ("worker", models.UUIDField(blank=True, null=True)),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("render_failures", models.PositiveSmallIntegerField(default=0)),
                        (
                            "is_uncertain",
                            models.BooleanField(
                                default=False, help_text="A server may have taken it without our knowing."
                            ),
                        ),
                        ("is_late", models.BooleanField(default=False)),
                        ("address", models.EmailField(blank=True, max_length=254)),
                        ("subject", models.CharField(blank=True, max_length=250)),
                        ("answer", models.CharField(blank=True, max_length=500)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "recipient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "obligation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="partnership.obligation",
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="partnership.board",
                            ),
                        ),
                        (
                            "announcement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="partnership.announcement",
                            ),
                        ),
                        ("digest", models.UUIDField(blank=True, editable=False, null=True)),
                        ("in_digest", models.BooleanField(default=False)),
                    ],
                    options={
                        "verbose_name_plural": "deliveries",
                        "ordering": ("-send_at", "pk"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("digest__isnull", False)),
                                fields=["digest"],
                                name="delivery_by_digest",
                            ),
                            models.Index(fields=["recipient", "sent_at"], name="delivery_by_day"),
                            models.Index(fields=["state", "send_at"], name="delivery_by_state_and_hour"),
                            models.Index(fields=["state", "wait_until"], name="delivery_by_state_and_wait"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("obligation", "due_version", "recipient", "offset", "channel", "purpose"),
                                name="delivery_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "sent"), _negated=True),
                                    ("sent_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="delivery_sent_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "sending"), _negated=True),
                                    models.Q(("wait_until__isnull", False), ("worker__isnull", False)),
                                    _connector="OR",
                                ),
                                name="delivery_sending_has_a_lease",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "retry"), _negated=True),
                                    ("wait_until__isnull", False),
                                    _connector="OR",
                                ),
                                name="delivery_retry_has_a_time",
                            ),
                            models.UniqueConstraint(
                                fields=("announcement", "recipient", "channel"), name="delivery_once_announced"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("announcement", None),
                                        ("obligation__isnull", False),
                                        ("purpose__in", ("reminder", "date changed")),
                                    ),
                                    models.Q(
                                        ("announcement__isnull", False), ("obligation", None), ("purpose", "told")
                                    ),
                                    _connector="OR",
                                ),
                                name="delivery_about_one_thing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("digest", None), ("in_digest", True), _connector="OR"),
                                name="delivery_digest_of_one_in_it",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Erasure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("reason", models.CharField(max_length=300)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("ready", "Ready"),
                                    ("failed", "Failed"),
                                    ("gone", "Removed"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        ("came_to", models.JSONField(default=dict)),
                        ("problem", models.CharField(blank=True, max_length=300)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="erasures_asked_for",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="erasures",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-asked_at", "-pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="erasure_has_a_reason"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Fingerprint",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("model", models.CharField(max_length=100)),
                        ("row", models.BigIntegerField()),
                        ("layout", models.CharField(max_length=16)),
                        ("digest", models.CharField(max_length=64)),
                        ("made_at", models.DateTimeField()),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("model", "row"), name="fingerprint_once_a_row")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Grant",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "codename",
                            models.CharField(
                                choices=[
                                    ("coordinate_board", "Act as coordinator"),
                                    ("manage_board", "Act as manager"),
                                    ("observe_board", "See what an observer sees"),
                                ],
                                max_length=40,
                            ),
                        ),
                        ("reason", models.TextField()),
                        ("starts_on", models.DateField()),
                        ("until", models.DateField()),
                        (
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grants",
                                to="partnership.board",
                            ),
                        ),
                        (
                            "granted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grants_given",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grants",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("person_id", "starts_on", "pk"),
                        "indexes": [models.Index(fields=["person", "board", "codename"], name="grant_by_person_board")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until__gte", models.F("starts_on"))),
                                name="grant_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="grant_has_a_reason"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HandlingMark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("label", models.CharField(max_length=60)),
                        ("severity", models.PositiveSmallIntegerField()),
                        ("handling", models.CharField(blank=True, max_length=200)),
                        ("is_on_subjects", models.BooleanField(default=False)),
                        ("is_retired", models.BooleanField(default=False)),
                        (
                            "partnership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="handling_marks",
                                to="partnership.partnership",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("partnership_id", "severity"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("partnership", "label"), name="mark_label_once_a_partnership"
                            ),
                            models.UniqueConstraint(
                                fields=("partnership", "severity"), name="mark_severity_once_a_partnership"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("label", ""), _negated=True), name="mark_has_a_label"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Heartbeat",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                choices=[
                                    ("worker", "Worker"),
                                    ("beat", "Beat"),
                                    ("planner", "Planner"),
                                    ("sweep", "Sweep"),
                                ],
                                max_length=20,
                                unique=True,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "heartbeat",
                        "verbose_name_plural": "heartbeats",
                        "ordering": ("name",),
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("address", models.EmailField(max_length=254)),
                        ("token", models.CharField(max_length=64, unique=True)),
                        ("rests_on", models.JSONField(default=list)),
                        ("opens_account", models.BooleanField()),
                        ("made_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("accepted_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations",
                                to="partnership.board",
                            ),
                        ),
                        (
                            "invited_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations_sent",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "partnership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations",
                                to="partnership.partnership",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-made_at", "-pk"),
                        "indexes": [
                            models.Index(fields=["person", "made_at"], name="invitation_by_person"),
                            models.Index(fields=["invited_by", "made_at"], name="invitation_by_sender"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("accepted_at", None), ("withdrawn_at", None)),
                                fields=("person", "partnership"),
                                name="invitation_one_open_a_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("expires_at__gt", models.F("made_at"))),
                                name="invitation_ends_after_it_is_made",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("accepted_at", None), ("withdrawn_at", None), _connector="OR"),
                                name="invitation_accepted_or_withdrawn",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KnownBrowser",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("token", models.CharField(max_length=64)),
                        ("since", models.DateTimeField()),
                        ("seen_at", models.DateTimeField()),
                        ("second_step_until", models.DateTimeField(blank=True, null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="known_browsers",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("person", "token"), name="known_browser_once_a_person")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Layout",
                    fields=[
                        ("name", models.CharField(max_length=16, primary_key=True, serialize=False)),
                        ("model", models.CharField(max_length=100)),
                        ("columns", models.TextField(help_text="Separated by commas.")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Link",
                    fields=[
                        ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("previous", models.CharField(blank=True, max_length=64)),
                        ("code", models.CharField(max_length=64)),
                        ("sealed_at", models.DateTimeField()),
                        (
                            "fingerprint",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="link",
                                to="partnership.fingerprint",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("sequence__gt", 0)), name="link_sequence_starts_at_one"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LocalPractice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("duty", models.CharField(max_length=80)),
                        ("is_on", models.BooleanField(default=False, verbose_name="switched on")),
                        (
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="local_practices",
                                to="partnership.board",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("board", "duty"),
                        "constraints": [
                            models.UniqueConstraint(fields=("board", "duty"), name="local_practice_once_a_board")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MailHold",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("what", models.CharField(choices=[("held", "Held"), ("released", "Let go")], max_length=10)),
                        ("at", models.DateTimeField()),
                        ("reason", models.CharField(max_length=300)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("pk",),
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="mail_hold_has_a_reason"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MutualAccountability",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "one",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mutual_accounts",
                                to="partnership.board",
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mutual_accounts_from",
                                to="partnership.board",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "mutual accountabilities",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("one__lt", models.F("other"))), name="mutual_accountability_once"
                            ),
                            models.UniqueConstraint(fields=("one", "other"), name="mutual_accountability_unique"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ObligationEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "what",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned"),
                                    ("moved", "Date moved"),
                                    ("met", "Met"),
                                    ("reopened", "Reopened"),
                                    ("cancelled", "Cancelled"),
                                    ("sent", "Sent"),
                                    ("retry", "To be tried again"),
                                    ("failed", "Failed"),
                                    ("skipped", "Not sent"),
                                    ("uncertain", "Perhaps sent"),
                                    ("bounced", "Came back"),
                                    ("deferred", "Kept for a digest"),
                                    ("again", "To be sent again"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("due_on", models.DateField(blank=True, help_text="The due date as it stood then.", null=True)),
                        ("detail", models.CharField(blank=True, max_length=500)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="partnership.delivery",
                            ),
                        ),
                        (
                            "obligation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="partnership.obligation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("obligation", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("delivery__isnull", False), ("due_on", None), ("obligation", None)),
                                    models.Q(("due_on__isnull", False), ("obligation__isnull", False)),
                                    _connector="OR",
                                ),
                                name="event_of_an_obligation_or_a_message",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("delivery__isnull", False),
                                    models.Q(
                                        (
                                            "what__in",
                                            (
                                                "sent",
                                                "retry",
                                                "failed",
                                                "skipped",
                                                "uncertain",
                                                "bounced",
                                                "deferred",
                                                "again",
                                            ),
                                        ),
                                        _negated=True,
                                    ),
                                    _connector="OR",
                                ),
                                name="event_of_a_message_names_it",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProtectionGroupObjectPermission",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "content_object",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="partnership.protection"),
                        ),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                        (
                            "permission",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission"),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "unique_together": {("group", "permission", "content_object")},
                    },
                ),
                migrations.CreateModel(
                    name="ProtectionUserObjectPermission",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "content_object",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="partnership.protection"),
                        ),
                        (
                            "permission",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission"),
                        ),
                        (
                            "user",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "unique_together": {("user", "permission", "content_object")},
                    },
                ),
                migrations.CreateModel(
                    name="Reader",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=500)),
                        ("starts_on", models.DateField()),
                        ("until", models.DateField()),
                        (
                            "granted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="readers_named",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "in_place_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stand_ins",
                                to="partnership.reader",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="readings_named_for",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "protection",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="readers",
                                to="partnership.protection",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("protection_id", "pk"),
                        "indexes": [models.Index(fields=["person", "protection"], name="reader_by_person")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until__gte", models.F("starts_on"))),
                                name="reader_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="reader_has_a_reason"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignInCode",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        (
                            "known_browser",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="partnership.knownbrowser",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["account", "made_at"], name="sign_in_code_by_account"),
                            models.Index(fields=["network", "made_at"], name="sign_in_code_by_network"),
                            models.Index(fields=["browser"], name="sign_in_code_by_browser"),
                            models.Index(fields=["made_at"], name="sign_in_code_by_age"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignInEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "what",
                            models.CharField(
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
                                    ("single-refused", "Single sign-on came to nothing"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "how",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Not said"),
                                    ("code", "E-mailed code"),
                                    ("passkey", "Passkey"),
                                    ("app", "Code from an app"),
                                    ("recovery", "Recovery code"),
                                    ("remembered", "Remembered browser"),
                                    ("demonstration", "Demonstration, without proof"),
                                    ("single-sign-on", "Single sign-on"),
                                    ("invitation", "Invitation"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("account", models.CharField(blank=True, max_length=64)),
                        ("address", models.GenericIPAddressField(null=True)),
                        ("network", models.CharField(blank=True, max_length=50)),
                        ("device", models.CharField(blank=True, max_length=120)),
                        ("sent_to", models.EmailField(blank=True, max_length=254)),
                        ("detail", models.CharField(blank=True, max_length=500)),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sign_in_events",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-at", "-pk"),
                        "indexes": [
                            models.Index(fields=["person", "at"], name="sign_in_event_by_person"),
                            models.Index(fields=["account", "what", "at"], name="sign_in_event_by_account"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("person__isnull", False), models.Q(("account", ""), _negated=True), _connector="OR"
                                ),
                                name="sign_in_event_concerns_somebody",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Standing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("observer", "Observer"),
                                    ("adviser", "Adviser"),
                                    ("member", "Member"),
                                    ("deputy", "Deputy"),
                                    ("substitute", "Substitute"),
                                    ("vice-chair", "Vice-chair"),
                                    ("chair", "Chair"),
                                    ("scrutineer", "Scrutineer"),
                                    ("lead-representative", "Lead representative"),
                                    ("coordinator", "Coordinator"),
                                    ("manager", "Manager"),
                                    ("administrator", "Partnership administrator"),
                                    ("case-tier", "Case tier"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("meeting_id", models.BigIntegerField(blank=True, null=True)),
                        ("starts_on", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("appointment", "Appointment to a seat"),
                                    ("substitution", "Substitute for one meeting"),
                                    ("team", "Admission to the partnership team"),
                                    ("office", "Appointment to an office"),
                                    ("lead representation", "Lead representative of a statutory partner"),
                                    ("delegated authority", "Senior officer with delegated authority"),
                                    ("case tier", "Admission to the case tier"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("source_id", models.BigIntegerField(blank=True, null=True)),
                        (
                            "board",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="standings",
                                to="partnership.board",
                            ),
                        ),
                        (
                            "partnership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="standings",
                                to="partnership.partnership",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="standings",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("person_id", "starts_on", "pk"),
                        "indexes": [
                            models.Index(fields=["person", "board", "role"], name="standing_by_person_board"),
                            models.Index(fields=["person", "partnership"], name="standing_by_partnership"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("until__gt", models.F("starts_on")), _connector="OR"
                                ),
                                name="standing_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("meeting_id", None), ("board__isnull", False), _connector="OR"),
                                name="standing_for_a_meeting_names_its_board",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("meeting_id", None), ("role__in", ("substitute", "adviser")), _connector="OR"
                                ),
                                name="standing_for_a_meeting_has_a_meeting_role",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("source", "team"), ("source_id", None)),
                                    models.Q(models.Q(("source", "team"), _negated=True), ("source_id__isnull", False)),
                                    _connector="OR",
                                ),
                                name="standing_names_its_source",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("source_id__isnull", False)),
                                fields=("source", "source_id", "role", "starts_on"),
                                name="standing_once_per_source",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SubjectCopy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("asked_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("ready", "Ready"),
                                    ("failed", "Failed"),
                                    ("gone", "Removed"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("made_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "file",
                            models.FileField(
                                blank=True, max_length=200, upload_to=partnership.models.personal_data.stored_copy_name
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="copies_asked_for",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "partnership",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="partnership.partnership",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="copies_of_data",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "subject copies",
                        "ordering": ("-asked_at", "-pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "ready"), _negated=True),
                                    models.Q(models.Q(("file", ""), _negated=True), ("made_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="copy_ready_has_a_file",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Tombstone",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("column", models.CharField(blank=True, max_length=64)),
                        ("was", models.CharField(max_length=64)),
                        ("now", models.CharField(blank=True, max_length=64)),
                        ("at", models.DateTimeField()),
                        ("reason", models.CharField(max_length=200)),
                        (
                            "fingerprint",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tombstones",
                                to="partnership.fingerprint",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [models.Index(fields=["fingerprint", "column"], name="tombstone_by_field")],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalBar",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("declared", "Declared by themselves"),
                                    ("chair", "Recorded by the chair"),
                                    ("team", "Recorded by the partnership team"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("reason", models.CharField(max_length=500)),
                        ("recorded_at", models.DateTimeField()),
                        ("lifted_at", models.DateTimeField(blank=True, null=True)),
                        ("history_change_reason", models.TextField()),
                        ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "protection",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partnership.protection",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical bar",
                        "verbose_name_plural": "historical bars",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalBoard",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("slug", models.SlugField(max_length=60)),
                        ("name", models.CharField(max_length=200)),
                        ("short_name", models.CharField(max_length=60)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("board", "Board"),
                                    ("executive", "Executive"),
                                    ("committee", "Committee"),
                                    ("network", "Network"),
                                    ("subgroup", "Subgroup"),
                                    ("task-and-finish", "Task and finish group"),
                                ],
                                db_index=True,
                                max_length=20,
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="Where it stands in the partnership's list."
                            ),
                        ),
                        ("history_change_reason", models.TextField()),
                        ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "accountable_to",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partnership.board",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "partnership",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partnership.partnership",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical board",
                        "verbose_name_plural": "historical boards",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalBreakGlass",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("uuid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                        (
                            "category",
                            models.CharField(
                                choices=[
                                    ("risk to a child", "Risk to a child that cannot wait"),
                                    ("fault", "A fault that only its content shows"),
                                    ("court", "A court or the police asks for it"),
                                    ("other", "Something else"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("reason", models.TextField()),
                        ("opened_at", models.DateTimeField()),
                        ("until", models.DateTimeField()),
                        ("review_due_on", models.DateField()),
                        ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                        ("review", models.TextField(blank=True)),
                        ("history_change_reason", models.TextField()),
                        ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "protection",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partnership.protection",
                            ),
                        ),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical break glass",
                        "verbose_name_plural": "historical break-glass",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalConstitution",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("version", models.PositiveIntegerField()),
                        ("title", models.CharField(max_length=200)),
                        ("text", models.TextField(help_text="The whole file as adopted.")),
                        ("sha256", models.CharField(max_length=64)),
                        ("in_force_from", models.DateField()),
                        ("review_by", models.DateField(blank=True, null=True)),
                        ("adopted_at", models.DateTimeField()),
                        ("history_change_reason", models.TextField()),
                        ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partnership.board",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical constitution",
                        "verbose_name_plural": "historical constitutions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalConstitutionDraft",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("text", models.TextField()),
                        ("edition", models.PositiveIntegerField(default=1)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("drafting", "Being drafted"),
                                    ("put forward", "Put forward for signature"),
                                    ("adopted", "Adopted"),
                                    ("discarded", "Discarded"),
                                ],
                                default="drafting",
                                max_length=20,
                            ),
                        ),
                        ("reason", models.CharField(max_length=500, verbose_name="why the rules change")),
                        (
                            "closing_reason",
                            models.CharField(blank=True, max_length=500, verbose_name="why it was discarded"),
                        ),
                        ("unseats", models.JSONField(blank=True, default=list)),
                        ("begun_at", models.DateTimeField()),
                        ("history_change_reason", models.TextField()),
                        ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "adopted",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partnership.constitution",
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partnership.board",
                            ),
                        ),
                        (
                            "follows",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partnership.constitution",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical constitution draft",
                        "verbose_name_plural": "historical constitution drafts",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalConstitutionSignature",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("place", models.CharField(max_length=120)),
                        ("capacity", models.CharField(max_length=300, verbose_name="signs as")),
                        ("name", models.CharField(max_length=150)),
                        ("sha256", models.CharField(max_length=64)),
                        ("signed_at", models.DateTimeField()),
                        ("voided_at", models.DateTimeField(blank=True, null=True)),
                        ("history_change_reason", models.TextField()),
                        ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "draft",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partnership.constitutiondraft",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical constitution signature",
                        "verbose_name_plural": "historical constitution signatures",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalGrant",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "codename",
                            models.CharField(
                                choices=[
                                    ("coordinate_board", "Act as coordinator"),
                                    ("manage_board", "Act as manager"),
                                    ("observe_board", "See what an observer sees"),
                                ],
                                max_length=40,
                            ),
                        ),
                        ("reason", models.TextField()),
                        ("starts_on", models.DateField()),
                        ("until", models.DateField()),
                        ("history_change_reason", models.TextField()),
                        ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partnership.board",
                            ),
                        ),
                        (
                            "granted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical grant",
                        "verbose_name_plural": "historical grants",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalHandlingMark",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("label", models.CharField(max_length=60)),
                        ("severity", models.PositiveSmallIntegerField()),
                        ("handling", models.CharField(blank=True, max_length=200)),
                        ("is_on_subjects", models.BooleanField(default=False)),
                        ("is_retired", models.BooleanField(default=False)),
                        ("history_change_reason", models.TextField()),
                        ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "partnership",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partnership.partnership",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical handling mark",
                        "verbose_name_plural": "historical handling marks",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalInvitation",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("uuid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                        ("address", models.EmailField(max_length=254)),
                        ("rests_on", models.JSONField(default=list)),
                        ("opens_account", models.BooleanField()),
                        ("made_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("accepted_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("history_change_reason", models.TextField()),
                        ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partnership.board",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "invited_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "partnership",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partnership.partnership",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical invitation",
                        "verbose_name_plural": "historical invitations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalLocalPractice",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("duty", models.CharField(max_length=80)),
                        ("is_on", models.BooleanField(default=False, verbose_name="switched on")),
                        ("history_change_reason", models.TextField()),
                        ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partnership.board",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical local practice",
                        "verbose_name_plural": "historical local practices",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalMutualAccountability",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("history_change_reason", models.TextField()),
                        ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "one",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partnership.board",
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partnership.board",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical mutual accountability",
                        "verbose_name_plural": "historical mutual accountabilities",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPartnership",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("slug", models.SlugField(max_length=60)),
                        ("name", models.CharField(db_index=True, max_length=200)),
                        ("short_name", models.CharField(max_length=40)),
                        (
                            "bank_holidays",
                            models.CharField(
                                choices=[
                                    ("england-and-wales", "England and Wales"),
                                    ("scotland", "Scotland"),
                                    ("northern-ireland", "Northern Ireland"),
                                ],
                                default="england-and-wales",
                                max_length=20,
                            ),
                        ),
                        ("history_change_reason", models.TextField()),
                        ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "action_prefix",
                            models.CharField(
                                blank=True,
                                help_text="What stands before the number of an action; empty for the short name.",
                                max_length=12,
                            ),
                        ),
                        (
                            "team_email",
                            models.EmailField(
                                blank=True,
                                help_text="Where answers to its messages go.",
                                max_length=254,
                                verbose_name="the team's address",
                            ),
                        ),
                        (
                            "members_take_second_step",
                            models.BooleanField(
                                default=True,
                                help_text="Off leaves it to members; never to whoever sees what is restricted.",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical partnership",
                        "verbose_name_plural": "historical partnerships",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalProtection",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("is_limited", models.BooleanField(default=False)),
                        ("excludes_team", models.BooleanField(default=False)),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("history_change_reason", models.TextField()),
                        ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partnership.board",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "partnership",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partnership.partnership",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical protection",
                        "verbose_name_plural": "historical protections",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalReader",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("reason", models.CharField(max_length=500)),
                        ("starts_on", models.DateField()),
                        ("until", models.DateField()),
                        ("history_change_reason", models.TextField()),
                        ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "granted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "protection",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partnership.protection",
                            ),
                        ),
                        (
                            "in_place_of",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partnership.reader",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical reader",
                        "verbose_name_plural": "historical readers",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalStanding",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("observer", "Observer"),
                                    ("adviser", "Adviser"),
                                    ("member", "Member"),
                                    ("deputy", "Deputy"),
                                    ("substitute", "Substitute"),
                                    ("vice-chair", "Vice-chair"),
                                    ("chair", "Chair"),
                                    ("scrutineer", "Scrutineer"),
                                    ("lead-representative", "Lead representative"),
                                    ("coordinator", "Coordinator"),
                                    ("manager", "Manager"),
                                    ("administrator", "Partnership administrator"),
                                    ("case-tier", "Case tier"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("meeting_id", models.BigIntegerField(blank=True, null=True)),
                        ("starts_on", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("appointment", "Appointment to a seat"),
                                    ("substitution", "Substitute for one meeting"),
                                    ("team", "Admission to the partnership team"),
                                    ("office", "Appointment to an office"),
                                    ("lead representation", "Lead representative of a statutory partner"),
                                    ("delegated authority", "Senior officer with delegated authority"),
                                    ("case tier", "Admission to the case tier"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("source_id", models.BigIntegerField(blank=True, null=True)),
                        ("history_change_reason", models.TextField()),
                        ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partnership.board",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "partnership",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partnership.partnership",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical standing",
                        "verbose_name_plural": "historical standings",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalUser",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        ("email", models.EmailField(db_index=True, max_length=254, verbose_name="e-mail address")),
                        ("name", models.CharField(max_length=150)),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "is_demo",
                            models.BooleanField(default=False, help_text="A fictional person of the demonstration."),
                        ),
                        (
                            "is_system",
                            models.BooleanField(default=False, help_text="The named author of a job; never signs in."),
                        ),
                        ("joined_at", models.DateTimeField()),
                        ("history_change_reason", models.TextField()),
                        ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "refused_address",
                            models.EmailField(
                                blank=True,
                                help_text="The address that a mail server refused last; empty once one takes it.",
                                max_length=254,
                            ),
                        ),
                        (
                            "reminders_as",
                            models.CharField(
                                choices=[
                                    ("single", "One message for each reminder"),
                                    ("digest", "One message a working day, with all of that day's reminders"),
                                ],
                                default="single",
                                max_length=10,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical person",
                        "verbose_name_plural": "historical people",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
            ]
        ),
    ]
