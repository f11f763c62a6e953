"""When each background process was last seen at work."""

from __future__ import annotations

from django.db import models


class Heartbeat(models.Model):
    """One row per background process: `worker` runs jobs, `beat` sends them at their time; `planner` and `sweep` are
    the jobs that enter and send messages, by whomever they are run.

    `at` is the machine's own time, whatever the clock of the demonstration says.
    """

    class Process(models.TextChoices):
        WORKER = "worker"
        BEAT = "beat"
        PLANNER = "planner"
        SWEEP = "sweep"

    name = models.CharField(max_length=20, choices=Process.choices, unique=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "heartbeat"
        verbose_name_plural = "heartbeats"
        ordering = ("name",)

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M:%S}"
