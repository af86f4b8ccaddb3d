"""The table of cases: texts in cases/*.txt beside what must come out of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bench.gold import GoldAnnotator
from onrecord.extract import Extractor, make_annotator
from onrecord.records import Document, Moment, Statement
from onrecord.settings import Settings

CASES = Path(__file__).parent / "cases"
PUBLISHED = Moment("2022-03-14")
VALUES = {"CT": "certain", "PR": "probable", "PS": "possible", "U": "unknown"}
SIGNS = {"+": "positive", "-": "negative", "": "unknown"}
ROLES = {"s": "source", "c": "cue", "t": "content"}
LITTLE = {"the", "a", "an", "mr", "mrs", "his", "her", "their", "its", "of", "senator"}


@dataclass(frozen=True)
class Expected:
    line: str
    chain: list[str]
    act: str
    polarity: str
    certainty: str
    date: str | None
    content: str
    addressee: str | None
    venue: str | None
    known_miss: str | None


@dataclass
class Case:
    name: str
    text: str
    attributions: list[dict[str, list[list[int]]]]
    expected: list[Expected] = field(default_factory=list)
    nothing: bool = False


def read_cases() -> list[Case]:
    return [case for path in sorted(CASES.glob("*.txt")) for case in _read_file(path)]


def _read_file(path: Path) -> Iterator[Case]:
    blocks = re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip())
    for number, block in enumerate(blocks, 1):
        case: Case | None = None
        miss = None
        for line in block.splitlines():
            if case is None:
                case = Case(f"{path.stem}-{number}", *_read_marks(line))
            elif line.startswith("!"):
                miss = line[1:].strip()
            elif line.startswith("0"):
                case.nothing = True
            else:
                case.expected.append(_read_expected(line, miss))
                miss = None
        assert case is not None
        yield case


def _read_marks(line: str) -> tuple[str, list[dict[str, list[list[int]]]]]:
    text = ""
    marked: dict[str, dict[str, list[list[int]]]] = {}
    last = 0
    for match in re.finditer(r"\{([sct])(\d?):(.*?)\}", line):
        text += line[last : match.start()]
        roles = marked.setdefault(match[2] or "1", {"source": [], "cue": [], "content": []})
        roles[ROLES[match[1]]].append([len(text), len(text) + len(match[3])])
        text += match[3]
        last = match.end()
    return text + line[last:], list(marked.values())


def _read_expected(line: str, miss: str | None) -> Expected:
    assert line.startswith("= "), line
    chain, act, date, content, *more = (part.strip() for part in line[2:].split("|"))
    word, value = act.split()
    sign = value[2:] if value != "U" else ""
    return Expected(
        line,
        [link.strip() for link in chain.split(">")],
        word,
        SIGNS[sign],
        VALUES[value[:2]],
        None if date == "-" else date,
        content,
        next((part[3:] for part in more if part.startswith("to ")), None),
        next((part for part in more if part.startswith(("at ", "in "))), None),
        miss,
    )


CASE_LIST = read_cases()


@pytest.fixture(scope="module")
def found() -> dict[str, tuple[Statement, ...]]:
    annotator = make_annotator(Settings())
    marked = [{"text": c.text, "attributions": c.attributions} for c in CASE_LIST if c.attributions]
    extractor = Extractor(GoldAnnotator(annotator, marked))
    documents = [Document(c.name, c.name, "", c.text, published=PUBLISHED) for c in CASE_LIST]
    return {c.name: s for c, s in zip(CASE_LIST, extractor.extract(documents), strict=True)}


def _words(text: str) -> set[str]:
    words = set(re.findall(r"\w+", re.sub(r"[’']s\b", "", text.casefold())))
    return words - LITTLE or words


def _names_agree(want: str, got: str) -> bool:
    return _words(want) <= _words(got) or _words(got) <= _words(want)


def _matches(statement: Statement, want: Expected, text: str) -> list[str]:
    """What differs between a statement and what was expected; the content decides whether they are compared."""
    names = [link.name for link in statement.chain]
    said = statement.said.date if statement.said else None
    wrong = []
    if len(names) != len(want.chain) or not all(map(_names_agree, want.chain, names)):
        wrong.append(f"chain {names}")
    for what, got, expected in (
        ("act", statement.act.value, want.act),
        ("polarity", statement.polarity.value, want.polarity),
        ("certainty", statement.certainty.value, want.certainty),
        ("date", said, want.date),
    ):
        if got != expected:
            wrong.append(f"{what} {got}")
    hearer = statement.addressee.name if statement.addressee else ""
    venue = statement.venue.of(text) if statement.venue else ""
    if want.addressee and not (hearer and _names_agree(want.addressee, hearer)):
        wrong.append(f"addressee {hearer}")
    if want.venue and not (venue and _names_agree(want.venue, venue)):
        wrong.append(f"venue {venue}")
    return wrong


def _is_about(statement: Statement, want: Expected, text: str) -> bool:
    got = _bag(" ".join(span.of(text) for span in statement.content))
    expected = _bag(want.content)
    return len(got & expected) >= 0.6 * len(got | expected)


def _bag(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold())) - {"that"}


def parameters() -> Iterator[object]:
    for case in CASE_LIST:
        for n, want in enumerate(case.expected):
            # not strict: which of them fail turns on the weights
            marks = [pytest.mark.xfail(reason=want.known_miss, strict=False)] if want.known_miss else []
            yield pytest.param(case, want, id=f"{case.name}.{n}", marks=marks)


@pytest.mark.parametrize(("case", "want"), list(parameters()))
def test_case(case: Case, want: Expected, found: dict[str, tuple[Statement, ...]]) -> None:
    about = [s for s in found[case.name] if _is_about(s, want, case.text)]
    assert about, f"no statement about {want.content!r} in {case.text!r}"
    differences = [_matches(s, want, case.text) for s in about]
    assert [] in differences, f"{want.line}\n{case.text}\n{min(differences, key=len)}"


@pytest.mark.parametrize("case", [pytest.param(c, id=c.name) for c in CASE_LIST if c.nothing])
def test_nothing(case: Case, found: dict[str, tuple[Statement, ...]]) -> None:
    assert not found[case.name]


def test_there_are_enough_cases() -> None:
    assert len({c.text for c in CASE_LIST}) >= 150
