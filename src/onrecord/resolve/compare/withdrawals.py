"""What somebody takes back on one page of what he said on another: "withdrew its figure of seven dead"."""

from __future__ import annotations

from onrecord.records import Part, Stance
from onrecord.resolve.base import Proposition
from onrecord.resolve.roots import find_tokens, is_same_root
from onrecord.resolve.status import SIDES
from onrecord.resolve.wording import find_stems

FEATURE = "withdrawal"
# words for what is taken back, which do not tell what it was about
GENERIC = find_stems(
    "figure claim statement account charge accusation allegation remark comment report number count toll total version "
    "announcement assertion suggestion story article post warning finding testimony part earlier first original "
    "initial previous what said told about"
)


def find_withdrawal(a: Proposition, b: Proposition) -> Part | None:
    """That one of two propositions of two pages takes the other back, which the same root asserted before; or None.

    What is taken back is mostly only named: the two must have a figure in common where the withdrawal gives one, else a
    word or a name that is neither the root's nor one for claims in general.
    """
    if a.retracts == b.retracts or a.document_id == b.document_id:
        return None
    back, said = (a, b) if a.retracts else (b, a)
    if back.stance not in SIDES or said.stance is not Stance.ASSERTS or said.recalled or said.day > back.day:
        return None
    if not is_same_root(back.body, said.body):
        return None
    if back.figures:
        common = {f"{figure.value:g}" for figure in back.figures} & {f"{figure.value:g}" for figure in said.figures}
    else:
        own = {*find_tokens(back.body), *find_stems(f"{back.body} {back.root}")}
        common = set((back.stems & said.stems) - GENERIC - own)
    return Part(FEATURE, 1.0, " ".join(sorted(common))) if common else None
