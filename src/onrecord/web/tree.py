"""The tree of who got a claim from whom, laid out for SVG: roots on the left, what they were passed on by to the right.

Each leaf is a row and each step away from the root a column; a node stands halfway between its first and its last
branch (the tidy layout of Wetherell and Shannon 1979, enough where all branches point one way).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.query import Quote, ShownClaim
from onrecord.records import Position, Stance
from onrecord.web.links import make_link
from onrecord.web.words import STANCES, show_day, show_name

COLUMN, GAP = 236, 44  # pixels: a node's width, and the room for the lines between two columns
ROW, ROOT_GAP, HEIGHT = 46, 14, 36
LETTERS = 31  # that fit into a node at its type size
MOST_BRANCHES = 8  # of one node; the rest is counted
MOST_ROOTS = 10  # on one side; so is the rest of these
SIDES = (Stance.ASSERTS, Stance.DENIES)  # whoever takes none has passed nothing on


@dataclass(slots=True)
class Branch:
    """A node that is being made. `kind` is "root", "source", "page", "copy", "echo" or "more"."""

    kind: str
    label: str
    note: str = ""
    href: str = ""
    stance: str = ""
    below: dict[str, Branch] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Node:
    """A box with its label, cut to fit, and the whole of it in `title`."""

    x: float
    y: float
    kind: str
    stance: str
    label: str
    note: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Line:
    """From a node to one that got it from there, as an SVG path."""

    path: str
    kind: str


@dataclass(frozen=True, slots=True)
class Tree:
    """A drawing in pixels."""

    width: float
    height: float
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]


def draw_tree(shown: ShownClaim) -> Tree:
    """Roots by stance, then sources and documents; copies hang on their original, echoes on dashed lines."""
    nodes: list[Node] = []
    lines: list[Line] = []
    top = 0.0
    for root in _iter_roots(shown):
        _, used = _place(root, 0, top, nodes, lines)
        top += used + ROOT_GAP
    depth = max((node.x for node in nodes), default=0)
    return Tree(depth + COLUMN + 2, max(0.0, top - ROOT_GAP), tuple(nodes), tuple(lines))


def _iter_roots(shown: ShownClaim) -> Iterator[Branch]:
    placed: set[str] = set()
    for stance in SIDES:
        held = [position for position in shown.claim.positions if position.stance is stance]
        # whoever is carried by most documents comes first
        held.sort(key=lambda position: len(position.documents), reverse=True)
        for nth, position in enumerate(held):
            quotes = [shown.quotes[one] for one in position.statements if one in shown.quotes]
            placed |= {quote.statement.id for quote in quotes}
            if nth < MOST_ROOTS:
                yield _make_root(position, quotes, shown)
        if len(held) > MOST_ROOTS:
            yield Branch("more", f"and {len(held) - MOST_ROOTS:,} more", STANCES[stance].lower())
    # echoes of a report that the ledger lacks: nobody knows whose word they pass on
    orphans = [shown.quotes[one] for one in shown.claim.echoes if one not in placed and one in shown.quotes]
    if orphans:
        root = Branch("root", "Passed on", "whose word it is, is not known", "", "unknown")
        _grow(root, orphans, shown, whole_chain=True)
        yield root


def _make_root(position: Position, quotes: list[Quote], shown: ShownClaim) -> Branch:
    note = STANCES[position.stance].lower() + (", then taken back" if position.withdrawn else "")
    href = make_link("/who", name=position.root) if position.named else ""
    root = Branch("root", position.root, note, href, position.stance.value)
    _grow(root, quotes, shown)
    return root


def _grow(root: Branch, quotes: list[Quote], shown: ShownClaim, *, whole_chain: bool = False) -> None:
    copies, echoes = set(shown.claim.copies), set(shown.claim.echoes)
    pages: dict[str, Branch] = {}
    # originals before their copies, so that these find what to hang on
    for quote in sorted(quotes, key=lambda quote: (quote.page.id in copies, quote.day or "9999")):
        page, statement = quote.page, quote.statement
        if page.id in pages:
            continue
        is_copy, is_echo = page.id in copies, statement.id in echoes
        outlet = page.outlet or show_name(page.address)
        at = root
        if is_copy and shown.originals.get(page.id) in pages:
            at = pages[shown.originals[page.id]]
        else:
            links = statement.chain if whole_chain else statement.chain[:-1]
            for link in reversed(links):
                if link.name.casefold() not in {outlet.casefold(), at.label.casefold()}:
                    at = at.below.setdefault("source " + link.name, Branch("source", link.name, "passed it on"))
        kind = "copy" if is_copy else "echo" if is_echo else "page"
        note = show_day(page.published) + {"copy": ", a copy", "echo": ", an echo"}.get(kind, "")
        pages[page.id] = Branch(kind, outlet, note.removeprefix(", "), f"/statements/{statement.id}")
        at.below["page " + page.id] = pages[page.id]


def _place(branch: Branch, depth: int, top: float, nodes: list[Node], lines: list[Line]) -> tuple[Node, float]:
    """Put the branch and all below it from `top` down; gives its node and the height used."""
    below = list(branch.below.values())
    if len(below) > MOST_BRANCHES + 1:
        left = len(below) - MOST_BRANCHES
        below = [*below[:MOST_BRANCHES], Branch("more", f"and {left:,} more", "")]
    used = 0.0
    ends: list[Node] = []
    for one in below:
        node, height = _place(one, depth + 1, top + used, nodes, lines)
        ends.append(node)
        used += height
    used = max(used, float(ROW))
    y = (ends[0].y + ends[-1].y) / 2 if ends else top + (ROW - HEIGHT) / 2
    x = float(depth * (COLUMN + GAP)) + 1
    made = Node(x, y, branch.kind, branch.stance, _cut(branch.label), branch.note, branch.label, branch.href)
    nodes.append(made)
    lines += [Line(_curve(made, node), node.kind) for node in ends]
    return made, used


def _curve(left: Node, right: Node) -> str:
    begin, end = left.x + COLUMN, right.x
    middle = (begin + end) / 2
    one, other = left.y + HEIGHT / 2, right.y + HEIGHT / 2
    return f"M{begin:g} {one:g}C{middle:g} {one:g} {middle:g} {other:g} {end:g} {other:g}"


def _cut(label: str) -> str:
    return label if len(label) <= LETTERS else label[: LETTERS - 1].rstrip() + "…"
