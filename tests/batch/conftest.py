import pytest

from onrecord import intake
from onrecord.inference import embedder


@pytest.fixture(autouse=True)
def models_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stage that runs in this process puts plain readers in place of models: after the test they are back."""
    monkeypatch.setattr(intake, "make_reader", intake.make_reader)
    monkeypatch.setattr(embedder, "make_embedder", embedder.make_embedder)
