"""Roots are bodies, not mouths: which of the voices on a claim are one, and which are nobody in particular."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from onrecord.extract.gender import find_gender, find_gender_of_name, find_gender_of_person
from onrecord.names import (
    SAME,
    Body,
    expand_acronym,
    find_initials,
    find_metonym,
    is_known_outlet,
    match_bodies,
    match_names,
    split_name,
)
from onrecord.names import find_body as find_named_body
from onrecord.names.places import DEMONYM, NAME
from onrecord.resolve.base import Proposition
from onrecord.resolve.compare.retelling import RUN, find_long_runs
from onrecord.resolve.subjects import EMPTY
from onrecord.resolve.wording import find_stems

UNKNOWN = re.compile(
    r"^(?:an? |the |some |several |many |other |earlier |first |local |foreign |unconfirmed )*(?:\w+ )?"
    r"(?:unnamed source|reports?|media|media reports?|"
    r"press reports?|rumou?rs?|news reports?|newspapers?|outlets?|it|this|unknown|nobody|everybody|everyone|"
    r"the page['’]s author)"
    r"(?: (?:in|from|on) .+)?$"
    # "45 percent of voters", "one in four", "many": what a poll or the writer makes of a crowd
    r"|^(?:(?:the|an?|some|about|nearly|almost|just|only|another|at least|more than|fewer than|average of) )*"
    r"(?:[\w.-]+(?: [\w-]+)?(?: percent\b| per cent\b| in (?:three|four|five|ten|\d+)\b)|\d[\d.]*%"
    r"|(?:many|most|some|others|both|several|people|half|one|everyone else|anyone|someone|somebody|you)$).*",
    re.I,
)
MEDIA = re.compile(
    r"\b(?i:newspapers?|news (?:agency|site|channel|outlet|network)|radio|television|tv|broadcaster|website|magazine|"
    r"weekly|daily|gazette|herald|tribune|journal)\b"
    # words of other trades too (an observer, a border post), but where they are capitalised
    r"|\b(?:Station|News|Observer|Courier|Dispatch|Times|Post|Chronicle|Press)\b"
    # and but where they are all that is said: a paper may be a study
    r"|^(?i:the|this) (?:paper|site|blog|outlet|network|channel|publication|story|article|tweet|post)$"
)
# what tells of a root, and is not it: "a letter that was seen by Union Press"
BESIDE = re.compile(r",? (?:that|which|who|seen by|leaked to|obtained by|published by|shown to) ")
FILLERS = frozenset(
    re.findall(
        r"\S+",
        """
        the a an its his her their our of for in at and own some one two three four five several who which that has have
        had was were is to not be been from with on by as country it them this that unnamed anonymous unidentified
        unspecified undisclosed
        """,
    )
)
# heads of unnamed people: who is called so speaks for no body
PEOPLE = frozenset(
    re.findall(
        r"\S+",
        """
        official source diplomat aide people person executive insider adviser officer expert doctor physician surgeon
        nurse worker employee member student teacher banker friend driver cleaner resident witness deckhand survivor
        soldier neighbour neighbor lawyer analyst researcher scientist passenger volunteer man woman fisherman farmer
        engineer player colleague relative mother father brother sister son daughter restorer dealer rescuer guard pilot
        sailor manager investor trader delegate negotiator lawmaker senator deputy observer hacker customer user critic
        """,
    )
)
# words for a single person; an official or a source is one who does not want to be named, and no one else's other name
ANYBODY = frozenset(["man", "woman", "boy", "girl", "youth", "child", "teenager", "guest", "victim"])
INDIVIDUAL = re.compile(
    r"^(?:an?|the|another|this|that|one|his|her) (?:(?!(?:of|for|to|who|that|by|with|in|on|at|from)\b)[\w-]+ ){0,4}?"
    r"(?P<who>man|woman|boy|girl|youth|child|teenager|guest|victim|bride|groom|bridegroom|mother|father|wife|husband|"
    r"widow|boyfriend|girlfriend|owner|driver|nurse|waiter|waitress|student|patient|passenger|tourist|survivor|"
    r"suspect|killer|attacker|gunman|militant|fighter|journalist|reporter|blogger|singer|actor|actress)"
    r"(?=$|,| (?:who|that|in|on|at|from|with)\b)",
    re.I,
)
ALIKE = {"physician": "doctor", "surgeon": "doctor", "neighbor": "neighbour", "persons": "person", "people": "person"}
CORE_ORGANS = frozenset(
    re.findall(r"\S+", "ministry minister government army military embassy ambassador administration parliament staff")
)
FIELDS = frozenset(
    re.findall(
        r"\S+",
        "foreign defence defense interior information finance health justice transport economy economics",
    )
)
ORGANS = CORE_ORGANS | FIELDS | {"general", "presidential", "cabinet", "capital", "troop", "force", "state"}
INITIALS = re.compile(r" \((?P<short>[A-Za-z.&-]*[A-Z][A-Za-z.&-]*[A-Z][A-Za-z.&-]*)\)?$")
# stems of a quotation by which it is known again, and the share of them that must be the same
FEWEST, SAME_WORDS = 3, 0.75
FEWEST_LETTERS = 3  # of an acronym that stands for one body alone
# words in a row that no two voices choose alike, in quotations and elsewhere, and the share of the shorter content
# that they must be: "asked the National Bank for emergency cash" is what anybody would say of it
LONG_RUN, SAME_RUN = 12, 0.5
SURE = 0.9  # score of two names, which those of siblings reach: Maria and Mario Lopez sound alike
LONG_WORD = 5  # letters of a word that one more or less makes no other


def is_unknown(root: str) -> bool:
    """Whether a root is nobody in particular: reports, media, an unnamed source. Never counted as independent."""
    return UNKNOWN.match(root.strip()) is not None


def is_media(root: str, outlets: Iterable[str]) -> bool:
    """Whether a root is an outlet: it is one of these, or is called like one."""
    head = BESIDE.split(root, maxsplit=1)[0]
    tokens = find_tokens(root)
    known = MEDIA.search(head) is not None or is_known_outlet(head)
    return known or any(tokens <= find_tokens(outlet) for outlet in outlets)


@dataclass(frozen=True, slots=True)
class Mouths:
    """Whom people speak for: the body that most statements give each, and pairs of bodies that share a mouth."""

    body_of: Mapping[str, str]
    ties: Set[frozenset[str]]


def find_mouths(propositions: Iterable[Proposition]) -> Mouths:
    """What the statements of a claim tell of whom people speak for."""
    heard: dict[str, Counter[str]] = defaultdict(Counter)
    for p in propositions:
        if p.body.lower() in EMPTY or not p.root[:1].isupper():
            continue
        if not find_tokens(p.root) <= find_tokens(p.body):  # a short form is no mouth: "Foreign Ministry" is of many
            heard[p.root.lower()][p.body] += 1
    known = {person: min(bodies, key=lambda body: (-bodies[body], body)) for person, bodies in sorted(heard.items())}
    ties = {
        frozenset((a, b)) for bodies in heard.values() for a in bodies for b in bodies if a < b and _are_organs(a, b)
    }
    return Mouths(known, ties)


def group_roots(
    members: Sequence[Proposition], mouths: Mouths, retold: Set[frozenset[str]] = frozenset()
) -> dict[str, str]:
    """The root of each member, by its id: the fullest name of those that are one. `retold` are pairs of members whose
    pages retell one another."""
    # on what others say of one oneself one speaks for oneself
    agents = {(q.root, agent) for q in members for agent in q.agents}
    own = {p.root for p in members if p.named and any(root != p.root and _names(p.root, a) for root, a in agents)}
    bodies = {p.id: p.root if p.root in own else _find_body(p, mouths.body_of) for p in members}
    names = sorted(set(bodies.values()), key=lambda name: (-len(find_tokens(name)), name))
    home = {name: name for name in names}
    for at, name in enumerate(names):
        tied = {home[other] for other in names[:at] if frozenset((name, other)) in mouths.ties}
        # the longer names that this one could be short for: where they are several, it is none of them
        heads = tied or {home[other] for other in names[:at] if is_same_root(name, other)}
        if len(heads) == 1 or tied:
            head = min(heads)
            home.update({other: head for other in names[:at] if home[other] in heads})
            home[name] = head
    return _join_by_words(members, {i: home[body] for i, body in bodies.items()}, retold)


def _join_by_words(
    members: Sequence[Proposition], groups: dict[str, str], retold: Set[frozenset[str]]
) -> dict[str, str]:
    """Who says the very same words is one, whatever a page calls him: "the militant", "the man". So is, on two pages,
    who says the same where one page retells the other.

    But two whom one page gives the claim say it both, where it does not quote the same words twice.
    """
    if len(set(groups.values())) < 2:
        return groups
    voices = _Voices(members, groups)
    worded = [(p, _Words.of(p)) for p in members if p.points_at is None]
    for at, (p, words) in enumerate(worded):
        for q, others in worded[:at]:
            if p.holds != q.holds or p.statement_id == q.statement_id or voices.are_one(p, q):
                continue
            if p.document_id == q.document_id:
                if p.quoted and q.quoted and words.are_those_of(others):
                    voices.join(p, q)
            elif (frozenset((p.id, q.id)) in retold or words.are_those_of(others)) and not voices.are_apart(p, q):
                voices.join(p, q)
    _join_described(members, voices)
    return voices.groups


def _join_described(members: Sequence[Proposition], voices: _Voices) -> None:
    """Whom one page only describes is who is called the same on others, and then whom others name or describe in other
    words: where that can be one voice alone."""
    asserting = [p for p in members if p.points_at is None]
    called = {p.id: noun for p in asserting if (noun := _find_individual(p))}
    by_id = {p.id: p for p in asserting}
    described = [by_id[i] for i in called]
    by_noun: dict[tuple[str, bool | None], list[Proposition]] = defaultdict(list)
    for p in described:
        by_noun[called[p.id], p.holds].append(p)
    for alike in by_noun.values():
        if not any(voices.are_apart(p, q) for p, q in combinations(alike, 2) if not voices.are_one(p, q)):
            for p in alike:
                voices.join(alike[0], p)
    chosen: dict[str, Proposition] = {}
    for p in described:
        meant = [q for q in asserting if _may_mean(p, called[p.id], q, called.get(q.id, ""))]
        others = [q for q in meant if not (voices.are_one(p, q) or voices.are_apart(p, q))]
        if others and all(voices.are_one(others[0], q) for q in others):
            chosen[p.id] = others[0]
    pairs = []
    for i, q in chosen.items():
        p, back = by_id[i], chosen.get(q.id)
        # both must mean the other where both are described: "the bride" may be "a woman" who may be "the nurse"
        if q.id not in called or (back is not None and voices.are_one(p, back)):
            pairs.append((p, q))
    for p, q in pairs:
        if not voices.are_apart(p, q):
            voices.join(p, q)


class _Voices:
    """Groups of members that are one voice, which can be joined."""

    def __init__(self, members: Sequence[Proposition], groups: Mapping[str, str]) -> None:
        self.groups = dict(groups)
        self._heard = Counter(groups.values())
        self._pages: dict[str, set[str]] = defaultdict(set)
        for p in members:
            self._pages[groups[p.id]].add(p.document_id)

    def are_one(self, p: Proposition, q: Proposition) -> bool:
        return self.groups[p.id] == self.groups[q.id]

    def are_apart(self, p: Proposition, q: Proposition) -> bool:
        """Whether the page of one gives the other voice too."""
        return q.document_id in self._pages[self.groups[p.id]] or p.document_id in self._pages[self.groups[q.id]]

    def join(self, p: Proposition, q: Proposition) -> None:
        """Under the name that most statements give, and of those the fullest."""
        both = {self.groups[p.id], self.groups[q.id]}
        kept, *others = sorted(both, key=lambda name: (is_unknown(name), -self._heard[name], -len(name), name))
        for lost in others:
            self._pages[kept] |= self._pages.pop(lost)
            self.groups.update({i: kept for i, group in self.groups.items() if group == lost})


def _may_mean(p: Proposition, called: str, q: Proposition, other: str) -> bool:
    """Whether whom p only calls so may be the root of q on another page, `other` where that one is described too."""
    if p.document_id == q.document_id or p.holds != q.holds:
        return False
    gender = find_gender([called])
    if other:
        return not ANYBODY.isdisjoint((called, other)) and _fit(gender, find_gender([other]))
    given = find_gender_of_person(q.root) if q.named else ""
    return bool(given) and _fit(gender, given)


def _fit(gender: str, other: str) -> bool:
    return not (gender and other) or gender == other


def _find_individual(p: Proposition) -> str:
    """What a single private person is called whom a page does not name, "" for all others."""
    found = None if p.named or p.body != p.root else INDIVIDUAL.match(p.root)
    return found["who"].lower() if found else ""


@dataclass(frozen=True, slots=True)
class _Words:
    """What a content is known again by: stems where the words are the root's own, and runs of words."""

    stems: frozenset[str]
    runs: frozenset[str]
    count: int
    quoted: bool

    @classmethod
    def of(cls, p: Proposition) -> _Words:
        # without the name that stands for "I"
        stems = p.stems - find_stems(f"{p.root} {p.body}") if p.quoted else frozenset[str]()
        text = p.text.replace(p.body, "I").replace(p.root, "I")
        return cls(stems, find_long_runs(text), len(text.split()), p.quoted)

    def are_those_of(self, other: _Words) -> bool:
        if min(len(self.stems), len(other.stems)) >= FEWEST:
            same = len(self.stems & other.stems)
            if same >= SAME_WORDS * len(self.stems | other.stems):
                return True
        shared = len(self.runs & other.runs)
        run = shared + RUN - 1 if shared else 0
        least = RUN if self.quoted or other.quoted else LONG_RUN
        return run >= max(least, SAME_RUN * min(self.count, other.count))


