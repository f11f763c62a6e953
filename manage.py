#!/usr/bin/env python
"""Runs the project's management commands; see `make help` for the usual ones."""

from __future__ import annotations

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")
    if sys.argv[1:2] == ["serve"]:
        # slow import: the supervisor needs none of Django's applications, and the first page comes sooner without.
        from partnership.serve.command_line import main as serve  # noqa: PLC0415

        sys.exit(serve(sys.argv[2:]))

    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - slow import
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - slow import

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Quorate cannot start: {error}")


if __name__ == "__main__":
    main()
