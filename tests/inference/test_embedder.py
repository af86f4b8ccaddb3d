import numpy as np
import pytest

from onrecord.inference.embedder import SIZE, Embedder, make_embedder
from onrecord.inference.model import load_model

pytestmark = pytest.mark.model

DIED = "Twelve miners died in the blast, the governor said."
KILLED = "The explosion killed a dozen mine workers, according to the governor."
STRIKE = "Rail workers will walk out for two days."


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return make_embedder()


def test_vectors_are_units(embedder: Embedder) -> None:
    vectors = embedder.embed([DIED, "", STRIKE * 200])
    assert vectors.shape == (3, SIZE)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts(embedder: Embedder) -> None:
    assert embedder.embed([]).shape == (0, SIZE)


def test_the_same_thing_in_other_words_is_nearer(embedder: Embedder) -> None:
    died, killed, strike = embedder.embed([DIED, KILLED, STRIKE])
    assert died @ killed > 0.6 > 0.3 > died @ strike


def test_a_text_does_not_depend_on_its_neighbours(embedder: Embedder) -> None:
    together = embedder.embed([STRIKE, DIED])
    alone = Embedder(load_model("embedding", threads=1))
    assert np.array_equal(together[1], alone.embed([DIED])[0])


def test_a_text_that_comes_again_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    embedder, read = Embedder(load_model("embedding", threads=1)), []
    find_pieces = embedder.find_pieces
    monkeypatch.setattr(embedder, "find_pieces", lambda text: read.append(text) or find_pieces(text))
    first, strike, again = embedder.embed([DIED, STRIKE, DIED])
    assert read == [DIED, STRIKE]
    assert np.array_equal(first, again)
    assert not np.array_equal(first, strike)