def is_same_root(left: str, right: str) -> bool:
    """Whether two names, without a document around them, are taken for one root."""
    a, b = find_tokens(left), find_tokens(right)
    if _are_same_tokens(a, b) or _are_same_tokens(b, a):
        return True
    if left[:1].isupper() and right[:1].isupper() and not (a | b) & PEOPLE and _is_one_name(left, right):
        return True
    x, y = _find_known(left), _find_known(right)
    return x is not None and y is not None and match_bodies(x, y).score >= SAME


def _is_one_name(left: str, right: str) -> bool:
    """Whether two names have the same words, are spellings of one person's with the same given name, or one is the
    other's initials."""
    match = match_names(left, right)
    if match.score > SURE and match.parts[0].feature in ("same words", "hyphens"):
        # a title that is left out tells Mr. from Mrs. Clinton
        return all(len(split_name(name)) >= len(re.findall(r"\w+", name)) for name in (left, right))
    gender, other = find_gender_of_person(left), find_gender_of_person(right)
    if gender or other:
        return gender == other and match.score > SURE
    short = min(left, right, key=len)
    return len(short) >= FEWEST_LETTERS and short.isupper() and match.parts[0].feature == "acronym"


@lru_cache(maxsize=10_000)
def find_tokens(root: str) -> frozenset[str]:
    """The words of a root that tell it from another, in lower case."""
    root = _name_countries(_drop_initials(_find_head(root)))
    root = " ".join(map(_spell_out, root.split()))
    words = (re.sub(r"^(?:al|el)-|['’]s?$", "", word) for word in re.findall(r"[\w’'-]+", root.lower()))
    kept = frozenset(_singular(word) for word in words if word and word not in FILLERS)
    return kept or frozenset(root.lower().split())


