"""How much of a file that somebody sends is kept while their form is read."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MEGABYTE = 1024 * 1024


class BoundedUpload(FileUploadHandler):
    """Lets through the first chunks of a file, up to the largest that any page takes, and throws the rest away.

    What comes through of a longer one is too large for every page, which says so. Without it, anybody could fill the
    disk: a form is read before anything asks who sent it.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start < settings.PAPER_MEGABYTES * MEGABYTE else None

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        """The handlers after this one keep the file."""
        return None
