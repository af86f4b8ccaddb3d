"""A Fetcher keeps to what sites ask of programs: robots.txt, a pause between two pages of a host, and Retry-After."""

from __future__ import annotations

from dataclasses import replace

from onrecord.fetch.addresses import Resolve, read_allowed, resolve_host
from onrecord.fetch.base import Clock, Fetched, FetchError
from onrecord.fetch.get import Terms, get_page, make_user_agent
from onrecord.fetch.robots import KEPT_SECONDS, MAX_BYTES, Robots, read_robots
from onrecord.fetch.urls import Target, read_url

TRIES = 3
FIRST_WAIT = 5.0  # before the second try; twice as long before the third
PART_BYTES = 16_000_000  # which may take as long as a page: at 2 Mbit/s a minute
MAX_WAIT = 120.0  # a server that asks for more is left alone


class Fetcher:
    """Fetches one page at a time, and remembers the rules and the last visit of every host."""

    def __init__(
        self,
        *,
        fetch_private: str,
        user_agent: str,
        host_seconds: float,
        max_bytes: int,
        max_seconds: float,
        clock: Clock | None = None,
        resolve: Resolve = resolve_host,
    ) -> None:
        self.clock = clock or Clock()
        self._host_seconds = host_seconds
        agent = make_user_agent(user_agent)
        self._terms = Terms(read_allowed(fetch_private), max_bytes, max_seconds, agent, resolve)
        self._robots: dict[str, tuple[float, Robots]] = {}
        self._ready: dict[str, float] = {}  # when a host may be asked again

    def fetch(
        self, url: str, *, etag: str | None = None, modified: str | None = None, begin: int | None = None
    ) -> Fetched:
        """The page at `url`, asked for once, or the part of a file there from `begin` on. Raises FetchError."""
        target = read_url(url)
        terms = self._terms if begin is None else replace(self._terms, max_bytes=PART_BYTES)
        try:
            return get_page(target, terms, etag=etag, modified=modified, begin=begin, on_hop=self._prepare)
        except FetchError as error:
            if error.after:
                self._ready[target.host] = self.clock.now() + error.after
            raise

    def fetch_patiently(self, url: str, *, begin: int | None = None) -> Fetched:
        """The same, tried TRIES times where that may help. Raises FetchError."""
        wait = FIRST_WAIT
        for nth in range(1, TRIES + 1):
            try:
                return self.fetch(url, begin=begin)
            except FetchError as error:
                pause = max(wait, error.after or 0.0)
                if not error.again or nth == TRIES or pause > MAX_WAIT:
                    raise
            self.clock.sleep(pause)
            wait *= 2
        raise AssertionError("the last try returns or raises")

    def _prepare(self, target: Target) -> None:
        """Wait until it is our turn at this host. Raises FetchError where its robots.txt forbids the page."""
        robots = self._find_robots(target)
        if not robots.lets(target.url):
            raise FetchError(f"{target.origin}/robots.txt does not let programs fetch it")
        self._wait(target.host, max(self._host_seconds, robots.delay))

    def _wait(self, host: str, pause: float) -> None:
        wait = self._ready.get(host, 0.0) - self.clock.now()
        if wait > MAX_WAIT:
            raise FetchError(f"{host} asks to be left alone", again=True, after=wait)
        if wait > 0:
            self.clock.sleep(wait)
        self._ready[host] = self.clock.now() + pause

    def _find_robots(self, target: Target) -> Robots:
        known = self._robots.get(target.origin)
        if known is not None and self.clock.now() < known[0]:
            return known[1]
        terms = replace(self._terms, max_bytes=MAX_BYTES)
        answer: Fetched | FetchError
        try:
            answer = get_page(read_url(f"{target.origin}/robots.txt"), terms)
        except FetchError as error:
            if error.again:
                # not kept: the site may be back with the next page
                raise FetchError(f"{target.origin}/robots.txt: {error}", again=True, after=error.after) from error
            if error.refused:
                raise
            answer = error
        robots = read_robots(answer)
        self._robots[target.origin] = (self.clock.now() + KEPT_SECONDS, robots)
        return robots
