from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.read.origin import Mapped, find_raw_span, join_mapped, make_mapped
from onrecord.records import Run, Span

pieces = st.lists(st.tuples(st.text(min_size=1, max_size=8), st.text(max_size=4)), min_size=1, max_size=8)


def build(parts: list[tuple[str, str]]) -> tuple[str, Mapped]:
    raw, mapped = "", []
    for text, noise in parts:
        mapped.append((make_mapped(text, len(raw)), " "))
        raw += text + noise
    return raw, join_mapped(mapped)


@given(pieces)
def test_runs_cover_the_text_in_order_and_read_back(parts: list[tuple[str, str]]) -> None:
    _raw, joined = build(parts)
    assert joined.text == " ".join(text for text, _ in parts)
    position = raw_position = 0
    for run in joined.runs:
        assert run.text.begin == position
        assert run.raw.begin >= raw_position
        position, raw_position = run.text.end, run.raw.end
    assert position == len(joined.text)


@given(pieces, st.data())
def test_a_cut_leads_to_the_same_place(parts: list[tuple[str, str]], data: st.DataObject) -> None:
    _, joined = build(parts)
    begin = data.draw(st.integers(0, len(joined.text)))
    end = data.draw(st.integers(begin, len(joined.text)))
    cut = joined.cut(begin, end)
    assert cut.text == joined.text[begin:end]
    assert find_raw_span(cut.runs, Span(0, end - begin)) == find_raw_span(joined.runs, Span(begin, end))


def test_a_run_of_unequal_lengths_maps_as_a_whole() -> None:
    raw = "Fish &amp; chips"
    mapped = join_mapped(
        [
            (make_mapped("Fish ", 0), ""),
            (Mapped("&", (Run(Span(0, 1), Span(5, 10)),)), ""),
            (make_mapped(" chips", 10), ""),
        ]
    )
    span = find_raw_span(mapped.runs, Span(5, 6))
    assert span is not None
    assert span.of(raw) == "&amp;"
    whole = find_raw_span(mapped.runs, Span(0, len(mapped.text)))
    assert whole is not None
    assert whole.of(raw) == raw


def test_no_place_for_what_is_outside() -> None:
    assert find_raw_span((), Span(0, 1)) is None
    assert find_raw_span(make_mapped("abc").runs, Span(1, 1)) is None
    assert find_raw_span(make_mapped("abc").runs, Span(2, 9)) is None
