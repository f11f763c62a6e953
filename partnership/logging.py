"""Logs: one JSON object a line on standard error, so that any collector can read them."""

from __future__ import annotations

from typing import Any


def log_settings(*, level: str, is_json: bool) -> dict[str, Any]:
    """Django's LOGGING for every process of the product; plain lines where a person reads them."""
    handler = {"class": "logging.StreamHandler", "formatter": "json" if is_json else "plain"}
    quiet = {"level": "WARNING"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": "pythonjsonlogger.json.JsonFormatter",
                "fmt": "%(asctime)s %(levelname)s %(name)s %(process)d %(message)s",
                "datefmt": "%Y-%m-%dT%H:%M:%S%z",
                "rename_fields": {"asctime": "at", "levelname": "level", "name": "logger"},
            },
            "plain": {"format": "%(levelname)s %(name)s: %(message)s"},
        },
        "handlers": {"stderr": handler},
        "root": {"handlers": ["stderr"], "level": level},
        # Chatty below WARNING, and what they say is of no use to an operator.
        "loggers": dict.fromkeys(("kombu", "amqp", "asyncio", "fontTools", "weasyprint", "pikepdf", "mail.log"), quiet),
    }
