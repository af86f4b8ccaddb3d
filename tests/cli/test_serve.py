"""`onrecord serve` says where it is, answers, stops when told to, and says what is in its way."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from onrecord.cli.serve import is_loopback
from tests.web.ledgers import make_ledger


@contextmanager
def running(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server in a process of its own, and its address as it prints it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "onrecord", *arguments],
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stderr is not None
        told = process.stderr.readline()
        address = re.search(r"http://\S+", told)
        assert address, told
        yield process, address[0]
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    path = tmp_path / "ledger.sqlite"
    make_ledger(path).close()
    return str(path)


def test_it_answers_on_loopback_and_stops_on_ctrl_c(ledger: str) -> None:
    with running("--ledger", ledger, "serve", "--port", "0") as (process, address):
        assert address.startswith("http://127.0.0.1:")
        transport = httpx.HTTPTransport(retries=5)
        with httpx.Client(base_url=address, transport=transport, timeout=30) as client:
            assert "1 claim is in dispute" in client.get("/").text
            assert client.get("/api/claims/c-asked").json()["status"] == "disputed"
            assert client.get("/openapi.json").json()["info"]["title"] == "onrecord"
            assert client.get("/", headers={"Host": "rebound.example"}).status_code == 421
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()


def test_it_makes_a_ledger_where_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "new.sqlite"
    with (
        running("serve", "--ledger", str(path), "--port", "0") as (_, address),
        httpx.Client(base_url=address, transport=httpx.HTTPTransport(retries=5), timeout=30) as client,
    ):
        assert "Nothing is on record yet" in client.get("/").text
    assert path.exists()


def test_open_to_others_it_takes_a_token(ledger: str) -> None:
    with (
        running("serve", "--ledger", ledger, "--host", "0.0.0.0", "--port", "0") as (_, address),
        httpx.Client(base_url=address, transport=httpx.HTTPTransport(retries=5), timeout=30) as client,
    ):
        assert client.get("/").status_code == 401


def test_a_port_that_is_taken_is_told(ledger: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        told = subprocess.run(
            [sys.executable, "-m", "onrecord", "serve", "--ledger", ledger, "--port", port],
            capture_output=True,
            text=True,
            check=False,
        )
    assert told.returncode == 2
    assert f"cannot listen on 127.0.0.1:{port}" in told.stderr
    assert "--port" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_missing_extra_names_its_install_line(ledger: str) -> None:
    hide = "import sys; sys.modules['uvicorn'] = None; from onrecord.cli.app import run; run()"
    told = subprocess.run(
        [sys.executable, "-c", hide, "serve", "--ledger", ledger], capture_output=True, text=True, check=False
    )
    assert told.returncode == 2
    assert 'pip install "onrecord[web]"' in told.stderr


@pytest.mark.parametrize(
    ("host", "is_ours"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("::", False), ("desk", False)],
)
def test_loopback_is_told_from_the_rest(host: str, is_ours: bool) -> None:
    assert is_loopback(host) is is_ours
