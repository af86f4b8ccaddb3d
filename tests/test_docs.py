"""What the documentation says is so: every command runs, every example runs, nothing that is public is left out.

A block that starts a server, or needs what a test of docs has not, says above it which test runs it:
`<!-- tested: tests/web/test_pages.py::test_name -->`.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from types import ModuleType

import click
import pytest

import onrecord
from onrecord.cli.app import COMMANDS, cli
from onrecord.settings import Settings
from tests.examples import make_examples_ledger

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
BLOCK = re.compile(
    r"^(?:<!-- tested: (?P<test>\S+) -->\n)?```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)
ENDS = {"|", ">", "&&", ";", "&"}  # where the shell takes over again
ELSEWHERE = {"make", "pip", "uv"}  # what a contributor or an installer runs


@dataclass(frozen=True)
class Block:
    page: str
    kind: str
    body: str
    test: str | None

    @property
    def lines(self) -> list[str]:
        """Commands, one each, without the prompt and without what a command would print."""
        lines = self.body.replace("\\\n", " ").splitlines()
        if any(line.startswith("$ ") for line in lines):
            lines = [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
        return [line for line in lines if line.strip()]


def iter_blocks(*kinds: str) -> Iterator[Block]:
    for page in PAGES:
        for match in BLOCK.finditer(page.read_text(encoding="utf-8")):
            if match["kind"] in kinds:
                yield Block(str(page.relative_to(ROOT)), match["kind"], match["body"], match["test"])


def iter_commands() -> Iterator[tuple[str, list[str]]]:
    """Every call of onrecord in the docs, with the page it stands on."""
    for block in iter_blocks("console", "sh", "bash"):
        for line in block.lines:
            words = shlex.split(line, comments=True)
            for place, word in enumerate(words):
                if word == "onrecord" and (place == 0 or words[place - 1] in ENDS):
                    rest = words[place + 1 :]
                    stop = next((n for n, one in enumerate(rest) if one in ENDS), len(rest))
                    yield block.page, rest[:stop]


@pytest.mark.parametrize(("page", "arguments"), list(iter_commands()))
def test_commands_take_what_the_docs_give_them(page: str, arguments: list[str]) -> None:
    group: click.Group = cli
    context = group.make_context("onrecord", list(arguments), resilient_parsing=False)
    rest = [*context._protected_args, *context.args]
    while rest:
        command = group.get_command(context, rest[0])
        assert command is not None, f"{page} shows a command that is not there: {rest[0]}"
        if not isinstance(command, click.Group):
            command.make_context(rest[0], rest[1:], parent=context)
            return
        context = command.make_context(rest[0], rest[1:], parent=context)
        group, rest = command, [*context._protected_args, *context.args]


@pytest.mark.parametrize("test", sorted({block.test for block in iter_blocks("console", "sh", "bash") if block.test}))
def test_a_block_that_another_test_runs_names_one_that_is_there(test: str) -> None:
    path, _, name = test.partition("::")
    assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8")


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what the pages speak of: the examples, a ledger of them, files under the names that they use."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copy(make_examples_ledger(), tmp_path / "march.sqlite")
    shutil.copy(make_examples_ledger(), tmp_path / "ledger.sqlite")
    for folder in ("articles", "archive"):
        (tmp_path / folder).mkdir()
    copies = {
        "articles/a.html": "10-continental-dispatch.html",
        "archive/2022-03-16.txt": "12-aero-weekly.txt",
        "article.html": "10-continental-dispatch.html",
        "today.html": "10-continental-dispatch.html",
        "page.html": "11-continental-dispatch.html",
        "dump.txt": "05-rheinkurier.txt",
        "feed.jsonl": "17-briefs.jsonl",
    }
    for name, example in copies.items():
        shutil.copy(ROOT / "examples" / example, tmp_path / name)
    pair = {"id": "p1", "text": "The ferry will sail, Anna Belov said.", "claims": [{"claim": "The ferry will sail"}]}
    (tmp_path / "pairs.jsonl").write_text(json.dumps(pair) + "\n")
    subprocess.run(["gzip", "-k", str(tmp_path / "pairs.jsonl")], check=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONRECORD_LEDGER", str(tmp_path / "ledger.sqlite"))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


# the first id of a list, as a reader would copy it from what the lines before have left in the ledger
FIRST = """first() { onrecord --ledger march.sqlite "$1" --limit 1 --json 2>/dev/null |
  python -c 'import json, sys; print(json.loads(sys.stdin.readline())["id"])'; }
