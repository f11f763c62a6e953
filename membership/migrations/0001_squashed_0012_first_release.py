"""The tables of version 0.1 in one step, for a new database; one that has the single steps is left as it is."""

import django.db.models.deletion
import membership.duty_holders
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from membership import overlap_guards
from partnership.new_tables import NewTables


def put_up(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    overlap_guards.put_up(schema_editor, apps.get_model("membership", "Appointment"))


def take_down(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    overlap_guards.take_down(schema_editor, apps.get_model("membership", "Appointment"))


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("membership", "0001_initial"),
        ("membership", "0002_appointments_never_overlap"),
        ("membership", "0003_agency_register"),
        ("membership", "0004_leave_handover_and_declarations"),
        ("membership", "0005_former_seat_left_on"),
        ("membership", "0006_office_terms"),
        ("membership", "0007_relevant_agency_by_agency"),
        ("membership", "0008_contact_details"),
        ("membership", "0009_induction"),
        ("membership", "0010_lead_representatives"),
        ("membership", "0011_acknowledgements"),
        ("membership", "0012_accountability"),
    ]

    dependencies = [
        ("partnership", "0024_standing_of_an_officer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="Agency",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.SlugField(max_length=100, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("local authority", "Local authority"),
                                    ("police", "Police"),
                                    ("ICB", "Integrated care board"),
                                    ("NHS provider", "NHS provider"),
                                    ("fire and rescue", "Fire and rescue service"),
                                    ("probation", "Probation service"),
                                    ("prison", "Prison or secure setting"),
                                    ("education", "School, college or early years"),
                                    ("housing", "Housing provider"),
                                    ("faith", "Faith body"),
                                    ("voluntary", "Voluntary or community body"),
                                    ("sport", "Sports body"),
                                    ("partnership body", "Board or partnership"),
                                    ("other", "Other"),
                                ],
                                db_index=True,
                                max_length=20,
                            ),
                        ),
                        (
                            "statutory_role",
                            models.CharField(
                                choices=[
                                    ("safeguarding partner", "Statutory safeguarding partner"),
                                    ("relevant agency", "Relevant agency"),
                                    ("other", "Other"),
                                ],
                                db_index=True,
                                max_length=20,
                            ),
                        ),
                        (
                            "education_duty",
                            models.CharField(
                                blank=True,
                                choices=[("", "None"), ("175", "Section 175"), ("157", "Section 157")],
                                db_index=True,
                                max_length=3,
                                verbose_name="duty under the Education Act",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="membership.agency",
                            ),
                        ),
                        (
                            "section_11",
                            models.CharField(
                                blank=True,
                                choices=membership.duty_holders.section_11_choices,
                                db_index=True,
                                max_length=40,
                                verbose_name="Section 11 duty",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "agencies",
                        "ordering": ("slug",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("parent", None),
                                    models.Q(("parent", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="agency_is_not_its_own_parent",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AccountabilityStatement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("responsibilities", models.TextField()),
                        ("line", models.TextField(verbose_name="line of accountability")),
                        ("delegated", models.TextField(blank=True, verbose_name="delegated functions")),
                        ("lodged_on", models.DateField()),
                        ("review_on", models.DateField()),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="accountability_statements",
                                to="membership.agency",
                            ),
                        ),
                        (
                            "lodged_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statements_lodged",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "partnership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="accountability_statements",
                                to="partnership.partnership",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-lodged_on", "-pk"),
                        "indexes": [models.Index(fields=["partnership", "agency"], name="statement_by_agency")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("review_on__gt", models.F("lodged_on"))),
                                name="statement_reviewed_after_lodged",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Acknowledgement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("asked_on", models.DateField()),
                        ("acknowledged_on", models.DateField(blank=True, null=True, verbose_name="acknowledged")),
                        ("name", models.CharField(blank=True, max_length=150)),
                        ("how", models.CharField(blank=True, max_length=300)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="acknowledgements",
                                to="membership.agency",
                            ),
                        ),
                        (
                            "constitution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="acknowledgements",
                                to="partnership.constitution",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="acknowledgements",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("constitution", "agency", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("constitution", "agency"), name="acknowledgement_once_a_version"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("acknowledged_on", None), ("how", ""), ("name", ""), ("person", None)),
                                    models.Q(("acknowledged_on__isnull", False), models.Q(("name", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="acknowledgement_is_somebodys",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgencyDisplayName",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="display_names",
                                to="membership.agency",
                            ),
                        ),
                        (
                            "partnership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agency_display_names",
                                to="partnership.partnership",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("partnership", "agency"), name="agency_display_name_once_a_partnership"
                            ),
                            models.UniqueConstraint(
                                fields=("partnership", "name"), name="agency_display_name_means_one_agency"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgencyImport",
                    fields=[
                        (
                            "uuid",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        ("file_name", models.CharField(max_length=120)),
                        ("cells", models.JSONField()),
                        ("made_at", models.DateTimeField(db_index=True)),
                        (
                            "partnership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="partnership.partnership",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("partnership", "person"), name="agency_import_one_at_a_time"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgencyName",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("is_alias", models.BooleanField(default=False)),
                        ("starts_on", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="names",
                                to="membership.agency",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("agency", "is_alias", "-starts_on"),
                        "indexes": [models.Index(fields=["name"], name="agency_name_by_name")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None),
                                    ("starts_on", None),
                                    ("until__gt", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="agency_name_ends_after_it_starts",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_alias", False), ("until", None)),
                                fields=("agency",),
                                name="agency_has_one_name_today",
                            ),
                            models.UniqueConstraint(
                                fields=("agency", "name", "is_alias", "starts_on"), name="agency_name_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_alias", True), ("until", None)),
                                fields=("agency", "name"),
                                name="agency_alias_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True), name="agency_name_says_something"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgencyOfficer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=150)),
                        ("post", models.CharField(max_length=150)),
                        ("starts_on", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="officers",
                                to="membership.agency",
                            ),
                        ),
                        (
                            "partnership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agency_officers",
                                to="partnership.partnership",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agencies_answered_for",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-starts_on", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("partnership", "agency"),
                                name="agency_officer_one_today",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("until__gt", models.F("starts_on")), _connector="OR"
                                ),
                                name="agency_officer_ends_after_it_starts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgencyRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("body", models.CharField(max_length=200)),
                        ("asked_by", models.CharField(max_length=150)),
                        ("contact", models.CharField(blank=True, max_length=254)),
                        ("asked_on", models.DateField()),
                        ("case_for", models.TextField(blank=True, verbose_name="why they ask")),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("pending", "Waiting for a decision"),
                                    ("named", "Named as a relevant agency"),
                                    ("declined", "Not named"),
                                    ("withdrawn", "Withdrawn by the body"),
                                ],
                                default="pending",
                                max_length=10,
                            ),
                        ),
                        ("decided_by", models.CharField(blank=True, max_length=150)),
                        ("decided_on", models.DateField(blank=True, null=True)),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        (
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requests",
                                to="membership.agency",
                            ),
                        ),
                        (
                            "partnership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agency_requests",
                                to="partnership.partnership",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-asked_on", "-pk"),
                        "indexes": [models.Index(fields=["partnership", "outcome"], name="agency_request_by_outcome")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_on", None), ("outcome", "pending")),
                                    models.Q(
                                        models.Q(("outcome", "pending"), _negated=True),
                                        ("decided_on__gte", models.F("asked_on")),
                                        models.Q(("decided_by", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="agency_request_is_decided_by_somebody_on_a_day",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("outcome", "pending")),
                                fields=("partnership", "body"),
                                name="agency_request_open_once_a_body",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgencySuccession",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("merged", "Merged into it"), ("replaced", "Replaced by it")], max_length=10
                            ),
                        ),
                        ("on", models.DateField(verbose_name="from")),
                        ("what_moved", models.CharField(blank=True, max_length=500)),
                        ("withdrawn_on", models.DateField(blank=True, null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="successions",
                                to="membership.agency",
                            ),
                        ),
                        (
                            "recorded_in",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="partnership.partnership",
                            ),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="predecessions",
                                to="membership.agency",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("on", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("agency", models.F("successor")), _negated=True),
                                name="succession_leads_to_another_agency",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_on", None)),
                                fields=("agency",),
                                name="succession_one_open",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GradeLadder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=100)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grade_ladders",
                                to="membership.agency",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("agency", "name"),
                        "constraints": [models.UniqueConstraint(fields=("agency", "name"), name="grade_ladder_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Grade",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=100)),
                        ("rank", models.PositiveSmallIntegerField()),
                        (
                            "ladder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grades",
                                to="membership.gradeladder",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("ladder", "rank"),
                        "constraints": [
                            models.UniqueConstraint(fields=("ladder", "rank"), name="grade_rank_once"),
                            models.UniqueConstraint(fields=("ladder", "name"), name="grade_name_once"),
                            models.CheckConstraint(condition=models.Q(("rank__gte", 1)), name="grade_rank_from_one"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Seat",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=80)),
                        ("name", models.CharField(max_length=200)),
                        ("office", models.CharField(blank=True, max_length=100)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("starts_on", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to="membership.agency",
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to="partnership.board",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("board_id", "position", "name"),
                        "indexes": [
                            models.Index(fields=["board", "starts_on", "until"], name="seat_by_board_and_period")
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("board", "key"), name="seat_key_once_a_board"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("until__gt", models.F("starts_on")), _connector="OR"
                                ),
                                name="seat_ends_after_it_starts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Appointment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("representative", "Representative"), ("deputy", "Deputy")], max_length=20
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("starts_on", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        ("has_same_authority", models.BooleanField(blank=True, null=True)),
                        ("declared_on", models.DateField(blank=True, null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appointments",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "grade",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appointments",
                                to="membership.grade",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appointments",
                                to="membership.seat",
                            ),
                        ),
                        ("declared_by", models.CharField(blank=True, max_length=150)),
                        ("deputy_reason", models.CharField(blank=True, max_length=300)),
                        ("may_commit_by", models.CharField(blank=True, max_length=150)),
                        ("may_commit_on", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ("seat_id", "order", "starts_on"),
                        "indexes": [
                            models.Index(
                                fields=["seat", "kind", "starts_on", "until"], name="appointment_by_seat_and_period"
                            ),
                            models.Index(fields=["person", "starts_on"], name="appointment_by_person"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("until__gt", models.F("starts_on")), _connector="OR"
                                ),
                                name="appointment_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "representative"), ("order", 0)),
                                    models.Q(("kind", "deputy"), ("order__gte", 1)),
                                    _connector="OR",
                                ),
                                name="appointment_order_fits_its_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("declared_on", None), ("has_same_authority", None)),
                                    models.Q(("declared_on__isnull", False), ("has_same_authority__isnull", False)),
                                    _connector="OR",
                                ),
                                name="appointment_authority_is_dated",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("seat", "order"),
                                name="appointment_one_open_ended_in_each_place",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContactDetails",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("post_title", models.CharField(blank=True, max_length=150)),
                        ("telephone", models.CharField(blank=True, max_length=40)),
                        ("work_address", models.CharField(blank=True, max_length=300)),
                        (
                            "preferred_way",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "No preference"),
                                    ("email", "E-mail"),
                                    ("telephone", "Telephone"),
                                    ("post", "Post"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("postal_address", models.CharField(blank=True, max_length=300)),
                        ("access_needs", models.CharField(blank=True, max_length=500)),
                        ("paper_needs", models.CharField(blank=True, max_length=500)),
                        ("confirmed_on", models.DateField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=0)),
                        (
                            "partnership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contact_details",
                                to="partnership.partnership",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contact_details",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "contact details",
                        "ordering": ("partnership", "person"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("partnership", "person"), name="contact_details_once_a_partnership"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LeadRepresentative",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("post", models.CharField(max_length=150)),
                        ("starts_on", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lead_representatives",
                                to="membership.agency",
                            ),
                        ),
                        (
                            "partnership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lead_representatives",
                                to="partnership.partnership",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="leads_for",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-starts_on", "pk"),
                        "indexes": [models.Index(fields=["partnership", "agency"], name="lead_by_partnership_agency")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("until__gt", models.F("starts_on")), _connector="OR"
                                ),
                                name="lead_representative_ends_after_they_start",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("partnership", "agency"),
                                name="lead_representative_one_today",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DelegatedOfficer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("post", models.CharField(max_length=150)),
                        ("may_speak", models.BooleanField(default=False, verbose_name="speak for it")),
                        ("may_decide", models.BooleanField(default=False, verbose_name="decide for it")),
                        ("may_commit_policy", models.BooleanField(default=False, verbose_name="commit it on policy")),
                        (
                            "may_commit_resourcing",
                            models.BooleanField(default=False, verbose_name="commit it on resourcing"),
                        ),
                        (
                            "may_commit_practice",
                            models.BooleanField(default=False, verbose_name="commit it on practice"),
                        ),
                        ("may_hold_to_account", models.BooleanField(default=False, verbose_name="hold it to account")),
                        ("starts_on", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="delegated_officers",
                                to="membership.agency",
                            ),
                        ),
                        (
                            "given_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="officers",
                                to="membership.leadrepresentative",
                            ),
                        ),
                        (
                            "partnership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="delegated_officers",
                                to="partnership.partnership",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="acts_for",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-starts_on", "pk"),
                        "indexes": [models.Index(fields=["partnership", "agency"], name="delegated_officer_by_agency")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("until__gt", models.F("starts_on")), _connector="OR"
                                ),
                                name="delegated_officer_ends_after_they_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("may_speak", True),
                                    ("may_decide", True),
                                    ("may_commit_policy", True),
                                    ("may_commit_resourcing", True),
                                    ("may_commit_practice", True),
                                    ("may_hold_to_account", True),
                                    _connector="OR",
                                ),
                                name="delegated_officer_may_do_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DetailsCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="details_checks",
                                to="partnership.board",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="details_checks",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("board", "person"),
                        "constraints": [
                            models.UniqueConstraint(fields=("board", "person"), name="details_check_once_a_board")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FormerSeat",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="former_seats",
                                to="membership.agency",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="former_agencies",
                                to="membership.seat",
                            ),
                        ),
                        (
                            "succession",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to="membership.agencysuccession",
                            ),
                        ),
                        ("left_on", models.DateField()),
                    ],
                    options={
                        "ordering": ("-left_on", "pk"),
                        "constraints": [
                            models.UniqueConstraint(fields=("seat", "succession"), name="former_seat_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Handover",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("followed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "after",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="taken_over",
                                to="membership.appointment",
                            ),
                        ),
                        (
                            "before",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="handed_over",
                                to="membership.appointment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("after_id",),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("followed_at", None)),
                                fields=["followed_at"],
                                name="handover_to_follow",
                            )
                        ],
                        "constraints": [models.UniqueConstraint(fields=("after",), name="handover_once")],
                    },
                ),
                migrations.CreateModel(
                    name="RoleDescription",
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
                        ("version", models.PositiveSmallIntegerField()),
                        ("text", models.TextField()),
                        (
                            "partnership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="role_descriptions",
                                to="partnership.partnership",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("partnership", "role", "-version"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("partnership", "role", "version"), name="role_description_version_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Induction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
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
                        ("started_on", models.DateField()),
                        ("due_on", models.DateField()),
                        (
                            "accepted_on",
                            models.DateField(blank=True, null=True, verbose_name="role description accepted"),
                        ),
                        ("completed_on", models.DateField(blank=True, null=True, verbose_name="completed")),
                        ("stopped_on", models.DateField(blank=True, null=True, verbose_name="stopped")),
                        (
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inductions",
                                to="partnership.board",
                            ),
                        ),
                        (
                            "partnership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inductions",
                                to="partnership.partnership",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inductions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "description",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inductions",
                                to="membership.roledescription",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("due_on", "pk"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("completed_on", None), ("stopped_on", None)),
                                fields=["board", "due_on"],
                                name="induction_unfinished",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("partnership", "person"), name="induction_once_a_partnership"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("due_on__gte", models.F("started_on"))),
                                name="induction_due_after_it_starts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InductionLine",
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
                        ("position", models.PositiveSmallIntegerField()),
                        ("text", models.CharField(max_length=300)),
                        (
                            "marked_by",
                            models.CharField(
                                choices=[("member", "The new member"), ("team", "The partnership team")], max_length=10
                            ),
                        ),
                        ("withdrawn_on", models.DateField(blank=True, null=True)),
                        (
                            "partnership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="induction_lines",
                                to="partnership.partnership",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("partnership", "role", "position", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_on", None)),
                                fields=("partnership", "role", "marked_by", "text"),
                                name="induction_line_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InductionPractice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("is_on", models.BooleanField(default=False, verbose_name="switched on")),
                        ("weeks", models.PositiveSmallIntegerField(default=8)),
                        (
                            "partnership",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="induction_practice",
                                to="partnership.partnership",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("weeks__gte", 1), ("weeks__lte", 52)),
                                name="induction_practice_within_a_year",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InductionStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("text", models.CharField(max_length=300)),
                        (
                            "marked_by",
                            models.CharField(
                                choices=[("member", "The new member"), ("team", "The partnership team")], max_length=10
                            ),
                        ),
                        ("done_on", models.DateField(blank=True, null=True, verbose_name="done")),
                        (
                            "induction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="induction_steps",
                                to="membership.induction",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("induction", "position"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("induction", "position"), name="induction_step_once_a_place"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Leave",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        (
                            "appointment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="leaves",
                                to="membership.appointment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("appointment_id", "starts_on"),
                        "indexes": [models.Index(fields=["appointment", "starts_on", "until"], name="leave_by_period")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("until__gt", models.F("starts_on")), _connector="OR"
                                ),
                                name="leave_ends_after_it_starts",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("appointment",),
                                name="leave_one_open_ended",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LeftVacant",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        ("reason", models.CharField(max_length=300)),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="times_left_vacant",
                                to="membership.seat",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "seat left vacant",
                        "verbose_name_plural": "seats left vacant",
                        "ordering": ("seat_id", "starts_on"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("until__gte", models.F("starts_on")), _connector="OR"
                                ),
                                name="left_vacant_ends_after_it_starts",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)), fields=("seat",), name="left_vacant_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OfficeTerm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("office", models.CharField(max_length=80)),
                        ("starts_on", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        ("appointed_by", models.CharField(max_length=150)),
                        ("consulted", models.CharField(max_length=500)),
                        ("consulted_on", models.DateField()),
                        (
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="office_terms",
                                to="partnership.board",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="office_terms",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("board_id", "office", "starts_on"),
                        "indexes": [models.Index(fields=["board", "office", "starts_on"], name="office_term_by_board")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("until__gt", models.F("starts_on")), _connector="OR"
                                ),
                                name="office_term_ends_after_it_starts",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("board", "office"),
                                name="office_term_one_open_ended",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RegisteredAgency",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="registrations",
                                to="membership.agency",
                            ),
                        ),
                        (
                            "partnership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="registered_agencies",
                                to="partnership.partnership",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "registered agencies",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("partnership", "agency"), name="registered_agency_once_a_partnership"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RelevantAgency",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("category", models.CharField(max_length=100)),
                        ("listed_as", models.CharField(max_length=250)),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("since", models.DateField(blank=True, null=True)),
                        ("source", models.CharField(max_length=200)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="listings",
                                to="membership.agency",
                            ),
                        ),
                        (
                            "partnership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="relevant_agencies",
                                to="partnership.partnership",
                            ),
                        ),
                        ("until", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name_plural": "relevant agencies",
                        "ordering": ("partnership", "category", "listed_as"),
                        "indexes": [
                            models.Index(fields=["partnership", "category"], name="relevant_agency_by_category"),
                            models.Index(fields=["partnership", "agency"], name="relevant_agency_by_agency"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("partnership", "agency", "listed_as"),
                                name="relevant_agency_listed_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("since", None), ("until__gt", models.F("since")), _connector="OR"
                                ),
                                name="relevant_agency_ends_after_it_starts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StatementAsked",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statements_asked",
                                to="membership.agency",
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statements_asked",
                                to="partnership.board",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "statements asked",
                        "ordering": ("board", "agency"),
                        "constraints": [
                            models.UniqueConstraint(fields=("board", "agency"), name="statement_asked_once_a_board")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalAccountabilityStatement",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("responsibilities", models.TextField()),
                        ("line", models.TextField(verbose_name="line of accountability")),
                        ("delegated", models.TextField(blank=True, verbose_name="delegated functions")),
                        ("lodged_on", models.DateField()),
                        ("review_on", models.DateField()),
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
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="membership.agency",
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
                            "lodged_by",
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
                        "verbose_name": "historical accountability statement",
                        "verbose_name_plural": "historical accountability statements",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAcknowledgement",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("uuid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                        ("asked_on", models.DateField()),
                        ("acknowledged_on", models.DateField(blank=True, null=True, verbose_name="acknowledged")),
                        ("name", models.CharField(blank=True, max_length=150)),
                        ("how", models.CharField(blank=True, max_length=300)),
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
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="membership.agency",
                            ),
                        ),
                        (
                            "constitution",
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
                        "verbose_name": "historical acknowledgement",
                        "verbose_name_plural": "historical acknowledgements",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAgency",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("slug", models.SlugField(max_length=100)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("local authority", "Local authority"),
                                    ("police", "Police"),
                                    ("ICB", "Integrated care board"),
                                    ("NHS provider", "NHS provider"),
                                    ("fire and rescue", "Fire and rescue service"),
                                    ("probation", "Probation service"),
                                    ("prison", "Prison or secure setting"),
                                    ("education", "School, college or early years"),
                                    ("housing", "Housing provider"),
                                    ("faith", "Faith body"),
                                    ("voluntary", "Voluntary or community body"),
                                    ("sport", "Sports body"),
                                    ("partnership body", "Board or partnership"),
                                    ("other", "Other"),
                                ],
                                db_index=True,
                                max_length=20,
                            ),
                        ),
                        (
                            "statutory_role",
                            models.CharField(
                                choices=[
                                    ("safeguarding partner", "Statutory safeguarding partner"),
                                    ("relevant agency", "Relevant agency"),
                                    ("other", "Other"),
                                ],
                                db_index=True,
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
                            "education_duty",
                            models.CharField(
                                blank=True,
                                choices=[("", "None"), ("175", "Section 175"), ("157", "Section 157")],
                                db_index=True,
                                max_length=3,
                                verbose_name="duty under the Education Act",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="membership.agency",
                            ),
                        ),
                        (
                            "section_11",
                            models.CharField(
                                blank=True,
                                choices=membership.duty_holders.section_11_choices,
                                db_index=True,
                                max_length=40,
                                verbose_name="Section 11 duty",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical agency",
                        "verbose_name_plural": "historical agencies",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAgencyDisplayName",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("name", models.CharField(max_length=200)),
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
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="membership.agency",
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
                        "verbose_name": "historical agency display name",
                        "verbose_name_plural": "historical agency display names",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAgencyName",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("name", models.CharField(max_length=200)),
                        ("is_alias", models.BooleanField(default=False)),
                        ("starts_on", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
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
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="membership.agency",
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
                        "verbose_name": "historical agency name",
                        "verbose_name_plural": "historical agency names",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAgencyOfficer",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("name", models.CharField(max_length=150)),
                        ("post", models.CharField(max_length=150)),
                        ("starts_on", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
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
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="membership.agency",
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
                        "verbose_name": "historical agency officer",
                        "verbose_name_plural": "historical agency officers",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAgencyRequest",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("body", models.CharField(max_length=200)),
                        ("asked_by", models.CharField(max_length=150)),
                        ("contact", models.CharField(blank=True, max_length=254)),
                        ("asked_on", models.DateField()),
                        ("case_for", models.TextField(blank=True, verbose_name="why they ask")),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("pending", "Waiting for a decision"),
                                    ("named", "Named as a relevant agency"),
                                    ("declined", "Not named"),
                                    ("withdrawn", "Withdrawn by the body"),
                                ],
                                default="pending",
                                max_length=10,
                            ),
                        ),
                        ("decided_by", models.CharField(blank=True, max_length=150)),
                        ("decided_on", models.DateField(blank=True, null=True)),
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
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="membership.agency",
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
                        "verbose_name": "historical agency request",
                        "verbose_name_plural": "historical agency requests",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAgencySuccession",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("merged", "Merged into it"), ("replaced", "Replaced by it")], max_length=10
                            ),
                        ),
                        ("on", models.DateField(verbose_name="from")),
                        ("what_moved", models.CharField(blank=True, max_length=500)),
                        ("withdrawn_on", models.DateField(blank=True, null=True)),
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
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="membership.agency",
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
                            "recorded_in",
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
                            "successor",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="membership.agency",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical agency succession",
                        "verbose_name_plural": "historical agency successions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAppointment",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("representative", "Representative"), ("deputy", "Deputy")], max_length=20
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("starts_on", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        ("has_same_authority", models.BooleanField(blank=True, null=True)),
                        ("declared_on", models.DateField(blank=True, null=True)),
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
                            "grade",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="membership.grade",
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
                            "seat",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="membership.seat",
                            ),
                        ),
                        ("declared_by", models.CharField(blank=True, max_length=150)),
                        ("deputy_reason", models.CharField(blank=True, max_length=300)),
                        ("may_commit_by", models.CharField(blank=True, max_length=150)),
                        ("may_commit_on", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "historical appointment",
                        "verbose_name_plural": "historical appointments",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalContactDetails",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("post_title", models.CharField(blank=True, max_length=150)),
                        ("telephone", models.CharField(blank=True, max_length=40)),
                        ("work_address", models.CharField(blank=True, max_length=300)),
                        (
                            "preferred_way",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "No preference"),
                                    ("email", "E-mail"),
                                    ("telephone", "Telephone"),
                                    ("post", "Post"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("postal_address", models.CharField(blank=True, max_length=300)),
                        ("access_needs", models.CharField(blank=True, max_length=500)),
                        ("paper_needs", models.CharField(blank=True, max_length=500)),
                        ("confirmed_on", models.DateField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=0)),
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
                        "verbose_name": "historical contact details",
                        "verbose_name_plural": "historical contact details",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDelegatedOfficer",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("post", models.CharField(max_length=150)),
                        ("may_speak", models.BooleanField(default=False, verbose_name="speak for it")),
                        ("may_decide", models.BooleanField(default=False, verbose_name="decide for it")),
                        ("may_commit_policy", models.BooleanField(default=False, verbose_name="commit it on policy")),
                        (
                            "may_commit_resourcing",
                            models.BooleanField(default=False, verbose_name="commit it on resourcing"),
                        ),
                        (
                            "may_commit_practice",
                            models.BooleanField(default=False, verbose_name="commit it on practice"),
                        ),
                        ("may_hold_to_account", models.BooleanField(default=False, verbose_name="hold it to account")),
                        ("starts_on", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
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
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="membership.agency",
                            ),
                        ),
                        (
                            "given_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="membership.leadrepresentative",
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
                        "verbose_name": "historical delegated officer",
                        "verbose_name_plural": "historical delegated officers",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDetailsCheck",
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
                    ],
                    options={
                        "verbose_name": "historical details check",
                        "verbose_name_plural": "historical details checks",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalFormerSeat",
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
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="membership.agency",
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
                            "seat",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="membership.seat",
                            ),
                        ),
                        (
                            "succession",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="membership.agencysuccession",
                            ),
                        ),
                        ("left_on", models.DateField()),
                    ],
                    options={
                        "verbose_name": "historical former seat",
                        "verbose_name_plural": "historical former seats",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalGrade",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("name", models.CharField(max_length=100)),
                        ("rank", models.PositiveSmallIntegerField()),
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
                            "ladder",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="membership.gradeladder",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical grade",
                        "verbose_name_plural": "historical grades",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalGradeLadder",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("name", models.CharField(max_length=100)),
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
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="membership.agency",
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
                        "verbose_name": "historical grade ladder",
                        "verbose_name_plural": "historical grade ladders",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalHandover",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("followed_at", models.DateTimeField(blank=True, null=True)),
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
                            "after",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="membership.appointment",
                            ),
                        ),
                        (
                            "before",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="membership.appointment",
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
                        "verbose_name": "historical handover",
                        "verbose_name_plural": "historical handovers",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalInduction",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("uuid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
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
                        ("started_on", models.DateField()),
                        ("due_on", models.DateField()),
                        (
                            "accepted_on",
                            models.DateField(blank=True, null=True, verbose_name="role description accepted"),
                        ),
                        ("completed_on", models.DateField(blank=True, null=True, verbose_name="completed")),
                        ("stopped_on", models.DateField(blank=True, null=True, verbose_name="stopped")),
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
                            "description",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="membership.roledescription",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical induction",
                        "verbose_name_plural": "historical inductions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalInductionLine",
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
                        ("position", models.PositiveSmallIntegerField()),
                        ("text", models.CharField(max_length=300)),
                        (
                            "marked_by",
                            models.CharField(
                                choices=[("member", "The new member"), ("team", "The partnership team")], max_length=10
                            ),
                        ),
                        ("withdrawn_on", models.DateField(blank=True, null=True)),
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
                        "verbose_name": "historical induction line",
                        "verbose_name_plural": "historical induction lines",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalInductionPractice",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("is_on", models.BooleanField(default=False, verbose_name="switched on")),
                        ("weeks", models.PositiveSmallIntegerField(default=8)),
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
                        "verbose_name": "historical induction practice",
                        "verbose_name_plural": "historical induction practices",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalInductionStep",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("position", models.PositiveSmallIntegerField()),
                        ("text", models.CharField(max_length=300)),
                        (
                            "marked_by",
                            models.CharField(
                                choices=[("member", "The new member"), ("team", "The partnership team")], max_length=10
                            ),
                        ),
                        ("done_on", models.DateField(blank=True, null=True, verbose_name="done")),
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
                            "induction",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="membership.induction",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical induction step",
                        "verbose_name_plural": "historical induction steps",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalLeadRepresentative",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("post", models.CharField(max_length=150)),
                        ("starts_on", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
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
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="membership.agency",
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
                        "verbose_name": "historical lead representative",
                        "verbose_name_plural": "historical lead representatives",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalLeave",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("starts_on", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        ("reason", models.CharField(blank=True, max_length=300)),
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
                            "appointment",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="membership.appointment",
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
                        "verbose_name": "historical leave",
                        "verbose_name_plural": "historical leaves",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalLeftVacant",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("starts_on", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        ("reason", models.CharField(max_length=300)),
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
                            "seat",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="membership.seat",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical seat left vacant",
                        "verbose_name_plural": "historical seats left vacant",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalOfficeTerm",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("office", models.CharField(max_length=80)),
                        ("starts_on", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        ("appointed_by", models.CharField(max_length=150)),
                        ("consulted", models.CharField(max_length=500)),
                        ("consulted_on", models.DateField()),
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
                    ],
                    options={
                        "verbose_name": "historical office term",
                        "verbose_name_plural": "historical office terms",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalRegisteredAgency",
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
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="membership.agency",
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
                        "verbose_name": "historical registered agency",
                        "verbose_name_plural": "historical registered agencies",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalRelevantAgency",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("category", models.CharField(max_length=100)),
                        ("listed_as", models.CharField(max_length=250)),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("since", models.DateField(blank=True, null=True)),
                        ("source", models.CharField(max_length=200)),
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
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="membership.agency",
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
                        ("until", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "historical relevant agency",
                        "verbose_name_plural": "historical relevant agencies",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalRoleDescription",
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
                        ("version", models.PositiveSmallIntegerField()),
                        ("text", models.TextField()),
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
                        "verbose_name": "historical role description",
                        "verbose_name_plural": "historical role descriptions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSeat",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("key", models.CharField(max_length=80)),
                        ("name", models.CharField(max_length=200)),
                        ("office", models.CharField(blank=True, max_length=100)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("starts_on", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
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
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="membership.agency",
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
                        "verbose_name": "historical seat",
                        "verbose_name_plural": "historical seats",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalStatementAsked",
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
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="membership.agency",
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
                        "verbose_name": "historical statement asked",
                        "verbose_name_plural": "historical statements asked",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
            ]
        ),
        migrations.RunPython(put_up, take_down),
    ]
