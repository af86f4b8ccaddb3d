"""`onrecord watch` as a process, killed with no warning, against a server on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from tests.factories import TEXT
from tests.sites import Site

pytestmark = [pytest.mark.model, pytest.mark.slow]
PAGES = 6
FEED = "<rss><channel><title>Courier</title>{}</channel></rss>"
ITEM = "<item><link>{}/{}</link><pubDate>Mon, 14 Mar 2022 09:00:00 GMT</pubDate></item>"
ARTICLE = "<html><body><article><h1>Talks on aid</h1>{}</article></body></html>"


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    Thread(target=site.server.serve_forever, daemon=True).start()
    paragraphs = "".join(f"<p>{part}</p>" for part in TEXT.split("\n\n")[1:])
    for n in range(PAGES):
        site.pages[f"/{n}"] = ARTICLE.format(paragraphs.replace("equipment", f"equipment of kind {n}")).encode()
    # one that leads to an address that no feed may make us ask
    site.pages["/inside"] = (302, {"Location": "http://169.254.169.254/latest/meta-data/"}, b"")
    items = "".join(ITEM.format(site.url, name) for name in [*range(PAGES), "inside"])
    site.pages["/feed"] = (200, {"ETag": '"v1"', "Content-Type": "application/rss+xml"}, FEED.format(items).encode())
    yield site
    site.server.shutdown()
    site.server.server_close()


def test_killed_at_any_time_it_goes_on(site: Site, tmp_path: Path) -> None:
    ledger = str(tmp_path / "ledger.sqlite")
    environment = os.environ | {"ONRECORD_FETCH_PRIVATE": "127.0.0.1", "ONRECORD_HOST_SECONDS": "0"}
    command = [sys.executable, "-m", "onrecord", "watch", f"{site.url}/feed", "--ledger", ledger, "--json"]
    first = subprocess.Popen([*command, "--every", "60"], stdout=subprocess.PIPE, text=True, env=environment)
    assert first.stdout is not None
    for line in first.stdout:
        if '"added"' in line:
            break
    first.kill()
    first.wait()
    done = subprocess.run(
        [*command, "--once"], capture_output=True, text=True, env=environment, timeout=240, check=False
    )
    assert "Traceback" not in done.stderr
    listed = _list("documents", ledger)
    assert sorted(row["address"] for row in listed) == [f"{site.url}/{n}" for n in range(PAGES)]
    assert {row["published"][:10] for row in listed} == {"2022-03-14"}
    [failed] = _list("failed", ledger)
    assert failed["source"] == f"{site.url}/inside"
    assert "169.254.169.254, not public" in failed["reason"]
    again = subprocess.run(
        [*command, "--once"], capture_output=True, text=True, env=environment, timeout=240, check=False
    )
    assert again.returncode == 0, again.stderr
    asked = [headers for path, headers in site.asked if path == "/feed"]
    assert asked[-1]["If-None-Match"] == '"v1"'
    assert subprocess.run([sys.executable, "-m", "onrecord", "check", "--ledger", ledger], check=False).returncode == 0


def _list(what: str, ledger: str) -> list[dict[str, str]]:
    command = [sys.executable, "-m", "onrecord", what, "--json", "--ledger", ledger]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]
