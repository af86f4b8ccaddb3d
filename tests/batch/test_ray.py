"""Two Ray nodes come to the same files as one process, and go on where a driver was killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.batch.steps import make_stages, write_pages
from tests.batch.test_batch import read_tables, run

ROOT = Path(__file__).parents[2]
DRIVER = """
import sys
from pathlib import Path
import ray
from onrecord.batch import run as batch
from tests.batch.steps import make_stages
from tests.batch.test_batch import run
ray.init(address=sys.argv[1], log_to_driver=False, logging_level="ERROR")
batch._make_stages = make_stages()
run(Path(sys.argv[2]), Path(sys.argv[3]), workers=2, executor="ray")
nodes = [node for node in ray.nodes() if node["Alive"]]
assert len(nodes) == 2, nodes
"""
pytestmark = pytest.mark.ray


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Two node processes, of a core each."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, [str(ROOT), *sys.path])))
    cluster_utils = pytest.importorskip("ray.cluster_utils")
    cluster = cluster_utils.Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    try:
        cluster.add_node(num_cpus=1)
        yield cluster.address
    finally:
        cluster.shutdown()


def start(address: str, pages: Path, output: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", DRIVER, address, str(pages), str(output)], cwd=ROOT)


@pytest.mark.slow
def test_the_same_files_as_of_one_process_though_the_driver_is_killed(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = write_pages(tmp_path / "pages")
    began = time.monotonic()
    assert start(address, pages, tmp_path / "ray").wait(200) == 0
    seconds = time.monotonic() - began
    for share in (0.3, 0.5, 0.7):
        driver = start(address, pages, tmp_path / "killed")
        time.sleep(share * seconds)
        driver.kill()
        driver.wait()
    assert start(address, pages, tmp_path / "killed").wait(200) == 0
    monkeypatch.setattr("onrecord.batch.run._make_stages", make_stages())
    run(pages, tmp_path / "one")
    one = read_tables(tmp_path / "one")
    assert read_tables(tmp_path / "ray") == one
    assert read_tables(tmp_path / "killed") == one
