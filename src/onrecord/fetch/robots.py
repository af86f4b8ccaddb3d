"""What a site's robots.txt lets onrecord fetch, and how slowly (RFC 9309)."""

from __future__ import annotations

from protego import Protego

from onrecord.fetch.base import Fetched, FetchError

NAME = "onrecord"  # the product token that robots.txt addresses us by
ANYTHING = ""
KEPT_SECONDS = 24 * 3600.0  # RFC 9309, 2.4
MAX_BYTES = 512_000  # RFC 9309, 2.5 asks for at least 500 KiB
MAX_DELAY = 60.0  # of a Crawl-delay; a site that asks for more gets this


class Robots:
    """The rules of one site."""

    def __init__(self, text: str) -> None:
        self._rules = Protego.parse(text)

    def lets(self, url: str) -> bool:
        """Whether the page may be fetched."""
        return bool(self._rules.can_fetch(url, NAME))

    @property
    def delay(self) -> float:
        """The seconds between two pages that the site asks for, 0 where it asks for none."""
        return min(float(self._rules.crawl_delay(NAME) or 0.0), MAX_DELAY)


def read_robots(answer: Fetched | FetchError) -> Robots:
    """The rules that an answer means: a file that is not there forbids nothing."""
    if isinstance(answer, FetchError):
        return Robots(ANYTHING)
    return Robots(answer.content.decode("utf-8-sig", "replace"))
