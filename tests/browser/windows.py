"""Windows of the browser that tests take and give back: a new one works for a second before it shows anything.

What a window knew of the test before is gone: cookies, stored values, the place of the mouse. What it keeps are files
that are the same for everybody, and the process that draws.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Browser, Error, Page


@dataclass(slots=True)
class Windows:
    """``take`` gives a page in a context that nobody else has, ``give_back`` ends its use."""

    browser: Browser
    site_url: str
    _idle: list[Page] = field(default_factory=list)
    # With another script than the site's, or with none: not given again.
    _marked: set[Page] = field(default_factory=set)

    def take(self, *, script: bool = True, first_script: str = "") -> Page:
        """``first_script`` runs in each page before the page's own."""
        plain = script and not first_script
        if plain and self._idle:
            return self._idle.pop()
        context = self.browser.new_context(
            java_script_enabled=script,
            locale="en-GB",
            timezone_id="Europe/Berlin",
            reduced_motion="reduce",
            accept_downloads=True,
        )
        context.set_default_timeout(15_000)
        if first_script:
            context.add_init_script(first_script)
        page = context.new_page()
        if not plain:
            self._marked.add(page)
        return page

    def give_back(self, page: Page) -> None:
        ours = page not in self._marked and page.context.pages == [page] and page.url.startswith(self.site_url)
        if ours and _emptied(page):
            self._idle.append(page)
            return
        self._marked.discard(page)
        page.context.close()


def _emptied(page: Page) -> bool:
    try:
        page.evaluate("localStorage.clear(); sessionStorage.clear()")
        page.mouse.move(-1, -1)
        page.goto("about:blank")
        page.context.clear_cookies()
    except Error:  # a page that hangs, or is closed, is not given again
        return False
    return True
