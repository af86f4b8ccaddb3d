import json
from pathlib import Path

import pytest

from bench.floors import FLOORS, find_failures, find_figure


@pytest.fixture
def results(tmp_path: Path) -> Path:
    entry = {"figures": {"model": {"span.cue": {"f1": 75.0}}, "rate": 2}}
    (tmp_path / "attribution.json").write_text(json.dumps(entry))
    return tmp_path


def test_a_figure_is_found_through_keys_with_dots(results: Path) -> None:
    assert find_figure("attribution.model.span.cue.f1", results) == 75.0
    assert find_figure("attribution.rate", results) == 2


@pytest.mark.parametrize("path", ["other.x", "attribution.model", "attribution.model.span", "attribution.rate.x"])
def test_no_such_figure(path: str, results: Path) -> None:
    assert find_figure(path, results) is None


def test_a_figure_below_its_floor_is_named(results: Path) -> None:
    floors = {
        "attribution.rate": {"least": 2},
        "attribution.model.span.cue.f1": {"least": 75.1},
        "no.thing": {"least": 0},
    }
    failures = list(find_failures(floors, results))
    assert [line.split(":")[0] for line in failures] == ["attribution.model.span.cue.f1", "no.thing"]


def test_recorded_figures_reach_their_floors() -> None:
    assert list(find_failures(json.loads(FLOORS.read_text()))) == []
