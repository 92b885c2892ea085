"""Pages of the browser for tests: some that are cleaned and used again, and as many new ones.

A browser that has just compiled Streamlit's and Plotly's JavaScript opens a page in a third of the
time, and most of what a browser test does is opening a page.
"""

from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, Error, Page

_TIMES_USED: Final = 30
"""After so many tests another takes its place, so that nothing piles up in it."""
_MOST_SPARE: Final = 2
"""Pages of one kind that wait for a test; few tests need more at once."""
_MEDIA: Final = ("color_scheme", "reduced_motion")
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

    def take(self, width: int, height: int, *, untouched: bool, **options: Any) -> Page:
        """Return an empty page that keeps nothing of an earlier test.

        An ``untouched`` one no test has had before; others have been cleaned, and were made with
        the same options of a context.
        """
        media = {name: options.pop(name) for name in _MEDIA if name in options}
        kind = repr(sorted(options.items()))
        if self._spare.get(kind) and not untouched:
            page = self._spare[kind].pop()
            page.set_viewport_size({"width": width, "height": height})
            if "permissions" in options:
                page.context.grant_permissions(options["permissions"])
        else:
            page = self._new_context(width, height, **options).new_page()
            self._kinds[page] = kind
        if media:
            page.emulate_media(**media)
        page.set_default_timeout(15_000)
        return page

    def give_back(self, page: Page, *, reusable: bool) -> None:
        """Take a page from a test that has ended; clean one of those that may be used again."""
        self._used[page] = self._used.get(page, 0) + 1
        spare = self._spare.setdefault(self._kinds[page], [])
        if reusable and len(spare) < _MOST_SPARE and self._used[page] < _TIMES_USED:
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
        page.emulate_media(color_scheme="light", media="screen", reduced_motion="no-preference")
        page.mouse.move(0, 0)
        page.goto("/_stcore/health")  # ends the session, and has the app's memory to be cleared
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.context.clear_cookies()
        page.context.clear_permissions()
