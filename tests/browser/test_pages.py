"""Every page in a real browser: it opens without a complaint, fits its window, and axe finds nothing serious."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import SALT

if TYPE_CHECKING:
    from selenium.webdriver import Chrome
    from selenium.webdriver.remote.webelement import WebElement

pytestmark = pytest.mark.browser
AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
RUN_AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ["violations"]}).then((found) => done(found.violations.map(
  (one) => [one.id, one.impact, one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200))])));
"""
PAGES = {
    "ledger": "/",
    "filtered": "/?by=Anna&status=disputed",
    "changes": "/changes?since=2022-03-01&until=2022-04-01",
    "claim": "/claims/c-asked",
    "names": "/names",
    "who": "/who?name=Anna",
    "documents": "/documents",
    "document": "document",
    "raw": "raw",
    "statements": "/statements",
    "statement": "statement",
    "search": "/search?q=equipment",
    "check": "/check?q=Eastland+asked+for+equipment",
    "add": "/add",
    "fault": "/nowhere",
}
LOOKS: dict[str, tuple[tuple[int, int], bool]] = {
    "light": ((1280, 900), False),
    "dark": ((1280, 900), True),
    "phone": ((390, 844), False),
}


@pytest.fixture(scope="module")
def addresses(browser: Chrome, site: str) -> dict[str, str]:
    """The pages by name; those of one document and one statement are found by following links."""
    browser.get(site + "/claims/c-asked")
    found = {name: site + path for name, path in PAGES.items() if path.startswith("/")}
    document = one(browser, "#pages ~ .pages a").get_attribute("href") or ""
    found["document"], found["raw"] = document, document + "/raw?from=20&to=60"
    found["statement"] = one(browser, ".evidence .where").get_attribute("href") or ""
    return found


def one(browser: Chrome, selector: str) -> WebElement:
    return browser.find_element("css selector", selector)


def wait_for(browser: Chrome, selector: str, seconds: float = 10) -> WebElement:
    deadline = time.monotonic() + seconds
    while True:
        if found := browser.find_elements("css selector", selector):
            return found[0]
        assert time.monotonic() < deadline, f"{selector} did not come"
        time.sleep(0.05)


def read_complaints(browser: Chrome) -> list[str]:
    """What the browser logged since it was last asked: errors, and whatever the content policy stopped."""
    logged: list[dict[str, Any]] = browser.get_log("browser")
    return [entry["message"] for entry in logged if entry["level"] in {"SEVERE", "WARNING"}]


