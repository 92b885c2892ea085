"""Pages of the browser for tests: one that is cleaned and used again, and as many new ones.

A browser that has just compiled Streamlit's and Plotly's JavaScript opens a page in a third of the
time, and most of what a browser test does is opening a page.
"""

from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, Error, Page

_TIMES_USED: Final = 30
"""After so many tests another takes its place, so that nothing piles up in it."""


class Tabs:
    """Pages whose addresses begin at ``base_url``.

    Parameters
    ----------
    browser : Browser
        Where they are opened.
    base_url : str
        Of the app.
    """

    def __init__(self, browser: Browser, base_url: str) -> None:
        self._browser = browser
        self._base_url = base_url
        self._spare: Page | None = None
        self._used = 0

    def take(self, width: int, height: int, *, untouched: bool, **options: Any) -> Page:
        """Return an empty page that keeps nothing of an earlier test.

        An ``untouched`` one, or one with options of a context, no test has had before.
        """
        if untouched or options or self._spare is None:
            page = self._new_context(width, height, **options).new_page()
        else:
            page, self._spare = self._spare, None
            page.set_viewport_size({"width": width, "height": height})
        page.set_default_timeout(15_000)
        return page

    def give_back(self, page: Page, *, reusable: bool) -> None:
        """Take a page from a test that has ended; clean one of those that may be used again."""
        self._used += 1
        if not reusable or self._spare is not None or self._used % _TIMES_USED == 0:
            page.context.close()
            return
        try:
            self._clean(page)
        except Error:  # what cannot be cleaned is thrown away
            page.context.close()
        else:
            self._spare = page

    def close(self) -> None:
        """Close what is kept for the next test."""
        if self._spare is not None:
            self._spare.context.close()

    def _new_context(self, width: int, height: int, **options: Any) -> BrowserContext:
        return self._browser.new_context(
            base_url=self._base_url, viewport={"width": width, "height": height}, **options
        )

    def _clean(self, page: Page) -> None:
        for other in page.context.pages:
            if other is not page:
                other.close()
        page.unroute_all()
        page.emulate_media(color_scheme="light", media="screen", reduced_motion="no-preference")
        page.mouse.move(0, 0)
        page.goto("/_stcore/health")  # ends the session, and has the app's memory to be cleared
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.context.clear_cookies()
        page.context.clear_permissions()
