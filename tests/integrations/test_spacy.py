"""The spaCy component: spans aligned to tokens, batches, pickles, disks, and what a notebook shows."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from onrecord.integrations import spacy as component
from onrecord.integrations.spacy import render
from onrecord.settings import Settings
from tests.factories import PlainExtractor, make_document

SAID = "Anna Belov said that the ferry will not sail. Carl Dorn said that <b>it will</b>."


@pytest.fixture
def nlp(monkeypatch: pytest.MonkeyPatch) -> Language:
    """A pipeline that finds its statements without models, through the entry point."""
    monkeypatch.setattr(component, "make_extractor", lambda _settings: PlainExtractor())
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord")
    return nlp


def test_spacy_finds_the_component_by_itself() -> None:
    code = "import spacy; print(spacy.blank('en').add_pipe('onrecord'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True)
    assert "onrecord.integrations.spacy.Component" in done.stdout


def test_statements_and_their_spans(nlp: Language) -> None:
    belov, dorn = nlp(SAID)._.statements
    assert belov.text == "the ferry will not sail"
    assert [span.text for span in belov.content] == ["the ferry will not sail"]
    assert [span.text for span in belov.cue] == ["said"]
    assert belov.source.text == "Anna Belov"
    assert str(dorn) == "Carl Dorn [assert, positive]: <b>it will</b>"
    expected = PlainExtractor().extract_statements(make_document(SAID))
    assert [(one.record.content, one.record.chain) for one in (belov, dorn)] == [
        (one.content, one.chain) for one in expected
    ]


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(alphabet="ab .,-'“”’\n\t😀ß_()", min_size=1, max_size=40).filter(lambda text: text.strip(" .\n\t")))
def test_spans_are_widened_to_tokens(nlp: Language, words: str) -> None:
    text = f"x{words.replace('.', ',')}".rstrip()
    doc = nlp(f"Anna Belov said that {text}. So it is.")
    (statement,) = doc._.statements
    (content,) = statement.record.content
    (span,) = statement.content
    assert span.start_char <= content.begin < content.end <= span.end_char
    assert doc.text[content.begin : content.end] == text
    # no token too many
    assert span[0].idx + len(span[0]) > content.begin
    assert span[-1].idx < content.end


def test_a_batch_is_as_one_by_one(nlp: Language) -> None:
    texts = [SAID, "Nothing here.", "", "Carl Dorn said that it rains."] * 5
    piped = list(nlp.pipe(texts, batch_size=3))
    assert [doc.text for doc in piped] == texts
    assert [len(doc._.statements) for doc in piped] == [2, 0, 0, 1] * 5
    alone = [nlp(text) for text in texts]
    assert [[one.record for one in doc._.statements] for doc in piped] == [
        [one.record for one in doc._.statements] for doc in alone
    ]


def test_several_workers(nlp: Language) -> None:
    piped = list(nlp.pipe([SAID] * 4, n_process=2, batch_size=2))
    assert [len(doc._.statements) for doc in piped] == [2] * 4


def test_one_odd_text_costs_no_other(nlp: Language) -> None:
    texts = [SAID, "POISON", SAID]
    with pytest.raises(ValueError, match="no model can read"):
        list(nlp.pipe(texts))
    failed: list[str] = []

    def note(_name: str, _component: object, docs: Iterable[Doc], _error: Exception) -> None:
        failed.extend(doc.text for doc in docs)

    nlp.set_error_handler(note)
    assert [doc.text for doc in nlp.pipe(texts)] == [SAID, SAID]
    assert failed == ["POISON"]


def test_docs_are_kept_and_loaded(nlp: Language, tmp_path: Path) -> None:
    doc = nlp(SAID)
    expected = [one.record for one in doc._.statements]
    packed = DocBin(store_user_data=True)
    packed.add(doc)
    packed.to_disk(tmp_path / "docs")
    (loaded,) = DocBin().from_disk(tmp_path / "docs").get_docs(nlp.vocab)
    assert [one.record for one in loaded._.statements] == expected
    assert [one.record for one in pickle.loads(pickle.dumps(doc))._.statements] == expected


def test_a_pipeline_is_kept_and_loaded(nlp: Language, tmp_path: Path) -> None:
    nlp.remove_pipe("onrecord")
    nlp.add_pipe("onrecord", config={"published": "2022-03-14", "min_confidence": 0.5})
    nlp.to_disk(tmp_path / "pipeline")
    loaded = spacy.load(tmp_path / "pipeline")
    assert loaded.pipe_names == ["onrecord"]
    assert loaded.get_pipe_config("onrecord")["published"] == "2022-03-14"
    assert len(loaded(SAID)._.statements) == 2
    assert len(pickle.loads(pickle.dumps(loaded))(SAID)._.statements) == 2


def test_settings_reach_the_extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Settings] = []
    monkeypatch.setattr(component, "make_extractor", lambda given: made.append(given) or PlainExtractor())
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord", config={"min_confidence": 0.7, "threads": 2})
    assert made == []  # loaded with the first text
    nlp("a")
    nlp("b")
    assert [(one.min_confidence, one.threads) for one in made] == [(0.7, 2)]


def test_what_a_notebook_shows_is_escaped(nlp: Language) -> None:
    statements = nlp(SAID)._.statements
    shown = statements._repr_html_()
    assert shown == render(statements)
    assert "&lt;b&gt;it will&lt;/b&gt;" in shown
    assert "<b>" not in shown
    assert shown.count("<tr>") == 3


def test_displacy_shows_the_spans(nlp: Language) -> None:
    doc = nlp(SAID)
    assert {span.label_ for span in doc.spans["onrecord"]} == {"CONTENT", "CUE", "SOURCE"}
    shown = displacy.render(doc, style="span", options={"spans_key": "onrecord"}, jupyter=False)
    assert "CONTENT" in shown


def test_a_doc_that_was_never_read_has_none(nlp: Language) -> None:
    assert nlp.make_doc("Anna Belov said that it rains.")._.statements == ()


@pytest.mark.model
def test_with_the_shipped_models() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord", config={"published": "2022-03-14"})
    doc = nlp("The ferry will not sail before Easter, the harbour master told the council on Sunday.")
    (statement,) = doc._.statements
    assert statement.source.text == "the harbour master"
    assert statement.record.said.date == "2022-03-13"
    other = nlp.make_doc(doc.text)
    other._.published = "2022-03-22"
    assert nlp(other)._.statements[0].record.said.date == "2022-03-20"
