"""Pictures of every page for the docs: `python -m tests.browser.screenshots LEDGER FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from onrecord.ledger import open_ledger
from onrecord.query import find_claims, get_claim
from onrecord.records import Stance, Status
from tests.browser.driving import DESKTOP, PHONE, driving, serving, show_as
from tests.browser.palette import shrink_picture


def take_screenshots(ledger: Path, folder: Path) -> None:
    """One picture a page, at the size of a desk; the ledger also dark, and the claim as on a phone."""
    folder.mkdir(parents=True, exist_ok=True)
    with serving(ledger) as address, driving() as driver:
        for name, path, size, dark in _iter_pictures(ledger):
            show_as(driver, size=size, dark=dark)
            driver.get(address + path)
            driver.execute_async_script("document.fonts.ready.then(arguments[0])")
            if name == "search":
                driver.find_element(By.ID, "q").send_keys("milit")
                WebDriverWait(driver, 10).until(lambda shown: shown.find_elements(By.CSS_SELECTOR, "#found a"))
            if name == "document":
                ActionChains(driver).move_to_element(driver.find_element(By.CSS_SELECTOR, "a.piece:has(.to)")).perform()
            picture = driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})["data"]
            target = folder / f"{name}.png"
            target.write_bytes(shrink_picture(driver, picture))
            print(f"{target}  {target.stat().st_size // 1000} kB")


def _iter_pictures(ledger: Path) -> list[tuple[str, str, tuple[int, int], bool]]:
    opened = open_ledger(ledger, read_only=True)
    claim = find_claims(opened, status=Status.DISPUTED, limit=1).items[0]
    shown = get_claim(opened, claim.id)
    denial = next(position for position in claim.positions if position.stance is Stance.DENIES)
    quote = shown.quotes[denial.statements[0]]
    opened.close()
    tall, taller = (1280, 1180), (1280, 1900)
    return [
        ("ledger", "/", tall, False),
        ("ledger-dark", "/", DESKTOP, True),
        ("claim", f"/claims/{claim.id}", taller, False),
        ("claim-dark", f"/claims/{claim.id}", DESKTOP, True),
        ("claim-phone", f"/claims/{claim.id}", PHONE, False),
        ("who", f"/who?name={denial.root}", tall, False),
        ("document", f"/documents/{quote.page.id}", tall, False),
        ("statement", f"/statements/{quote.statement.id}", taller, False),
        ("raw", f"/documents/{quote.page.id}/raw?from=60&to=90", DESKTOP, False),
        ("search", "/", DESKTOP, False),
        ("check", "/check?documents=1&q=Russia+asked+China+for+military+equipment", tall, False),
        ("add", "/add", DESKTOP, False),
    ]


if __name__ == "__main__":
    take_screenshots(Path(sys.argv[1]), Path(sys.argv[2]))
