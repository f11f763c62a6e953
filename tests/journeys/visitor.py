"""Somebody at a browser: every step of a journey as a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from meetings.models import Attendance, Meeting
from partnership.models import User
from tests.journeys.browser import accessibility_faults, scrolls_sideways

# The machine may be busy with the other half of the tests.
PATIENCE_MS = 15_000
DESK, PHONE = (1280, 900), (320, 640)
NARROW = (320, 360)
expect.set_options(timeout=PATIENCE_MS)

LABELS = {"present": "y", "deputy": "d", "apologies": "a", "did not attend": "n"}


class Visitor:
    """One person, one browser window. `faults` gathers what the browser itself complains of."""

    def __init__(self, browser: Browser, site: str, *, with_script: bool = True, size: tuple[int, int] = DESK) -> None:
        self.site = site
        self.with_script = with_script
        self.context: BrowserContext = browser.new_context(
            base_url=site,
            java_script_enabled=with_script,
            viewport={"width": size[0], "height": size[1]},
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda line: self.faults.append(line.text) if "Refused to" in line.text else None)
        self.meeting: Meeting | None = None

    # --- given --------------------------------------------------------------------------------------------------------

    def given_the_session_of(self, session_key: str) -> None:
        self.context.add_cookies([{"name": "sessionid", "value": session_key, "url": self.site}])

    def given_the_register_of(self, meeting: Meeting) -> None:
        self.meeting = meeting
        board = meeting.board
        self.when_they_open(f"/p/{board.partnership.slug}/{board.slug}/meetings/{meeting.address}/register/")

    # --- when ---------------------------------------------------------------------------------------------------------

    def when_they_open(self, address: str) -> int:
        response = self.page.goto(address)
        assert response is not None
        return response.status

    def when_they_sign_in_as(self, person: User) -> None:
        """In the demonstration: no password, one press."""
        self.when_they_open("/sign-in/")
        for group in self.page.locator("details.q-people").all():
            if group.locator(f"button[value='{person.email}']").count():
                group.locator("summary").click()
                group.locator(f"button[value='{person.email}']").click()
                break
        expect(self.page.locator(".q-who")).to_have_text(person.name)

    def when_they_follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def when_they_press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def when_they_tick(self, key: str, choice: str = "present") -> None:
        self._radio(key, choice).click()

    def when_they_tick_and_wait(self, keys: Iterable[str], choice: str = "present") -> None:
        """One after the other, each saved before the next."""
        for key in keys:
            self.when_they_tick(key, choice)
            expect(self.row(key).locator(".q-seat")).to_have_class(re.compile(f"q-seat--{LABELS[choice]}"))

    def when_they_press_on_the_row(self, key: str, name: str) -> None:
        self.row(key).get_by_role("button", name=re.compile(f"^{name}")).click()

    # --- then ---------------------------------------------------------------------------------------------------------

    def then_the_answer_is(self, sentence: str) -> None:
        expect(self.page.locator("#ans")).to_have_text(sentence)

    def then_the_page_says(self, words: str) -> None:
        try:
            expect(self.page.locator("main")).to_contain_text(words)
        except AssertionError:
            said = " ".join(self.page.locator("main").inner_text().split())
            raise AssertionError(f"{self.page.url} does not say {words!r} but: {said}") from None

    def then_the_page_does_not_say(self, words: str) -> None:
        expect(self.page.locator("main")).not_to_contain_text(words)

    def then_the_row_says(self, key: str, words: str) -> None:
        expect(self.row(key)).to_contain_text(words)

    def then_the_choice_is(self, key: str, choice: str) -> None:
        expect(self._radio(key, choice)).to_be_checked()

    def then_the_heading_is(self, words: str | re.Pattern[str]) -> None:
        try:
            expect(self.page.get_by_role("heading", level=1)).to_have_text(words)
        except AssertionError as missing:
            said = " ".join(self.page.locator("main").inner_text().split())
            raise AssertionError(f"{missing}\n{self.page.url} says: {said}") from None

    def then_the_accessibility_baseline_is_met(self) -> None:
        assert self.with_script, "axe is script itself, and waits for ever where none may run"
        self.page.wait_for_load_state("load")
        faults = [*accessibility_faults(self.page), *self.faults]
        assert not faults, "\n".join([self.page.url, *faults])

    def then_nothing_scrolls_sideways(self) -> None:
        # Words are there before the style sheets are.
        self.page.wait_for_load_state("load")
        wide = scrolls_sideways(self.page)
        assert not wide, "\n".join([self.page.url, *wide])

    def then_it_can_be_used_by_everybody(self) -> None:
        """By those who do not see it, and on a narrow telephone; left as wide as a desk."""
        self.then_the_accessibility_baseline_is_met()
        for width in NARROW:
            self.page.set_viewport_size({"width": width, "height": PHONE[1]})
            self.then_nothing_scrolls_sideways()
        self.page.set_viewport_size({"width": DESK[0], "height": DESK[1]})

    def then_it_is_in_sight(self, part: Locator, *, within: Locator) -> None:
        """It can be seen in a region that scrolls, without scrolling it."""
        self.page.wait_for_load_state("load")
        inner, outer = part.bounding_box(), within.bounding_box()
        assert inner is not None
        assert outer is not None
        assert inner["x"] >= outer["x"] - 1
        assert inner["x"] + inner["width"] <= outer["x"] + outer["width"] + 1

    # --- parts of the register ----------------------------------------------------------------------------------------

    def row(self, key: str) -> Locator:
        return self.page.locator(f"#row-{self._row_id(key)}")

    def _radio(self, key: str, choice: str) -> Locator:
        return self.page.locator(f"#r{self._row_id(key)}{LABELS[choice]}")

    def _row_id(self, key: str) -> int:
        return Attendance.objects.get(meeting=self.meeting, seat__key=key).pk
