"""How far the mailbox has been read, and how that went."""

from __future__ import annotations

from typing import Any

from django.db import models


class Mailbox(models.Model):
    """One row a folder of a mail account. `last_uid` is the number of the last mail read, good for one `uid_validity`.

    `read_at` is machine time of the last reading that went well, `problem` what the last one met, if anything; `tally`
    counts mails by what became of them. Of mails themselves nothing is kept here.
    """

    name = models.CharField(max_length=300, unique=True)
    uid_validity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    tally: Any = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "mailboxes"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
