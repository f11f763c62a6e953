"""One browser for all journeys, and what every page is held to."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}


@contextmanager
def chromium_running() -> Iterator[Browser]:
    """The machine's Chromium. Without one the journeys fail, unless ALLOW_SKIPS=1 lets them be left out."""
    if not CHROMIUM.exists():
        line = f"The browser journeys need {CHROMIUM}. Debian: apt-get install chromium"
        if os.environ.get("ALLOW_SKIPS") == "1":
            pytest.skip(line)
        pytest.fail(line)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def accessibility_faults(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA: a line for every element that breaks a rule."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


def scrolls_sideways(page: Page) -> list[str]:
    """The elements that make the page wider than its window; none where all of it can be read."""
    return list(
        page.evaluate(
            """() => {
                const wide = document.documentElement.clientWidth;
                if (document.documentElement.scrollWidth <= wide) return [];
                return [...document.body.querySelectorAll('*')]
                    .filter(each => each.getBoundingClientRect().right > wide + 1)
                    .map(each => each.outerHTML.slice(0, 120));
            }"""
        )
    )
