"""What a database must offer to hold a ledger, and what a reader may ask its full-text search."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Subquery, Table
from sqlalchemy.exc import DBAPIError

WORD = re.compile(r"\w+")
Insert = Callable[[Table], Any]

# table → columns that full-text search covers, in the order of its index
SEARCHED = {
    "documents": ("title", "text"),
    "statements": ("content", "root", "via"),
    "claims": ("text", "variants"),
    "names": ("name",),
}


class Lock(Enum):
    """What only one writer at a time may do. A page itself needs none: its rows are its own."""

    CLAIMS = "decide on claims, or change what they rest on"
    NAMES = "count how many links bear a name"
    FAILED = "note what failed"
    TABLES = "make or migrate the tables"
    TOKENS = "give a name to a token"
    FEEDS = "note what a feed names"


@dataclass(frozen=True, slots=True)
class Terms:
    """What to look for: every word, or any of them; with `prefix` the last word may go on (search as you type)."""

    words: tuple[str, ...]
    any: bool = False
    prefix: bool = False

    @classmethod
    def of(cls, text: str, *, any: bool = False, prefix: bool = False) -> Terms:  # noqa: A002
        """The words of a reader's query; marks and operators in it mean nothing."""
        return cls(tuple(dict.fromkeys(word.casefold() for word in WORD.findall(text))), any, prefix)


class Dialect(Protocol):
    """A kind of database, bound to one ledger's address."""

    def __hash__(self) -> int:
        """Of the object: queries that were put together for it are kept."""
        ...

    @property
    def label(self) -> str:
        """How messages name the ledger; never holds a password."""
        ...

    def make_engine(self, *, read_only: bool) -> Engine:
        """Connect lazily; raises RunError where the address cannot be one of a ledger."""
        ...

    def exists(self) -> bool:
        """Whether there is a database to open without creating one."""
        ...

    def drop_search(self, connection: Connection) -> None:
        """Take the full-text indexes out, where there are any."""
        ...

    def create_search(self, connection: Connection) -> None:
        """Make the full-text indexes of SEARCHED and whatever keeps them in step with their tables."""
        ...

    def search(self, table: Table, terms: Terms, *, columns: Sequence[str] = ()) -> Subquery:
        """Select `number` and `rank` (smaller is better) of the rows of `table` that match, in no order."""
        ...

    def prepare_search(self, table: Table) -> Subquery:
        """The same for whatever `write_match` makes of all words of the reader's, given as the parameter `match`.

        To put a query together takes longer than to run it: who searches at each key press makes it once.
        """
        ...

    def write_match(self, terms: Terms) -> str:
        """What a prepared search takes as `match`."""
        ...

    def upsert(
        self, connection: Connection, table: Table, rows: Sequence[dict[str, Any]], *, key: Sequence[str]
    ) -> None:
        """Insert rows; where one with the same `key` exists, update it."""
        ...

    def insert_keys(self, connection: Connection, keys: Mapping[str, Sequence[int]]) -> None:
        """Put the keys of each item in."""
        ...

    def delete_keys(self, connection: Connection, keys: Mapping[str, Sequence[int]]) -> None:
        """Take these keys of each item out."""
        ...

    def find_items(self, connection: Connection, keys: Sequence[int], limit: int) -> Mapping[int, Sequence[str]]:
        """The items that have each key, `limit` a key at most, by id; keys that none has are left out."""
        ...

    def lock(self, connection: Connection, lock: Lock) -> None:
        """Wait for the other writer and hold off the next until the transaction ends."""
        ...

    def is_unheld(self, error: DBAPIError) -> bool:
        """Whether the data are at fault, such as this kind of database never holds."""
        ...

    def explain(self, error: DBAPIError) -> str:
        """What went wrong and what to do, in one line."""
        ...


def dump_json(value: Any) -> str:
    """JSON with letters as they are: full-text search reads some of these columns."""
    return json.dumps(value, ensure_ascii=False)


def upsert(
    connection: Connection, insert: Insert, table: Table, rows: Sequence[dict[str, Any]], *, key: Sequence[str]
) -> None:
    """INSERT … ON CONFLICT DO UPDATE. `insert` is the dialect's own: both spell it alike."""
    if rows:
        connection.execute(_make_upsert(insert, table, tuple(rows[0]), tuple(key)), list(rows))


@cache
def _make_upsert(insert: Insert, table: Table, columns: tuple[str, ...], key: tuple[str, ...]) -> Any:
    statement = insert(table)
    changes = {name: statement.excluded[name] for name in columns if name not in key}
    if not changes:
        return statement.on_conflict_do_nothing(index_elements=key)
    return statement.on_conflict_do_update(index_elements=key, set_=changes)
