"""The course of a claim: a band of its status from day to day, and a mark for every statement, laid out for SVG."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from onrecord.query import ShownClaim
from onrecord.records import Stance, Status
from onrecord.web.words import STANCES, STATUSES, show_day

WIDTH, MARGIN = 900, 12  # pixels
BAND_TOP, BAND_HEIGHT = 58, 26
MARK, MARK_GAP = 5, 12
MOST_MARKS = 4  # above or below one day; the rest is counted
LABEL_WIDTH = 74  # what a day under the axis takes up
LETTER = 7.2


@dataclass(frozen=True, slots=True)
class Stretch:
    """A status from one day to the next change. `label` is empty where it would not fit."""

    x: float
    width: float
    status: Status
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A statement on its day: above the band who asserts, below who denies or will not say."""

    x: float
    y: float
    stance: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A day on the axis."""

    x: float
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Course:
    """A drawing in pixels. `undated` counts statements without a day, which are not in it."""

    width: float
    height: float
    band_top: float
    band_height: float
    stretches: tuple[Stretch, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    undated: int


def draw_course(shown: ShownClaim) -> Course | None:
    """None where everything happened on one day: there is no course to draw."""
    said = [
        (_to_day(shown.quotes[one].day), position.stance, position.root, one)
        for position in shown.claim.positions
        for one in position.statements
        if one in shown.quotes
    ]
    changes = [(_to_day(change.day), change) for change in shown.claim.history]
    days = sorted({day for day, *_ in said if day} | {day for day, _ in changes if day})
    if len(days) < 2:
        return None
    first, last = days[0], days[-1]
    scale = (WIDTH - 2 * MARGIN) / max(1, (last - first).days + 1)

    def place(day: date) -> float:
        return MARGIN + ((day - first).days + 0.5) * scale

    stretches = []
    for nth, (day, change) in enumerate(changes):
        following = changes[nth + 1][0] if nth + 1 < len(changes) else None
        begin = place(day) if day and nth else float(MARGIN)
        end = place(following) if following else float(WIDTH - MARGIN)
        name = STATUSES[change.status][0]
        label = name if end - begin > len(name) * LETTER + 16 else ""
        title = f"{name} since {show_day(change.day)}" if change.day else name
        if end > begin:
            stretches.append(Stretch(begin, end - begin, change.status, label, title))
    marks, piled = [], Counter[tuple[date, bool]]()
    for day, stance, root, statement_id in sorted(said, key=lambda one: one[0] or date.max):
        above = stance is Stance.ASSERTS
        if day is None or piled[day, above] >= MOST_MARKS:
            continue
        nth = piled[day, above]
        piled[day, above] += 1
        y = BAND_TOP - 10 - nth * MARK_GAP if above else BAND_TOP + BAND_HEIGHT + 10 + nth * MARK_GAP
        title = f"{show_day(day.isoformat())}: {root} {STANCES[stance].lower()}"
        marks.append(Mark(place(day), y, stance.value, title, f"/statements/{statement_id}"))
    lowest = max((piled[day, False] for day in days), default=0)
    height = BAND_TOP + BAND_HEIGHT + lowest * MARK_GAP + 30
    undated = sum(day is None for day, *_ in said)
    return Course(
        WIDTH, height, BAND_TOP, BAND_HEIGHT, tuple(stretches), tuple(marks), _make_ticks(days, place), undated
    )


def _make_ticks(days: list[date], place: object) -> tuple[Tick, ...]:
    assert callable(place)
    ticks: list[Tick] = []
    for day in [days[0], days[-1], *days[1:-1]]:
        x = place(day)
        if all(abs(x - tick.x) >= LABEL_WIDTH for tick in ticks):
            anchor = "start" if x < LABEL_WIDTH / 2 else "end" if x > WIDTH - LABEL_WIDTH / 2 else "middle"
            ticks.append(Tick(x, f"{day.day} {day:%b %Y}", anchor))
    return tuple(sorted(ticks, key=lambda tick: tick.x))


def _to_day(value: str | None) -> date | None:
    try:
        return date.fromisoformat((value or "")[:10])
    except ValueError:
        return None
