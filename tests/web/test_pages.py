"""Every page opens, says what it must, and tells what went wrong."""

from __future__ import annotations

import pytest
from lxml import html
from starlette.testclient import TestClient

from onrecord.desk import Desk
from onrecord.ledger import Ledger
from onrecord.query import find_documents, find_statements
from onrecord.web.pages import PAGES
from onrecord.web.shield import HEADERS


def fill(path: str, ledger: Ledger) -> str:
    """A path with an id that is in the ledger."""
    ids = {
        "claims": "c-asked",
        "documents": find_documents(ledger).items[0].id,
        "statements": find_statements(ledger).items[0].statement.id,
    }
    filled = path.replace("{id}", ids.get(path.split("/")[1], ""))
    return filled + ("?name=Anna salt" if path == "/who" else "")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_with_one_heading_and_its_headers(path: str, pages: TestClient, ledger: Ledger) -> None:
    answer = pages.get(fill(path, ledger))
    assert answer.status_code == 200
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    tree = html.fromstring(answer.text)
    assert len(tree.findall(".//h1")) == 1
    assert tree.get("lang") == "en"
    assert tree.findtext(".//title")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_without_a_ledger_to_show(path: str, empty: TestClient) -> None:
    answer = empty.get(path.replace("{id}", "none"))
    assert answer.status_code == (404 if "{id}" in path else 400 if path == "/who" else 200)


@pytest.mark.parametrize("path", PAGES)
def test_every_link_leads_somewhere(path: str, pages: TestClient, ledger: Ledger) -> None:
    tree = html.fromstring(pages.get(fill(path, ledger)).text)
    links = {str(link) for link in tree.xpath("//a/@href | //link/@href | //script/@src")}
    for link in links:
        if link.startswith("#"):
            assert tree.get_element_by_id(link[1:]) is not None
        else:
            assert pages.get(link).status_code == 200, link


