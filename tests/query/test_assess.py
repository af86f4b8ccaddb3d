"""Documents of a ledger, and any at hand, against a claim; with an assessor that needs no model."""

from __future__ import annotations

from onrecord.ledger import Ledger
from onrecord.query import assess_claim, assess_document
from onrecord.resolve.assess import Assessor
from onrecord.resolve.stance import BEARINGS, Bearing
from tests.factories import make_document, make_statement
from tests.resolve.pages import WordEmbedder
from tests.resolve.test_stance import make_networks

CLAIM = "Eastland had asked for equipment"


def make_assessor(bearing: Bearing) -> Assessor:
    return Assessor(WordEmbedder(), make_networks(BEARINGS.index(bearing)))


def test_documents_that_share_words_come_with_who_says_so(ledger: Ledger) -> None:
    found = assess_claim(ledger, CLAIM, assessor=make_assessor(Bearing.DISCUSS))
    assert {one.page.address for one in found} == {"asked.txt", "denied.txt"}
    asked = next(one for one in found if one.page.address == "asked.txt")
    assert any("officials in Westmark" in quote.statement.root.name for e in asked.evidence for quote in e.quotes)
    assert all(evidence.words.strip() for evidence in asked.evidence)


def test_the_limit_takes_the_nearest(ledger: Ledger) -> None:
    (nearest,) = assess_claim(ledger, "a good harvest", limit=1, assessor=make_assessor(Bearing.AGREE))
    assert nearest.page.address == "other.txt"


def test_unrelated_ones_are_left_out_unless_asked_for(ledger: Ledger) -> None:
    assessor = make_assessor(Bearing.UNRELATED)
    assert assess_claim(ledger, CLAIM, assessor=assessor) == ()
    assert len(assess_claim(ledger, CLAIM, unrelated=True, assessor=assessor)) == 2


def test_a_claim_without_words_finds_nothing(ledger: Ledger) -> None:
    assert assess_claim(ledger, "?!", assessor=make_assessor(Bearing.AGREE)) == ()


def test_a_document_in_no_ledger() -> None:
    document = make_document()
    assessed = assess_document(document, [make_statement(document)], CLAIM, assessor=make_assessor(Bearing.AGREE))
    assert assessed.page.id == document.id
    (quote,) = {quote.statement.id: quote for e in assessed.evidence for quote in e.quotes}.values()
    assert quote.content == "Eastland had asked for equipment"
