"""Whatever the description allows to be asked, and much that it does not: no server error, and answers as described."""

from __future__ import annotations

from typing import Any

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from onrecord.desk import Desk
from onrecord.query import find_documents, find_statements

EXAMPLES = 8  # of each route, as described and otherwise
ROUTES = [
    ("GET", "/api/health"),
    ("GET", "/api/counts"),
    ("GET", "/api/claims"),
    ("GET", "/api/claims/{id}"),
    ("GET", "/api/statements"),
    ("GET", "/api/statements/{id}"),
    ("GET", "/api/documents"),
    ("POST", "/api/documents"),
    ("GET", "/api/documents/{id}"),
    ("DELETE", "/api/documents/{id}"),
    ("GET", "/api/documents/{id}/raw"),
    ("GET", "/api/names"),
    ("GET", "/api/outlets"),
    ("GET", "/api/who"),
    ("GET", "/api/timeline"),
    ("GET", "/api/diff"),
    ("GET", "/api/failed"),
    ("GET", "/api/search"),
    ("POST", "/api/extract"),
    ("GET", "/api/assess"),
]
# what makes a page readable and a cursor one of ours, no description can say
READS_PAGES = {("POST", "/api/documents"), ("POST", "/api/extract")}
TAKE_NOTHING = {"/api/health", "/api/counts"}
SETTINGS = hypothesis.settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def described(api: ASGIApp, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The API as it describes itself; ids are those that the ledger has, or anything."""

    def assess(self: Desk, claim: str, *, limit: int, unrelated: bool = False) -> tuple[()]:
        return ()

    monkeypatch.setattr(Desk, "assess", assess)  # its models have tests of their own
    client = TestClient(api, base_url="http://localhost")
    raw = client.get("/openapi.json").json()
    known = {
        "claims": ["c-asked", "c-letter"],
        "documents": [page.id for page in find_documents(desk.ledger).items],
        "statements": [quote.statement.id for quote in find_statements(desk.ledger).items],
    }
    for path, methods in raw["paths"].items():
        for method, operation in methods.items():
            operation.pop("security", None)  # who may write has tests of its own
            for parameter in operation.get("parameters", ()):
                if parameter["name"] == "cursor":
                    parameter["schema"] = {"const": ""}
                if parameter["name"] == "id" and method == "get":
                    shape = parameter["schema"]
                    parameter["schema"] = {"anyOf": [{"enum": known[path.split("/")[2]]}, shape]}
    schema = schemathesis.openapi.from_dict(raw)
    schema.app = api
    return schema


def test_every_route_is_tried(api: ASGIApp) -> None:
    paths = TestClient(api, base_url="http://localhost").get("/openapi.json").json()["paths"]
    assert sorted(ROUTES) == sorted((method.upper(), path) for path, methods in paths.items() for method in methods)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_answers_are_as_described(
    method: str, path: str, mode: GenerationMode, described: Any, writer: dict[str, str]
) -> None:
    if mode is GenerationMode.NEGATIVE and path in TAKE_NOTHING:
        pytest.skip("there is nothing to ask wrongly")
    operation = described[path][method]
    left_out = [positive_data_acceptance] if (method, path) in READS_PAGES else []

    @SETTINGS
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        is_writing = method == "DELETE" or path == "/api/documents"
        case.call_and_validate(headers=writer if is_writing and method != "GET" else {}, excluded_checks=left_out)

    ask()