def test_a_page_that_has_not_changed_is_not_sent_again(pages: TestClient) -> None:
    first = pages.get("/claims/c-asked")
    again = pages.get("/claims/c-asked", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert pages.get("/claims/c-letter", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_assets_are_kept_for_a_year_and_the_stylesheet_names_hashed_fonts(pages: TestClient) -> None:
    tree = html.fromstring(pages.get("/").text)
    (sheet,) = tree.xpath("//link[@rel='stylesheet']/@href")
    answer = pages.get(str(sheet))
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"].startswith("text/css")
    fonts = [part.partition(")")[0] for part in answer.text.split("url(")[1:]]
    assert fonts
    assert all(pages.get(font).headers["Content-Type"] == "font/woff2" for font in fonts)
    assert pages.get("/static/page.css").status_code == 404


def test_a_claim_shows_positions_face_to_face_with_their_evidence(pages: TestClient) -> None:
    tree = html.fromstring(pages.get("/claims/c-asked").text)
    sides = {
        heading.text_content().strip("+−? "): [one.text_content() for one in heading.getparent().findall(".//bdi")]
        for heading in tree.findall(".//h3")
    }
    assert sides["Asserted by"][0] == "officials salt"
    assert sides["Denied by"][0] == "Anna salt"
    assert sides["Declined to say"][0] == "Bureau salt"
    assert "1 independent voice in 4 documents, 1 copy, 1 echo" in " ".join(tree.text_content().split())
    drawn = [title.text for title in tree.iter("title") if title.getparent().tag == "g"]
    assert {"officials salt", "Post 1 salt", "The Echo salt"} <= set(drawn)
    assert tree.xpath("//*[contains(@class, 'line copy')]")
    assert tree.xpath("//*[contains(@class, 'stretch disputed')]")


def test_a_claim_says_at_its_top_why_it_stands_so_and_since_when(pages: TestClient) -> None:
    (why,) = html.fromstring(pages.get("/claims/c-asked").text).xpath("//section[@aria-labelledby='why']")
    text = " ".join(why.text_content().split())
    assert "Why it is disputed Since 16 March 2022; before that one voice from 13 March 2022." in text
    grounds = [(one.get("class"), one.findtext(".//bdi")) for one in why.findall(".//li")]
    assert grounds == [("asserts", "officials salt"), ("denies", "Anna salt")]
    assert len(why.xpath(".//a[starts-with(@href, '/statements/')]")) == 2


def test_a_claim_as_it_stood_on_a_day(pages: TestClient) -> None:
    then = " ".join(html.fromstring(pages.get("/claims/c-asked?as_of=2022-03-14").text).text_content().split())
    assert "As it stood at the end of 14 March 2022." in then
    assert "Whose word it rests on Since 13 March 2022." in then
    assert "1 independent voice in 2 documents, 1 copy As it stood" in then
    assert "Denied by Nobody on record." in then.replace("− ", "").replace("−", "")
    assert "Why it is disputed" in pages.get("/claims/c-asked").text
    assert pages.get("/claims/c-asked?as_of=2022-03-12").status_code == 404
    assert pages.get("/claims/c-asked?as_of=yesterday").status_code == 400
    assert "/claims/c-asked?as_of=2022-03-14" in pages.get("/?as_of=2022-03-14").text


def test_the_list_of_claims_can_be_filtered(pages: TestClient) -> None:
    def texts(query: str) -> list[str]:
        tree = html.fromstring(pages.get("/" + query).text)
        return [
            str(link).partition("?")[0].rpartition("/")[2]
            for link in tree.xpath("//*[@id='claim-list']//article//h2/a/@href")
        ]

    assert texts("") == ["c-asked", "c-letter"]
    assert texts("?status=disputed") == ["c-asked"]
    assert texts("?by=Bureau") == ["c-asked"]
    assert texts("?outlet=Post 2 salt") == ["c-asked"]
    assert texts("?since=2022-03-17") == ["c-letter"]
    assert texts("?until=2022-03-12") == []
    assert texts("?q=seen the letter")[0] == "c-letter"
    assert texts("?as_of=2022-03-14") == ["c-asked"]


def test_search_as_you_type_gives_a_piece_of_a_page(pages: TestClient) -> None:
    piece = pages.get("/search?q=equipm", headers={"HX-Target": "found"}).text
    assert "<html" not in piece
    assert "/claims/c-asked" in piece
    assert "/claims/c-asked" in pages.get("/search?q=equipm").text


def test_a_document_shows_its_statements_and_what_was_left_out(pages: TestClient, ledger: Ledger) -> None:
    page = next(page for page in find_documents(ledger).items if "2-salt" in page.address)
    tree = html.fromstring(pages.get(f"/documents/{page.id}").text)
    (article,) = tree.xpath("//article[contains(@class, 'article')]")
    assert {"source", "cue", "content"} <= {
        role for piece in article.xpath(".//*[@data-s]/@class") for role in str(piece).split()
    }
    told = [" ".join(one.text_content().split()) for one in article.xpath(".//*[@class='tells']")]
    assert "officials salt via The Echo salt said, 15 March 2022" in told
    (left_out,) = article.findall(".//details")
    assert "Left out: advert salt" in left_out.text_content()
    raw = pages.get(left_out.xpath(".//a/@href")[0]).text
    assert html.fromstring(raw).get_element_by_id("here").text == "ADVERT salt"


def test_a_paragraph_leads_to_itself_in_the_raw_page(pages: TestClient, ledger: Ledger) -> None:
    page = find_documents(ledger).items[0]
    tree = html.fromstring(pages.get(f"/documents/{page.id}").text)
    for link in tree.xpath("//a[@class='raw']"):
        paragraph = link.getparent()
        for told in paragraph.xpath(".//*[@class='tells']"):
            told.getparent().remove(told)
        words = paragraph.text_content().removesuffix("¶")
        assert html.fromstring(pages.get(link.get("href")).text).get_element_by_id("here").text == words


def test_a_statement_says_why_it_was_read_so_and_how_to_cite_it(pages: TestClient, ledger: Ledger) -> None:
    quote = next(q for q in find_statements(ledger).items if "Eastland" in q.content and "2-salt" in q.page.address)
    tree = html.fromstring(pages.get(f"/statements/{quote.statement.id}").text)
    rows = [[" ".join(cell.text_content().split()) for cell in row] for row in tree.findall(".//tbody/tr")]
    assert rows == [["act", "told", "table salt"], ["polarity", "–", "rule salt"]]
    cite = tree.get_element_by_id("cite-text").text_content()
    assert cite.startswith("officials salt (15 March 2022): “Eastland had asked for equipment salt”")
    assert "passed on by The Echo salt" in cite
    assert cite.endswith(f"http://localhost/statements/{quote.statement.id}")


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nowhere", 404, "No page has this address."),
        ("/claims/none", 404, "No claim none."),
        ("/who?name=Nobody", 404, "Nobody called Nobody is on record in this ledger."),
        ("/?since=yesterday", 400, "“yesterday” is not a day."),
        ("/?status=true", 400, "There is no status “true”."),
        ("/?cursor=x", 400, "This place in the list is gone."),
        ("/statements?act=sing", 400, "There is no act “sing”."),
        ("/documents/none/raw?from=x", 404, "No document none."),
    ],
)
def test_a_fault_says_what_it_was_and_where_to_go_on(address: str, status: int, words: str, pages: TestClient) -> None:
    answer = pages.get(address)
    assert answer.status_code == status
    assert words in html.fromstring(answer.text).text_content()
    assert html.fromstring(answer.text).xpath("//main//form[@role='search']")


def test_a_bug_is_shown_as_a_page_too(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.settings import Settings
    from onrecord.web import ledger as ledger_page
    from onrecord.web import make_pages

    def fail(*_arguments: object, **_options: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(ledger_page, "find_claims", fail)
    client = TestClient(make_pages(Desk(ledger, Settings())), raise_server_exceptions=False)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "Something broke" in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
