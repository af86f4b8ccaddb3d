"""What an HTML page says of itself: JSON-LD, Open Graph, Dublin Core, links. First the structured, then the loose."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any

import htmldate

from onrecord.read.blocks import Block, Tag, iter_tags, parse_attributes
from onrecord.read.bylines import clean_author, find_byline
from onrecord.read.dates import EARLIEST_YEAR, find_moment
from onrecord.records import Moment

_ARTICLE = re.compile(r"Article|BlogPosting|Report|Review$")
_DATES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "dc.date.issued",
    "dcterms.created", "dcterms.issued", "dc.date", "dc.date.created", "parsely-pub-date", "sailthru.date", "pubdate",
    "publishdate", "publish-date", "cxenseparse:recs:publishtime", "date", "dcterms.date",
)  # fmt: skip
_OUTLETS = (
    "og:site_name",
    "dc.publisher",
    "dcterms.publisher",
    "article:publisher",
    "twitter:site",
    "application-name",
)
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl")
_ORIGINALS = ("original-source", "syndication-source", "dc.source", "dcterms.source")
_BYLINE_MARKS = re.compile(r"byline|author|autor")


@dataclass(frozen=True, slots=True)
class Metadata:
    """All that a page says of itself; `credited` are organisations that the content came from."""

    title: str | None = None
    published: Moment | None = None
    outlet: str | None = None
    author: str | None = None
    language: str | None = None
    canonical: str | None = None
    based_on: str | None = None
    credited: tuple[str, ...] = ()


def read_metadata(source: str, blocks: list[Block], *, now: datetime | None = None) -> Metadata:
    """The page's own account; an impossible date is passed over for the next one."""
    metas, links, texts, language = _collect(source)
    article = next(_iter_articles(texts), {})
    based_on = _find_address(article.get("isBasedOn")) or _first(metas, _ORIGINALS)
    canonical = links.get("canonical") or metas.get("og:url")
    credited = [_name(article.get(key)) for key in ("sourceOrganization", "provider", "copyrightHolder", "creditText")]
    publisher = _name(article.get("publisher")) or _first(metas, _OUTLETS)
    heading = next((block.text for block in blocks if block.level == 1), None)
    return Metadata(
        title=_text(article.get("headline")) or metas.get("og:title") or heading or metas.get("title"),
        published=_find_published(source, article, metas, now),
        outlet=publisher if publisher and not publisher.startswith("http") else None,
        author=_find_author(article, metas, blocks),
        language=language or _text(article.get("inLanguage")) or metas.get("og:locale"),
        canonical=canonical,
        based_on=based_on if based_on != canonical else None,
        credited=tuple(credit for credit in credited if credit and credit != publisher),
    )


def _collect(source: str) -> tuple[dict[str, str], dict[str, str], list[str], str | None]:
    """Meta values by lower-cased name, the first of each; links by rel; JSON-LD texts; the language of the page."""
    metas: dict[str, str] = {}
    links: dict[str, str] = {}
    texts: list[str] = []
    language = None
    for tag in iter_tags(source):
        if not isinstance(tag, Tag) or tag.closes:
            continue
        if tag.name == "meta":
            found = parse_attributes(tag.attributes)
            name = found.get("property") or found.get("name") or found.get("itemprop") or ""
            if (value := found.get("content", "").strip()) and name:
                metas.setdefault(name.lower(), value)
        elif tag.name == "link":
            found = parse_attributes(tag.attributes)
            if found.get("href"):
                links.setdefault(found.get("rel", "").lower(), found["href"].strip())
        elif tag.name == "html":
            language = parse_attributes(tag.attributes).get("lang") or language
        elif tag.content is not None and tag.name == "script" and "ld+json" in tag.attributes:
            texts.append(tag.content.of(source))
        elif tag.content is not None and tag.name == "title":
            metas.setdefault("title", " ".join(unescape(tag.content.of(source)).split()))
    return metas, links, texts, language


def _iter_articles(texts: list[str]) -> Iterator[dict[str, Any]]:
    """The JSON-LD nodes that describe an article, in order. Broken JSON is passed over."""
    for text in texts:
        try:
            waiting = [json.loads(text.strip().removeprefix("<!--").removesuffix("-->").rstrip("; \n"), strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(1_000):
            if not waiting:
                break
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting = [*node, *waiting]
            elif isinstance(node, dict):
                if any(_ARTICLE.search(kind) for kind in _texts(node.get("@type"))):
                    yield node
                waiting.extend(node[key] for key in ("@graph", "mainEntity", "itemListElement") if key in node)


def _find_published(source: str, article: dict[str, Any], metas: dict[str, str], now: datetime | None) -> Moment | None:
    if (value := _text(article.get("datePublished"))) and (found := find_moment(value, known_by="json-ld", now=now)):
        return found
    for name in _DATES:
        if name in metas and (found := find_moment(metas[name], known_by=name, now=now)):
            return found
    latest = now or datetime.now()
    try:
        guess = htmldate.find_date(
            source, original_date=True, min_date=f"{EARLIEST_YEAR}-01-01", max_date=latest.strftime("%Y-%m-%d")
        )
    except ValueError:  # htmldate raises it on pages without a tree
        return None
    return find_moment(guess, known_by="htmldate", now=now) if guess else None


def _find_author(article: dict[str, Any], metas: dict[str, str], blocks: list[Block]) -> str | None:
    people = article.get("author")
    names = [_name(person) for person in (people if isinstance(people, list) else [people])]
    structured = clean_author("; ".join(dict.fromkeys(name for name in names if name)))
    marked = (block.text for block in blocks if any(_BYLINE_MARKS.search(e.marks) for e in block.path[-3:]))
    loose = _first(metas, _AUTHORS)
    return structured or (clean_author(loose) if loose else None) or find_byline(marked)


def _first(found: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((found[name].lstrip("@") for name in names if found.get(name)), None)


def _name(node: Any) -> str | None:
    if isinstance(node, list):
        return _name(node[0]) if node else None
    return _text(node.get("name")) if isinstance(node, dict) else _text(node)


def _find_address(node: Any) -> str | None:
    if isinstance(node, list):
        return _find_address(node[0]) if node else None
    return _text(node.get("url") or node.get("@id")) if isinstance(node, dict) else _text(node)


def _text(value: Any) -> str | None:
    return next(iter(_texts(value)), None)


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [" ".join(unescape(one).split()) for one in values if isinstance(one, str) and one.strip()]
