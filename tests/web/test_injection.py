"""Whatever words stand in a document, they stay words: no page gains an element, an attribute or a script by them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from lxml import html
from starlette.testclient import TestClient

from onrecord.desk import Desk
from onrecord.ledger import Ledger
from onrecord.query import find_documents, find_statements
from onrecord.settings import Settings
from onrecord.web import make_pages
from onrecord.web.pages import PAGES
from tests.web.ledgers import make_ledger

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "image": '"><img src=x onerror=alert(1)>',
    "attribute": "' onmouseover='alert(1)' x='",
    "link": "javascript:alert(1)",
    "style": "</p></style><style>*{display:none}</style>",
    "htmx": '<b hx-get="/add" hx-trigger="load">b</b>',
    "template": "{{ 7 * 7 }}{% raw %}${7*7}",
    "raw text": "</textarea></title></pre></select></svg><!--",
    "directions": "abc \u2066\u202e\u200f\u2069 def",
    "entity": "&lt;b&gt; &#60;b&#62; &quot;",
    "long": "wide" * 5_000,
}
LINKS = {"", "http", "https"}


def iter_addresses(ledger: Ledger, salt: str) -> Iterator[str]:
    """Every page of the ledger in each of its forms; the same ones in the same order for any salt."""
    word = quote(salt[:200], safe="")
    documents = sorted(find_documents(ledger).items, key=lambda page: page.published or "")
    statements = sorted(
        find_statements(ledger).items, key=lambda one: (one.page.published or "", one.statement.content[0].begin)
    )
    for path in PAGES:
        if "{id}" not in path:
            yield path
    for path in ("/", "/search", "/check", "/documents", "/statements", "/names"):
        yield f"{path}?q=equipment%20{word}"
    yield f"/?by=Anna&outlet={word}"
    yield f"/statements?by={word}&via={word}"
    yield f"/who?name=Anna%20{word}"
    for claim in ("c-asked", "c-letter"):
        yield f"/claims/{claim}"
    for page in documents:
        yield from (f"/documents/{page.id}", f"/documents/{page.id}/raw?from=30&to=40")
    for one in statements:
        yield f"/statements/{one.statement.id}"
    for path in (f"/{word}", f"/claims/{word}", f"/statements/{word}", f"/?since={word}", f"/?status={word}"):
        yield path


def get_shape(page: str) -> list[tuple[str, tuple[str, ...]]]:
    """The elements of a page with the names of their attributes, in order."""
    tree = html.fromstring(page)
    return [(str(one.tag), tuple(sorted(map(str, one.attrib)))) for one in tree.iter() if isinstance(one.tag, str)]


def read_pages(path: Path, salt: str) -> list[tuple[str, str]]:
    ledger = make_ledger(path, salt)
    client = TestClient(make_pages(Desk(ledger, Settings())), base_url="http://localhost")
    read = [(address, client.get(address).text) for address in iter_addresses(ledger, salt)]
    ledger.close()
    return read


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    return read_pages(tmp_path_factory.mktemp("harmless") / "ledger.sqlite", "salt")


@pytest.mark.parametrize("kind", HOSTILE)
def test_words_stay_words(kind: str, harmless: list[tuple[str, str]], tmp_path: Path) -> None:
    salt = HOSTILE[kind]
    for (address, page), (_, expected) in zip(read_pages(tmp_path / "ledger.sqlite", salt), harmless, strict=True):
        if kind != "long":  # a search ends at 500 characters, so a longer one finds something else
            assert get_shape(page) == get_shape(expected), f"{kind} changed {address}"
        tree = html.fromstring(page)
        for element in tree.iter():
            for name, value in element.attrib.items():
                assert not str(name).startswith("on"), f"{address}: {name}"
                assert name != "style", address
                if name in {"href", "src", "action"}:
                    assert urlsplit(str(value)).scheme in LINKS, f"{address}: {value}"
        assert not [one for one in tree.iter("script") if (one.text or "").strip()], address
        assert not list(tree.iter("style")), address


def test_every_field_of_the_test_ledger_reaches_a_page(tmp_path: Path) -> None:
    salts = ("Talks", "Post", "Wire", "advert", "paper", "role", "table", "rule", "test", "By", "ADVERT", "Courier")
    shown = " ".join(page for _, page in read_pages(tmp_path / "ledger.sqlite", "peppercorn"))
    missing = [word for word in salts if f"{word} peppercorn" not in shown and f"{word} 0 peppercorn" not in shown]
    assert not missing
