"""A page that is used again keeps nothing of the test before."""

from playwright.sync_api import Browser

from tests.browser.app_server import AppServer
from tests.browser.tabs import Tabs


def test_a_page_is_cleaned_and_used_again(browser: Browser, server: AppServer) -> None:
    tabs = Tabs(browser, server.url)
    page = tabs.take(1280, 800)
    page.goto("/_stcore/health")
    page.evaluate("() => { localStorage.setItem('a', 'b'); sessionStorage.setItem('a', 'b'); }")
    page.context.add_cookies([{"name": "a", "value": "b", "url": server.url}])
    page.context.new_page()
    page.emulate_media(color_scheme="dark")
    tabs.give_back(page)
    again = tabs.take(390, 844)
    assert again is page
    again.goto("/_stcore/health")
    assert again.evaluate("() => [innerWidth, innerHeight]") == [390, 844]
    assert again.evaluate("() => matchMedia('(prefers-color-scheme: light)').matches")
    kept = "() => [localStorage.getItem('a'), sessionStorage.getItem('a'), document.cookie]"
    assert again.evaluate(kept)[:2] == [None, None]
    assert "a=b" not in again.evaluate(kept)[2]
    assert again.context.pages == [again]
    again.context.close()


def test_an_untouched_page_is_closed_and_the_one_below_it_is_not(
    browser: Browser, server: AppServer
) -> None:
    tabs = Tabs(browser, server.url)
    page = tabs.take(1280, 800)
    tabs.give_back(page)
    fresh = tabs.take(390, 844, untouched=True)
    assert fresh is not page
    fresh.goto("/_stcore/health")
    assert fresh.evaluate("() => history.length") <= 2  # the empty page and this one
    assert fresh.evaluate("() => innerWidth") == 390
    tabs.give_back(fresh)
    assert fresh.is_closed()
    assert not page.is_closed()
    assert tabs.take(1280, 800) is page
    tabs.give_back(page)
    tabs.close()
    assert page.is_closed()


def test_a_page_is_used_again_for_tests_that_ask_for_its_kind(
    browser: Browser, server: AppServer
) -> None:
    tabs = Tabs(browser, server.url)
    touch = {"has_touch": True, "permissions": ["clipboard-read"]}
    phone = tabs.take(390, 844, **touch)
    tabs.give_back(phone)
    plain = tabs.take(390, 844)
    assert plain is not phone
    again = tabs.take(390, 844, color_scheme="dark", **touch)
    assert again is phone
    again.goto("/_stcore/health")
    assert again.evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches")
    allowed = "async () => (await navigator.permissions.query({ name: 'clipboard-read' })).state"
    assert again.evaluate(allowed) == "granted"
    for page in (plain, again):
        tabs.give_back(page)
    assert not plain.is_closed()
    assert not again.is_closed()
    tabs.close()
    assert plain.is_closed()
    assert again.is_closed()