def _are_organs(left: str, right: str) -> bool:
    return bool(find_tokens(left) & CORE_ORGANS) and bool(find_tokens(right) & CORE_ORGANS)


def _find_body(p: Proposition, known: Mapping[str, str]) -> str:
    # whom else a person is given to speak for, she is one voice; of a "Foreign Ministry" there are many
    if find_gender_of_person(p.root) and (body := known.get(p.root.lower())):
        return body
    if p.body != p.root and p.body.lower() not in EMPTY:
        return known.get(p.body.lower(), p.body)
    return _find_mouth(p.root.lower(), known) or p.body


def _names(person: str, agent: str) -> bool:
    words = person.lower().split()
    return len(words) > 1 and (agent == person.lower() or agent == words[-1])


def _find_mouth(person: str, known: Mapping[str, str]) -> str | None:
    for name, body in known.items():
        if (
            person == name
            or name.endswith(" " + person)
            or person.endswith(" " + name)
            or name.startswith(person + " ")
        ):
            return body
    return None


def _are_same_tokens(tokens: frozenset[str], other: frozenset[str]) -> bool:
    people, others = tokens & PEOPLE, other & PEOPLE
    if bool(people) != bool(others) or (people and not people & others):
        return False  # "US officials" do not speak for the United States
    if tokens & CORE_ORGANS or other & CORE_ORGANS:
        return _are_of_one_state(tokens, other)
    return tokens <= other or len(tokens & other) / len(tokens | other) >= 0.6 or _are_spelt_apart(tokens, other)