def press(browser: Chrome, *keys: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    for key in keys:
        ActionChains(browser).send_keys(key).perform()


@pytest.fixture(autouse=True)
def _quiet(browser: Chrome) -> None:
    from tests.browser.driving import show_as

    show_as(browser)
    browser.get_log("browser")


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_sound(name: str, look: str, browser: Chrome, addresses: dict[str, str]) -> None:
    from tests.browser.driving import show_as

    size, dark = LOOKS[look]
    show_as(browser, size=size, dark=dark)
    browser.get(addresses[name])
    complaints = read_complaints(browser)
    if name == "fault":
        complaints = [complaint for complaint in complaints if "404" not in complaint]
    assert not complaints
    assert one(browser, "h1").text.strip()
    # a window of a phone's size widens with its page: what counts is the size that was asked for
    wider = browser.execute_script("return document.documentElement.scrollWidth") - size[0]
    assert wider <= 0, f"{name} is {wider} pixels wider than its window"
    browser.execute_script(AXE)
    found = browser.execute_async_script(RUN_AXE)
    assert not [violation for violation in found if violation[1] in {"serious", "critical"}]


def test_search_as_you_type_is_driven_by_keys_alone(browser: Chrome, site: str) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.get(site)
    press(browser, "/")
    assert browser.switch_to.active_element.get_attribute("id") == "q"
    press(browser, *"equipm")
    assert "Eastland had asked" in wait_for(browser, "#found a[href='/claims/c-asked']").text
    press(browser, Keys.ARROW_DOWN)
    first = browser.switch_to.active_element
    assert first.find_element("xpath", "ancestor::*[@id='found']")
    press(browser, Keys.ARROW_UP)
    assert browser.switch_to.active_element.get_attribute("id") == "q"
    press(browser, Keys.ESCAPE)
    assert not browser.find_elements("css selector", "#found a")
    press(browser, Keys.ENTER)
    wait_for(browser, ".found-page a")
    assert browser.current_url == site + "/search?q=equipm"
    assert not read_complaints(browser)


def test_filters_work_as_they_change(browser: Chrome, site: str) -> None:
    browser.get(site)
    assert len(browser.find_elements("css selector", "#claim-list article")) == 2
    one(browser, ".filters summary").click()
    one(browser, ".filters input[name=by]").send_keys("Bureau\t")
    wait_for(browser, "#claim-list article:only-of-type")
    assert "by=Bureau" in browser.current_url
    assert not read_complaints(browser)


def test_a_browser_may_send_our_own_forms(browser: Chrome, site: str) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.get(site + "/add")
    one(browser, "button[value=read]").send_keys(Keys.ENTER)
    assert wait_for(browser, "[role=alert]").text == "Paste a text or choose a file."
    # the alert is what the page is answered with, and a browser notes that
    browser.get_log("browser")


def test_the_first_tab_leads_past_the_bar_and_every_stop_is_seen(browser: Chrome, site: str) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.get(site + "/claims/c-asked")
    press(browser, Keys.TAB)
    assert browser.switch_to.active_element.text == "Skip to the page"
    press(browser, Keys.ENTER)
    seen = set()
    for _ in range(25):
        press(browser, Keys.TAB)
        focused = browser.switch_to.active_element
        seen.add(focused.get_attribute("href") or focused.tag_name)
        outlined = browser.execute_script(
            "const s = getComputedStyle(arguments[0]), r = arguments[0].querySelector('rect, circle:not(.reach)');"
            "return s.outlineStyle !== 'none' || (r && getComputedStyle(r).strokeWidth === '3px')",
            focused,
        )
        assert outlined, focused.get_attribute("outerHTML")
    assert not any("/names" in str(stop) for stop in seen), "the skip link leads past the bar"


def test_a_statement_lights_up_whole_and_tells_its_chain(browser: Chrome, addresses: dict[str, str]) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    browser.get(addresses["document"])
    link = one(browser, ".article a.piece")
    chain = link.find_element("css selector", ".tells")
    assert not chain.is_displayed()
    ActionChains(browser).move_to_element_with_offset(link, 0, 0).perform()
    assert chain.is_displayed()
    lit = browser.find_elements("css selector", ".article .piece.on")
    assert {"source", "content"} <= {role for piece in lit for role in (piece.get_attribute("class") or "").split()}
    browser.execute_script("document.activeElement.blur()")
    ActionChains(browser).move_by_offset(-5, -120).perform()
    browser.execute_script("arguments[0].focus({focusVisible: true})", link)
    assert chain.is_displayed()


def test_hostile_words_are_shown_and_do_nothing(browser: Chrome, addresses: dict[str, str]) -> None:
    for name in ("ledger", "claim", "document", "statement", "who", "raw"):
        browser.get(addresses[name])
        assert SALT.partition(" ")[0] in one(browser, "main").text
        assert not browser.find_elements("css selector", "main script, main img")
        assert not read_complaints(browser)


def test_a_line_of_a_megabyte_opens(browser: Chrome, site: str) -> None:
    browser.get(site + "/documents?q=One+line")
    one(browser, ".row-words a").click()
    assert one(browser, "h1").text == "One line"
    assert len(browser.execute_script("return document.querySelector('.article').textContent")) > 1_000_000
    wider = browser.execute_script("return document.documentElement.scrollWidth - window.innerWidth")
    assert wider <= 0
    assert not read_complaints(browser)


def test_every_page_is_whole_without_scripts(browser: Chrome, addresses: dict[str, str], site: str) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(site)
        one(browser, "#q").send_keys("equipment\n")
        found = wait_for(browser, ".found-page a[href='/claims/c-asked']")
        assert "/search?q=equipment" in browser.current_url
        found.click()
        assert one(browser, "h1").text.startswith("Eastland had asked")
        browser.get(site + "/?since=2022-03-17")
        assert len(browser.find_elements("css selector", "#claim-list article")) == 1
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
