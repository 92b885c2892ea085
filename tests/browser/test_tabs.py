"""A page that is used again keeps nothing of the test before."""

import pytest
from playwright.sync_api import Browser

from tests.browser.app_page import open_page
from tests.browser.app_server import AppServer
from tests.browser.tabs import Tabs


def test_a_page_is_cleaned_and_used_again(browser: Browser, server: AppServer) -> None:
    tabs = Tabs(browser, server.url)
    page = tabs.take(1280, 800, untouched=False)
    open_page(page, "/error_curve?x=2")
    page.evaluate("() => { localStorage.setItem('a', 'b'); sessionStorage.setItem('a', 'b'); }")
    page.context.add_cookies([{"name": "a", "value": "b", "url": server.url}])
    page.context.new_page()
    page.emulate_media(color_scheme="dark")
    tabs.give_back(page, reusable=True)
    other = tabs.take(1280, 800, untouched=True)
    assert other is not page
    other.context.close()
    again = tabs.take(390, 844, untouched=False)
    assert again is page
    open_page(again, "/")
    assert again.evaluate("() => [innerWidth, innerHeight]") == [390, 844]
    assert again.evaluate("() => matchMedia('(prefers-color-scheme: light)').matches")
    kept = "() => [localStorage.getItem('a'), sessionStorage.getItem('a'), document.cookie]"
    assert again.evaluate(kept)[:2] == [None, None]
    assert "a=b" not in again.evaluate(kept)[2]
    assert again.context.pages == [again]
    again.context.close()


@pytest.mark.parametrize("reusable", [True, False])
def test_what_may_not_be_used_again_is_closed(
    browser: Browser, server: AppServer, reusable: bool
) -> None:
    tabs = Tabs(browser, server.url)
    page = tabs.take(1280, 800, untouched=False)
    tabs.give_back(page, reusable=reusable)
    assert page.is_closed() is not reusable
    tabs.close()
    assert page.is_closed()


def test_a_page_is_used_again_for_tests_that_ask_for_its_kind(
    browser: Browser, server: AppServer
) -> None:
    tabs = Tabs(browser, server.url)
    touch = {"has_touch": True, "permissions": ["clipboard-read"]}
    phone = tabs.take(390, 844, untouched=False, **touch)
    tabs.give_back(phone, reusable=True)
    plain = tabs.take(390, 844, untouched=False)
    assert plain is not phone
    again = tabs.take(390, 844, untouched=False, color_scheme="dark", **touch)
    assert again is phone
    again.goto("/_stcore/health")
    assert again.evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches")
    allowed = "async () => (await navigator.permissions.query({ name: 'clipboard-read' })).state"
    assert again.evaluate(allowed) == "granted"
    for page in (plain, again):
        tabs.give_back(page, reusable=True)
    assert not plain.is_closed()
    assert not again.is_closed()
    tabs.close()
    assert plain.is_closed()
    assert again.is_closed()