def _are_spelt_apart(tokens: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two names have a word in common, and one with a letter more, or cut off: Dornella and Dornnella Conner,
    SITE Intel Group and SITE Intelligence Group."""
    left, right = tokens - other, other - tokens
    if not len(left) == len(right) == 1 or tokens == left:
        return False
    word, longer = sorted((*left, *right), key=len)
    if _has_a_letter_more(longer, word):
        return True
    same = tokens & other
    is_body = len(same) > 1 and not any(map(find_gender_of_name, same))
    return is_body and len(word) >= LONG_WORD and longer.startswith(word)


def _has_a_letter_more(longer: str, word: str) -> bool:
    same = next((k for k, (x, y) in enumerate(zip(longer, word, strict=False)) if x != y), len(word))
    return len(word) >= LONG_WORD and len(longer) == len(word) + 1 and longer[same + 1 :] == word[same:]


def _are_of_one_state(tokens: frozenset[str], other: frozenset[str]) -> bool:
    """The organs of a state are one voice on a claim; one that does not tell its state is that of its own field."""
    left, right = tokens - ORGANS, other - ORGANS
    if not (tokens & CORE_ORGANS and other & CORE_ORGANS):
        return left == right
    if left and right:
        return left <= right or right <= left
    fields = tokens & FIELDS, other & FIELDS
    return fields[0] == fields[1] or not all(fields)


def _find_head(root: str) -> str:
    """A description without its relative clause, but for people: those "who have seen it" have no other name."""
    head = re.split(r",? (?:that|which|a copy of) ", root)[0]
    return root if {_singular(word) for word in head.lower().split()} & PEOPLE else head


@lru_cache(maxsize=10_000)
def _find_known(name: str) -> Body | None:
    """A body that the world knows, for one that a name of its own; None for groups and descriptions."""
    body = find_named_body(name)
    return body if body.kind in ("government", "ministry") and "?" not in body.key else None


@lru_cache(maxsize=10_000)
def _name_countries(root: str) -> str:
    """Names of countries and their adjectives as codes, and so a capital or seat that is all of the root."""
    alone = find_metonym(root)
    if alone is not None:
        return f"{alone.country.code}-land"
    words = [re.sub(r"['’]s?$", "", word.strip(',;:()"“”')) for word in root.split()]
    found = [find_metonym(word) for word in words]
    return " ".join(
        f"{known.country.code}-land" if known and _is_country(word, known.how) else word
        for word, known in zip(words, found, strict=True)
        if word
    )


def _spell_out(word: str) -> str:
    """The full name of a body that is known by an acronym, where it is written as one: no "Is", no "who"."""
    is_acronym = word[1:2].isupper() or (word[:1].isupper() and len(word) > FEWEST_LETTERS)
    return (expand_acronym(word) if is_acronym else None) or word


def _drop_initials(root: str) -> str:
    """A name without its initials behind it: "Ministry of Interior (MoI)"."""
    found = INITIALS.search(root)
    if not found:
        return root
    name = root[: found.start()]
    return name if find_initials(name).endswith("".join(filter(str.isupper, found["short"]))) else root


def _is_country(word: str, how: str) -> bool:
    """Whether a word of a longer root names a country: not as a capital or seat, which name papers and streets too."""
    return how == DEMONYM or (how == NAME and word[0].isupper())


def _singular(word: str) -> str:
    word = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
    return ALIKE.get(word, word)