"""


def fill_in(line: str) -> str:
    """A command as a reader types it: with ids in place of the words that stand for them."""
    for word, listed in {"CLAIM": "claims", "DOCUMENT": "documents", "ID": "claims"}.items():
        line = re.sub(rf"(?<=\s){word}\b", f"$(first {listed})", line)
    return line


PAGES_OF_COMMANDS = sorted({page for page, _ in iter_commands()})


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES_OF_COMMANDS)
def test_commands_run(page: str, workplace: Path) -> None:
    """One page after the other, in one shell a page, as a reader would."""
    blocks = [block for block in iter_blocks("console", "sh", "bash") if block.page == page and not block.test]
    script = [fill_in(line) for block in blocks for line in block.lines if shlex.split(line)[0] not in ELSEWHERE]
    if not shutil.which("sqlite3") and any(shlex.split(line)[0] == "sqlite3" for line in script):
        pytest.skip("the program sqlite3 is not installed")
    failing = "trap 'echo \"failed ($?): $BASH_COMMAND\" >&2; exit 9' ERR\n"
    bash = ["bash", "-o", "pipefail", "-c", FIRST + failing + "\n".join(script)]
    done = subprocess.run(bash, cwd=workplace, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, f"{page}: {done.stderr[-1500:]}"
    assert "Traceback" not in done.stderr


@pytest.mark.model
@pytest.mark.parametrize("page", sorted({block.page for block in iter_blocks("python")}))
def test_python_examples_run(page: str, workplace: Path) -> None:
    """With what the commands of the page have made."""
    if "howto/export" in page:
        for name, output in (("jsonl", "march.jsonl"), ("parquet", "parquet")):
            cli.main(["export", "--format", name, "--output", output, "--quiet"], standalone_mode=False)
    names: dict[str, object] = {}
    for block in iter_blocks("python"):
        if block.page == page:
            exec(compile(block.body, page, "exec"), names)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_shown_in_use(name: str) -> None:
    assert any(name in arguments for _, arguments in iter_commands()), f"no page of the docs shows onrecord {name}"


def test_every_public_name_is_in_the_reference() -> None:
    page = (DOCS / "reference" / "python.md").read_text(encoding="utf-8")
    homes = {f"onrecord.{home}.{name}" for name, home in onrecord._HOMES.items()}
    assert set(re.findall(r"^::: (\S+)$", page, re.MULTILINE)) == homes


def test_every_setting_is_in_the_reference() -> None:
    page = (DOCS / "reference" / "settings.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `(ONRECORD_\w+)` \|", page, re.MULTILINE))
    assert named == {f"ONRECORD_{field.name.upper()}" for field in fields(Settings)}


def test_every_error_is_in_the_reference(hooks: ModuleType) -> None:
    """The table is made from the source; this checks the maker against a plain search of it."""
    page = hooks.fill((DOCS / "errors.md").read_text(encoding="utf-8"))
    assert "there is no ledger at … yet: `onrecord add PATH` makes one" in page
    raised: set[str] = set()
    for path in (ROOT / "src" / "onrecord").rglob("*.py"):
        # the beginning of each message that is written out where it is raised
        raised.update(re.findall(r'raise (?:Run|Document|NotFound|Cursor)Error\(f?"([^"{}\\]{12,})', path.read_text()))
    assert len(raised) > 10
    missing = {words for words in raised if words.replace("<", "&lt;") not in page}
    assert not missing


def test_every_figure_is_one_that_was_measured(hooks: ModuleType) -> None:
    page = hooks.fill((DOCS / "figures.md").read_text(encoding="utf-8"))
    assert "<!--" not in page
    for file in (ROOT / "bench" / "results").glob("*.json"):
        form = json.loads(file.read_text(encoding="utf-8"))
        assert f"`{form['command']}`" in page, f"no table of {file.name}"
    statements = json.loads((ROOT / "bench" / "results" / "statements.json").read_text(encoding="utf-8"))
    assert f"| with its own spans | {statements['figures']['own spans']['found']} |" in page
    with pytest.raises(KeyError):
        hooks.fill("<!-- figures wishes -->")


def test_every_route_is_in_the_reference(hooks: ModuleType) -> None:
    page = hooks.fill((DOCS / "howto" / "api.md").read_text(encoding="utf-8"))
    paths = hooks.routes.read_description()["paths"]
    assert len(paths) > 10
    for path, methods in paths.items():
        for method in methods:
            assert f"| `{method.upper()} {path}` | " in page


def test_every_tool_is_in_the_reference(hooks: ModuleType) -> None:
    page = hooks.fill((DOCS / "howto" / "assistant.md").read_text(encoding="utf-8"))
    described = hooks.tools.read_tools()
    assert len(described) > 5
    for tool in described:
        assert f"| `{tool.name}` | " in page


@pytest.mark.slow
def test_the_site_is_built_and_fetches_nothing(tmp_path: Path) -> None:
    mkdocs = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(
        mkdocs, cwd=ROOT, capture_output=True, text=True, timeout=200, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    )
    assert done.returncode == 0, done.stderr[-2000:]
    fetched = re.compile(
        r'<(?:script|img|iframe)[^>]+src="(?:https?:)?//|<link[^>]+stylesheet[^>]+href="(?:https?:)?//'
    )
    for page in (tmp_path / "site").rglob("*.html"):
        assert not fetched.search(page.read_text(encoding="utf-8")), page
    commands = (tmp_path / "site" / "reference" / "commands.html").read_text(encoding="utf-8")
    assert all(f'id="onrecord-{name}"' in commands for name in COMMANDS)
    assert "UNSET" not in commands


@pytest.fixture
def hooks(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """What MkDocs loads from docs/hooks."""
    import importlib

    monkeypatch.syspath_prepend(str(DOCS / "hooks"))
    return importlib.import_module("hooks")
