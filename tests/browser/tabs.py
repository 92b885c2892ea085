"""Pages of the browser for tests: some that are cleaned and used again, and as many new ones.

A browser that has just compiled Streamlit's and Plotly's JavaScript opens a page in a third of the
time, and most of what a browser test does is opening a page.
"""

from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, Error, Page

PATIENCE: Final = 30_000
"""Milliseconds in which something happens however busy the machine is."""
_TIMES_USED: Final = 60
"""After so many tests another takes its place, so that nothing piles up in it."""
_MOST_SPARE: Final = 2
"""Pages of one kind that wait for a test; few tests need more at once."""
_CHANGEABLE: Final = ("color_scheme", "reduced_motion", "permissions")
"""Options of a context that can be changed while it lives."""


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
        self._spare: dict[str, list[Page]] = {}
        self._kinds: dict[Page, str] = {}
        self._used: dict[Page, int] = {}
        self._beneath: dict[Page, Page] = {}

    def take(self, width: int, height: int, *, untouched: bool = False, **options: Any) -> Page:
        """Return an empty page that keeps nothing of an earlier test.

        An ``untouched`` one no test has had before: it lies over one that has been cleaned and that
        was made with the same options of a context, as all others are.
        """
        changes = {name: options.pop(name) for name in _CHANGEABLE if name in options}
        kind = repr(sorted(options.items()))
        if self._spare.get(kind):
            page = self._spare[kind].pop()
        else:
            page = self._new_context(width, height, **options).new_page()
            self._kinds[page] = kind
        if untouched:
            below, page = page, page.context.new_page()
            self._beneath[page] = below
        page.set_viewport_size({"width": width, "height": height})
        if permissions := changes.pop("permissions", None):
            page.context.grant_permissions(permissions)
        if changes:
            page.emulate_media(**changes)
        page.set_default_timeout(PATIENCE)
        return page

    def give_back(self, page: Page) -> None:
        """Take a page from a test that has ended, and clean it for another."""
        if page in self._beneath:
            page.close()
            page = self._beneath.pop(page)
        self._used[page] = self._used.get(page, 0) + 1
        spare = self._spare.setdefault(self._kinds[page], [])
        if len(spare) < _MOST_SPARE and self._used[page] < _TIMES_USED:
            try:
                self._clean(page)
            except Error:  # what cannot be cleaned is thrown away
                self._close(page)
            else:
                spare.append(page)
        else:
            self._close(page)

    def close(self) -> None:
        """Close what is kept for the next test."""
        for spare in self._spare.values():
            for page in spare:
                self._close(page)
            spare.clear()

    def _close(self, page: Page) -> None:
        del self._kinds[page]
        self._used.pop(page, None)
        page.context.close()

    def _new_context(self, width: int, height: int, **options: Any) -> BrowserContext:
        return self._browser.new_context(
            base_url=self._base_url, viewport={"width": width, "height": height}, **options
        )

    def _clean(self, page: Page) -> None:
        for other in page.context.pages:
            if other is not page:
                other.close()
        page.unroute_all()
        page.emulate_media(color_scheme="light", media="null", reduced_motion="no-preference")
        page.mouse.move(0, 0)
        page.goto("/_stcore/health")  # ends the session, and has the app's memory to be cleared
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.context.clear_cookies()
        page.context.clear_permissions()
