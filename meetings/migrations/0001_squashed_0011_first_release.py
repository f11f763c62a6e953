"""The tables of version 0.1 in one step, for a new database; one that has the single steps is left as it is."""

import django.db.models.deletion
import meetings.models.document
import meetings.models.paper
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models

from partnership.new_tables import NewTables


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("meetings", "0001_initial"),
        ("meetings", "0002_agenda_minutes_actions"),
        ("meetings", "0003_reply_says_of_a_deputy"),
        ("meetings", "0004_document_attempts"),
        ("meetings", "0005_protected_items"),
        ("meetings", "0006_handling_marks"),
        ("meetings", "0007_delegations"),
        ("meetings", "0008_document_of_a_board"),
        ("meetings", "0009_document_board_filled"),
        ("meetings", "0010_contact_sheets"),
        ("meetings", "0011_contact_sheets_go_back"),
    ]

    dependencies = [
        ("membership", "0001_initial"),
        ("partnership", "0024_standing_of_an_officer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="Meeting",
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
                                choices=[
                                    ("ordinary", "Ordinary meeting"),
                                    ("extraordinary", "Extraordinary meeting"),
                                    ("annual", "Annual meeting"),
                                    ("development day", "Development day"),
                                ],
                                default="ordinary",
                                max_length=20,
                            ),
                        ),
                        ("on", models.DateField()),
                        ("sitting", models.PositiveSmallIntegerField(default=1)),
                        ("starts_at", models.TimeField(help_text="Local time in London.")),
                        ("ends_at", models.TimeField(blank=True, help_text="Local time in London.", null=True)),
                        ("place", models.CharField(blank=True, max_length=200)),
                        ("video_link", models.URLField(blank=True, max_length=500)),
                        (
                            "status",
                            models.CharField(
                                choices=[("planned", "Planned"), ("held", "Held"), ("cancelled", "Cancelled")],
                                default="planned",
                                max_length=10,
                            ),
                        ),
                        (
                            "call",
                            models.CharField(
                                choices=[("first", "First call"), ("second", "Second call")],
                                default="first",
                                max_length=6,
                            ),
                        ),
                        ("opened_at", models.DateTimeField(blank=True, null=True)),
                        ("begun_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings",
                                to="partnership.board",
                            ),
                        ),
                        (
                            "reconvenes",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reconvened_as",
                                to="meetings.meeting",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("board_id", "on", "starts_at"),
                        "indexes": [models.Index(fields=["status", "on"], name="meeting_by_status_and_date")],
                        "constraints": [
                            models.UniqueConstraint(fields=("board", "on", "starts_at"), name="meeting_once_at_a_time"),
                            models.UniqueConstraint(
                                fields=("board", "on", "sitting"), name="meeting_sitting_once_a_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_at", None), ("ends_at__gt", models.F("starts_at")), _connector="OR"
                                ),
                                name="meeting_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_at", None),
                                    models.Q(("closed_at__gt", models.F("opened_at")), ("opened_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="meeting_closes_after_it_opens",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at__isnull", False), ("status", "held")),
                                    models.Q(models.Q(("status", "held"), _negated=True), ("closed_at", None)),
                                    _connector="OR",
                                ),
                                name="meeting_held_when_closed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("begun_at", None), ("opened_at__isnull", False), _connector="OR"),
                                name="meeting_begins_on_an_open_register",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "cancelled"), _negated=True),
                                    ("opened_at", None),
                                    _connector="OR",
                                ),
                                name="meeting_cancelled_never_opened",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("call", "second"), ("reconvenes", None), _connector="OR"),
                                name="meeting_first_call_reconvenes_nothing",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgendaPublication",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField()),
                        ("published_at", models.DateTimeField()),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="publications",
                                to="meetings.meeting",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("meeting_id", "version"),
                        "constraints": [
                            models.UniqueConstraint(fields=("meeting", "version"), name="publication_version_once"),
                            models.CheckConstraint(
                                condition=models.Q(("version__gte", 1)), name="publication_version_from_one"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgendaItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("title", models.CharField(max_length=200)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("decision", "Decision"),
                                    ("assurance", "Assurance"),
                                    ("discussion", "Discussion"),
                                    ("information", "Information"),
                                ],
                                max_length=15,
                            ),
                        ),
                        (
                            "minutes",
                            models.PositiveSmallIntegerField(blank=True, help_text="How long it is given.", null=True),
                        ),
                        ("lead", models.CharField(blank=True, max_length=150)),
                        ("purpose", models.CharField(blank=True, max_length=500)),
                        ("rule", models.CharField(blank=True, max_length=80)),
                        ("added_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="items", to="meetings.meeting"
                            ),
                        ),
                        (
                            "published_in",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="meetings.agendapublication",
                            ),
                        ),
                        (
                            "protection",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agenda_item",
                                to="partnership.protection",
                            ),
                        ),
                        (
                            "mark",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="partnership.handlingmark",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("meeting_id", "position", "pk"),
                        "indexes": [models.Index(fields=["meeting", "position"], name="item_by_position")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("title", ""), _negated=True), name="item_has_a_title"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("minutes", None),
                                    models.Q(("minutes__gte", 1), ("minutes__lte", 1440)),
                                    _connector="OR",
                                ),
                                name="item_takes_minutes_of_a_day",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(models.Q(("rule", ""), _negated=True), ("withdrawn_at", None)),
                                fields=("meeting", "rule"),
                                name="item_once_a_standing_rule",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Action",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("text", models.TextField()),
                        ("agreed_on", models.DateField()),
                        ("due_on", models.DateField()),
                        (
                            "status",
                            models.CharField(
                                choices=[("open", "Open"), ("asked to close", "Asked to close"), ("closed", "Closed")],
                                default="open",
                                max_length=15,
                            ),
                        ),
                        ("closed_on", models.DateField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="actions",
                                to="membership.agency",
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="actions",
                                to="partnership.board",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="actions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "partnership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="actions",
                                to="partnership.partnership",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="actions",
                                to="meetings.agendaitem",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("partnership_id", "number"),
                        "indexes": [
                            models.Index(fields=["board", "status", "due_on"], name="action_by_board_and_date"),
                            models.Index(fields=["owner", "status", "due_on"], name="action_by_owner"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("partnership", "number"), name="action_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="action_says_what"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("due_on__gte", models.F("agreed_on"))),
                                name="action_due_once_agreed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_on__isnull", False), ("status", "closed")),
                                    models.Q(models.Q(("status", "closed"), _negated=True), ("closed_on", None)),
                                    _connector="OR",
                                ),
                                name="action_closed_on_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActionUpdate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField()),
                        ("at", models.DateTimeField()),
                        ("asks_to_close", models.BooleanField(default=False)),
                        (
                            "action",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="updates",
                                to="meetings.action",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="action_updates",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("action_id", "at", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="action_update_says_what"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attendance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "attends_as",
                            models.CharField(
                                choices=[
                                    ("seat", "For a seat"),
                                    ("observer", "Observer"),
                                    ("adviser", "Adviser"),
                                    ("guest", "Guest"),
                                    ("in attendance", "In attendance"),
                                ],
                                default="seat",
                                max_length=15,
                            ),
                        ),
                        ("guest_name", models.CharField(blank=True, max_length=150)),
                        (
                            "recorded",
                            models.CharField(
                                choices=[
                                    ("not recorded", "Not recorded"),
                                    ("present", "Present"),
                                    ("deputy", "Deputy"),
                                    ("apologies", "Apologies"),
                                    ("did not attend", "Did not attend"),
                                ],
                                default="not recorded",
                                max_length=20,
                            ),
                        ),
                        (
                            "mode",
                            models.CharField(
                                choices=[("in the room", "In the room"), ("remote", "Remote")],
                                default="in the room",
                                max_length=15,
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, help_text="The reason given with apologies.", max_length=300),
                        ),
                        (
                            "deputy_standing",
                            models.CharField(
                                choices=[
                                    ("not asked", "No deputy"),
                                    ("proper", "Proper"),
                                    ("improper", "Not proper"),
                                    ("not checked", "Not checked"),
                                ],
                                default="not asked",
                                max_length=15,
                            ),
                        ),
                        (
                            "deputy_note",
                            models.CharField(blank=True, help_text="What the check found.", max_length=300),
                        ),
                        (
                            "deputy_reason",
                            models.CharField(
                                blank=True, help_text="Why a deputy who is not proper came.", max_length=300
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendances",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendances",
                                to="membership.seat",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendances",
                                to="meetings.meeting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "attendance",
                        "verbose_name_plural": "attendances",
                        "ordering": ("meeting_id", "seat__position", "pk"),
                        "indexes": [models.Index(fields=["seat", "recorded"], name="attendance_by_seat")],
                        "constraints": [
                            models.UniqueConstraint(fields=("meeting", "seat"), name="attendance_once_a_seat"),
                            models.UniqueConstraint(
                                condition=models.Q(("person__isnull", False), ("seat", None)),
                                fields=("meeting", "person"),
                                name="attendance_once_a_guest",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("attends_as", "seat"), ("seat__isnull", False)),
                                    models.Q(("seat", None), models.Q(("attends_as", "seat"), _negated=True)),
                                    _connector="OR",
                                ),
                                name="attendance_for_a_seat_or_without",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("recorded__in", ("present", "deputy")), _negated=True),
                                    ("person__isnull", False),
                                    models.Q(("guest_name", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="attendance_names_who_came",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("recorded", "apologies"), ("reason", ""), _connector="OR"),
                                name="attendance_reason_goes_with_apologies",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delegation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("rule", models.CharField(max_length=80)),
                        ("functions", models.TextField()),
                        ("decided", models.CharField(max_length=300)),
                        ("starts_on", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "given_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="delegations_given",
                                to="partnership.board",
                            ),
                        ),
                        (
                            "given_to",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="delegations_held",
                                to="partnership.board",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-starts_on", "-pk"),
                        "indexes": [models.Index(fields=["given_to", "starts_on"], name="delegation_by_holder")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("until__gt", models.F("starts_on")), _connector="OR"
                                ),
                                name="delegation_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("given_by", models.F("given_to")), _negated=True),
                                name="delegation_goes_to_another_board",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("functions", ""), _negated=True), name="delegation_says_what"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Minutes",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField()),
                        ("content", models.JSONField()),
                        ("sent_at", models.DateTimeField()),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="minutes",
                                to="meetings.meeting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "minutes",
                        "ordering": ("meeting_id", "-version"),
                        "constraints": [
                            models.UniqueConstraint(fields=("meeting", "version"), name="minutes_version_once"),
                            models.CheckConstraint(
                                condition=models.Q(("version__gte", 1)), name="minutes_version_from_one"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField()),
                        (
                            "manner",
                            models.CharField(choices=[("consent", "By consent")], default="consent", max_length=10),
                        ),
                        ("decided_at", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="meetings.agendaitem",
                            ),
                        ),
                        (
                            "sent_in",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="meetings.minutes",
                            ),
                        ),
                        ("asks_agreement", models.BooleanField(default=False)),
                        (
                            "function_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decided_elsewhere",
                                to="partnership.board",
                            ),
                        ),
                        (
                            "delegation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="meetings.delegation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("item__meeting_id", "decided_at", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="decision_says_what"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("delegation", None), ("function_of__isnull", False), _connector="OR"
                                ),
                                name="decision_delegated_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BoardAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("is_agreed", models.BooleanField()),
                        ("answered_on", models.DateField()),
                        (
                            "where",
                            models.CharField(help_text="At which meeting, or by correspondence.", max_length=300),
                        ),
                        ("to_version", models.PositiveIntegerField()),
                        (
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers_given",
                                to="partnership.board",
                            ),
                        ),
                        (
                            "decision",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answer",
                                to="meetings.decision",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("decision_id",),
                    },
                ),
                migrations.CreateModel(
                    name="Determination",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "item_number",
                            models.CharField(
                                blank=True, help_text="Empty when it is about the whole meeting.", max_length=10
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("reason", models.TextField()),
                        (
                            "determined_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="determinations",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="determinations",
                                to="meetings.meeting",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("meeting_id", "at"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "item_number"), name="determination_once_a_matter"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="determination_has_a_reason"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Paper",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("title", models.CharField(max_length=200)),
                        ("file", models.FileField(max_length=200, upload_to=meetings.models.paper.stored_name)),
                        ("original_name", models.CharField(max_length=200)),
                        ("format", models.CharField(choices=[("pdf", "PDF"), ("docx", "Word")], max_length=5)),
                        ("size", models.PositiveIntegerField(help_text="In bytes.")),
                        ("pages", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("sha256", models.CharField(max_length=64)),
                        ("uploaded_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="meetings.agendaitem",
                            ),
                        ),
                        (
                            "published_in",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="meetings.agendapublication",
                            ),
                        ),
                        (
                            "protection",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="paper",
                                to="partnership.protection",
                            ),
                        ),
                        (
                            "mark",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="partnership.handlingmark",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("item_id", "uploaded_at", "pk"),
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("size__gte", 1)), name="paper_is_not_empty"),
                            models.CheckConstraint(
                                condition=models.Q(("title", ""), _negated=True), name="paper_has_a_title"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Document",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("agenda", "Agenda"),
                                    ("agenda draft", "Draft agenda"),
                                    ("minutes", "Minutes"),
                                    ("minutes draft", "Draft minutes"),
                                    ("contacts", "Contact list"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("content", models.JSONField()),
                        ("content_hash", models.CharField(max_length=64)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("working", "Being made"),
                                    ("ready", "Ready"),
                                    ("failed", "Failed"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("done", models.PositiveSmallIntegerField(default=0)),
                        ("steps", models.PositiveSmallIntegerField(default=1)),
                        ("asked_at", models.DateTimeField()),
                        ("begun_at", models.DateTimeField(blank=True, null=True)),
                        ("ready_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "file",
                            models.FileField(
                                blank=True, max_length=200, upload_to=meetings.models.document.stored_document_name
                            ),
                        ),
                        ("pages", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("size", models.PositiveIntegerField(blank=True, help_text="In bytes.", null=True)),
                        ("problem", models.CharField(blank=True, max_length=300)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="meetings.meeting",
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("items", models.ManyToManyField(related_name="documents", to="meetings.agendaitem")),
                        ("papers", models.ManyToManyField(related_name="documents", to="meetings.paper")),
                        (
                            "reader",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="own_documents",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="partnership.board",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("meeting_id", "kind", "-asked_at"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ("waiting", "working"))),
                                fields=["asked_at"],
                                name="document_to_make",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "ready"), _negated=True),
                                    models.Q(
                                        ("pages__isnull", False),
                                        ("ready_at__isnull", False),
                                        ("size__isnull", False),
                                        models.Q(("file", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="document_ready_has_a_file",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("reader", None)),
                                fields=("meeting", "kind", "content_hash"),
                                name="document_once",
                            ),
                            models.UniqueConstraint(
                                fields=("meeting", "kind", "content_hash", "reader"), name="document_once_a_reader"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "contacts"), ("meeting", None), ("reader__isnull", False)),
                                    models.Q(models.Q(("kind", "contacts"), _negated=True), ("meeting__isnull", False)),
                                    _connector="OR",
                                ),
                                name="document_of_a_meeting_or_for_a_reader",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("begun_at", models.DateTimeField(blank=True, null=True)),
                        ("discussion", models.TextField(blank=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "item",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="record",
                                to="meetings.agendaitem",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("item__meeting_id", "item__position", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="Presence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "present_as",
                            models.CharField(
                                choices=[
                                    ("representative", "Representative"),
                                    ("deputy", "Designated deputy"),
                                    ("substitute", "Substitute"),
                                    ("own", "For themselves"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("arrived_at", models.DateTimeField()),
                        ("left_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "attendance",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="presences",
                                to="meetings.attendance",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="presences",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("attendance_id", "arrived_at"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("left_at", None), ("left_at__gt", models.F("arrived_at")), _connector="OR"
                                ),
                                name="presence_leaves_after_it_arrives",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("left_at", None)),
                                fields=("attendance", "person"),
                                name="presence_one_open_a_person",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reply",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "answer",
                            models.CharField(
                                choices=[
                                    ("coming", "Coming"),
                                    ("deputy", "A deputy will come"),
                                    ("apologies", "Apologies"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("replied_at", models.DateTimeField()),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replies",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replies",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replies",
                                to="membership.seat",
                            ),
                        ),
                        ("deputy_reason", models.CharField(blank=True, max_length=300)),
                        ("said_authority", models.BooleanField(blank=True, null=True)),
                        ("said_grades_lower", models.SmallIntegerField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name_plural": "replies",
                        "ordering": ("meeting_id", "seat_id"),
                        "constraints": [
                            models.UniqueConstraint(fields=("meeting", "seat"), name="reply_once_a_seat"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", "apologies"), ("person", None)),
                                    models.Q(
                                        models.Q(("answer", "apologies"), _negated=True), ("person__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="reply_names_who_comes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answer", "deputy"),
                                    models.Q(
                                        ("deputy_reason", ""), ("said_authority", None), ("said_grades_lower", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="reply_says_of_a_deputy",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Withdrawal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("item_number", models.CharField(max_length=10)),
                        ("from_at", models.DateTimeField()),
                        ("until_at", models.DateTimeField(blank=True, null=True)),
                        ("reason", models.CharField(max_length=300)),
                        (
                            "attendance",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="withdrawals",
                                to="meetings.attendance",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("attendance_id", "from_at"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_at", None), ("until_at__gt", models.F("from_at")), _connector="OR"
                                ),
                                name="withdrawal_ends_after_it_starts",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("until_at", None)),
                                fields=("attendance", "item_number"),
                                name="withdrawal_one_open_an_item",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("item_number", ""), _negated=True), name="withdrawal_names_its_item"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalAction",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("number", models.PositiveIntegerField()),
                        ("text", models.TextField()),
                        ("agreed_on", models.DateField()),
                        ("due_on", models.DateField()),
                        (
                            "status",
                            models.CharField(
                                choices=[("open", "Open"), ("asked to close", "Asked to close"), ("closed", "Closed")],
                                default="open",
                                max_length=15,
                            ),
                        ),
                        ("closed_on", models.DateField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
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
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="meetings.agendaitem",
                            ),
                        ),
                        (
                            "owner",
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
                        "verbose_name": "historical action",
                        "verbose_name_plural": "historical actions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalActionUpdate",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("text", models.TextField()),
                        ("at", models.DateTimeField()),
                        ("asks_to_close", models.BooleanField(default=False)),
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
                            "action",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="meetings.action",
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
                            "made_by",
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
                        "verbose_name": "historical action update",
                        "verbose_name_plural": "historical action updates",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAgendaItem",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("position", models.PositiveSmallIntegerField()),
                        ("title", models.CharField(max_length=200)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("decision", "Decision"),
                                    ("assurance", "Assurance"),
                                    ("discussion", "Discussion"),
                                    ("information", "Information"),
                                ],
                                max_length=15,
                            ),
                        ),
                        (
                            "minutes",
                            models.PositiveSmallIntegerField(blank=True, help_text="How long it is given.", null=True),
                        ),
                        ("lead", models.CharField(blank=True, max_length=150)),
                        ("purpose", models.CharField(blank=True, max_length=500)),
                        ("rule", models.CharField(blank=True, max_length=80)),
                        ("added_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
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
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "published_in",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="meetings.agendapublication",
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
                            "mark",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partnership.handlingmark",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical agenda item",
                        "verbose_name_plural": "historical agenda items",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAgendaPublication",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("version", models.PositiveSmallIntegerField()),
                        ("published_at", models.DateTimeField()),
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
                            "history_user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="meetings.meeting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical agenda publication",
                        "verbose_name_plural": "historical agenda publications",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAttendance",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "attends_as",
                            models.CharField(
                                choices=[
                                    ("seat", "For a seat"),
                                    ("observer", "Observer"),
                                    ("adviser", "Adviser"),
                                    ("guest", "Guest"),
                                    ("in attendance", "In attendance"),
                                ],
                                default="seat",
                                max_length=15,
                            ),
                        ),
                        ("guest_name", models.CharField(blank=True, max_length=150)),
                        (
                            "recorded",
                            models.CharField(
                                choices=[
                                    ("not recorded", "Not recorded"),
                                    ("present", "Present"),
                                    ("deputy", "Deputy"),
                                    ("apologies", "Apologies"),
                                    ("did not attend", "Did not attend"),
                                ],
                                default="not recorded",
                                max_length=20,
                            ),
                        ),
                        (
                            "mode",
                            models.CharField(
                                choices=[("in the room", "In the room"), ("remote", "Remote")],
                                default="in the room",
                                max_length=15,
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, help_text="The reason given with apologies.", max_length=300),
                        ),
                        (
                            "deputy_standing",
                            models.CharField(
                                choices=[
                                    ("not asked", "No deputy"),
                                    ("proper", "Proper"),
                                    ("improper", "Not proper"),
                                    ("not checked", "Not checked"),
                                ],
                                default="not asked",
                                max_length=15,
                            ),
                        ),
                        (
                            "deputy_note",
                            models.CharField(blank=True, help_text="What the check found.", max_length=300),
                        ),
                        (
                            "deputy_reason",
                            models.CharField(
                                blank=True, help_text="Why a deputy who is not proper came.", max_length=300
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
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
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="meetings.meeting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical attendance",
                        "verbose_name_plural": "historical attendances",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalBoardAnswer",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("is_agreed", models.BooleanField()),
                        ("answered_on", models.DateField()),
                        (
                            "where",
                            models.CharField(help_text="At which meeting, or by correspondence.", max_length=300),
                        ),
                        ("to_version", models.PositiveIntegerField()),
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
                            "decision",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="meetings.decision",
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
                        "verbose_name": "historical board answer",
                        "verbose_name_plural": "historical board answers",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDecision",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("text", models.TextField()),
                        (
                            "manner",
                            models.CharField(choices=[("consent", "By consent")], default="consent", max_length=10),
                        ),
                        ("decided_at", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
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
                            "item",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="meetings.agendaitem",
                            ),
                        ),
                        (
                            "sent_in",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="meetings.minutes",
                            ),
                        ),
                        ("asks_agreement", models.BooleanField(default=False)),
                        (
                            "function_of",
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
                            "delegation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="meetings.delegation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical decision",
                        "verbose_name_plural": "historical decisions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDelegation",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("rule", models.CharField(max_length=80)),
                        ("functions", models.TextField()),
                        ("decided", models.CharField(max_length=300)),
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
                            "given_by",
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
                            "given_to",
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
                        "verbose_name": "historical delegation",
                        "verbose_name_plural": "historical delegations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDetermination",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "item_number",
                            models.CharField(
                                blank=True, help_text="Empty when it is about the whole meeting.", max_length=10
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("reason", models.TextField()),
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
                            "determined_by",
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
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="meetings.meeting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical determination",
                        "verbose_name_plural": "historical determinations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalItemRecord",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("begun_at", models.DateTimeField(blank=True, null=True)),
                        ("discussion", models.TextField(blank=True)),
                        ("version", models.PositiveIntegerField(default=1)),
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
                            "item",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="meetings.agendaitem",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical item record",
                        "verbose_name_plural": "historical item records",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalMeeting",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("ordinary", "Ordinary meeting"),
                                    ("extraordinary", "Extraordinary meeting"),
                                    ("annual", "Annual meeting"),
                                    ("development day", "Development day"),
                                ],
                                default="ordinary",
                                max_length=20,
                            ),
                        ),
                        ("on", models.DateField()),
                        ("sitting", models.PositiveSmallIntegerField(default=1)),
                        ("starts_at", models.TimeField(help_text="Local time in London.")),
                        ("ends_at", models.TimeField(blank=True, help_text="Local time in London.", null=True)),
                        ("place", models.CharField(blank=True, max_length=200)),
                        ("video_link", models.URLField(blank=True, max_length=500)),
                        (
                            "status",
                            models.CharField(
                                choices=[("planned", "Planned"), ("held", "Held"), ("cancelled", "Cancelled")],
                                default="planned",
                                max_length=10,
                            ),
                        ),
                        (
                            "call",
                            models.CharField(
                                choices=[("first", "First call"), ("second", "Second call")],
                                default="first",
                                max_length=6,
                            ),
                        ),
                        ("opened_at", models.DateTimeField(blank=True, null=True)),
                        ("begun_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
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
                            "reconvenes",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="meetings.meeting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical meeting",
                        "verbose_name_plural": "historical meetings",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalMinutes",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("version", models.PositiveSmallIntegerField()),
                        ("content", models.JSONField()),
                        ("sent_at", models.DateTimeField()),
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
                            "history_user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="meetings.meeting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical minutes",
                        "verbose_name_plural": "historical minutes",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPaper",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("uuid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                        ("title", models.CharField(max_length=200)),
                        ("file", models.TextField(max_length=200)),
                        ("original_name", models.CharField(max_length=200)),
                        ("format", models.CharField(choices=[("pdf", "PDF"), ("docx", "Word")], max_length=5)),
                        ("size", models.PositiveIntegerField(help_text="In bytes.")),
                        ("pages", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("sha256", models.CharField(max_length=64)),
                        ("uploaded_at", models.DateTimeField()),
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
                            "history_user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="meetings.agendaitem",
                            ),
                        ),
                        (
                            "published_in",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="meetings.agendapublication",
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
                            "mark",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partnership.handlingmark",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical paper",
                        "verbose_name_plural": "historical papers",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPresence",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "present_as",
                            models.CharField(
                                choices=[
                                    ("representative", "Representative"),
                                    ("deputy", "Designated deputy"),
                                    ("substitute", "Substitute"),
                                    ("own", "For themselves"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("arrived_at", models.DateTimeField()),
                        ("left_at", models.DateTimeField(blank=True, null=True)),
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
                            "attendance",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="meetings.attendance",
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
                        "verbose_name": "historical presence",
                        "verbose_name_plural": "historical presences",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalReply",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "answer",
                            models.CharField(
                                choices=[
                                    ("coming", "Coming"),
                                    ("deputy", "A deputy will come"),
                                    ("apologies", "Apologies"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("replied_at", models.DateTimeField()),
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
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="meetings.meeting",
                            ),
                        ),
                        ("deputy_reason", models.CharField(blank=True, max_length=300)),
                        ("said_authority", models.BooleanField(blank=True, null=True)),
                        ("said_grades_lower", models.SmallIntegerField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "historical reply",
                        "verbose_name_plural": "historical replies",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalWithdrawal",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("item_number", models.CharField(max_length=10)),
                        ("from_at", models.DateTimeField()),
                        ("until_at", models.DateTimeField(blank=True, null=True)),
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
                            "attendance",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="meetings.attendance",
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
                        "verbose_name": "historical withdrawal",
                        "verbose_name_plural": "historical withdrawals",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
            ]
        ),
    ]
