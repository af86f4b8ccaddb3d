"""What a format gets to write: the documents with their statements, and the claims, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from onrecord.ledger import rows
from onrecord.query import PageHead, Quote, ShownDocument, get_heads, get_quotes
from onrecord.query.walk import Cut, iter_claims, iter_documents
from onrecord.records import Claim, Statement


@dataclass(frozen=True, slots=True)
class Records:
    """A cut of a ledger, all of one moment. Nothing is read before it is asked for."""

    connection: Connection
    cut: Cut
    advance: Callable[[], None] = lambda: None

    def documents(self) -> Iterator[ShownDocument]:
        """Each document with its text and its statements, in order of arrival."""
        for shown in iter_documents(self.connection, self.cut):
            yield shown
            self.advance()

    def claims(self) -> Iterator[Claim]:
        """Each claim with all of its positions."""
        for claim in iter_claims(self.connection, self.cut):
            yield claim
            self.advance()

    def heads(self, document_ids: Iterable[str]) -> dict[str, PageHead]:
        """The heads of documents, by id, inside of the cut or not."""
        return get_heads(self.connection, document_ids)

    def quotes(self, statement_ids: Iterable[str]) -> dict[str, Quote]:
        """Statements, by id, inside of the cut or not."""
        return get_quotes(self.connection, statement_ids)


def make_urn(record_id: str) -> str:
    """A name for a record that holds everywhere: `urn:onrecord:` and the id."""
    return f"urn:onrecord:{record_id}"


def is_url(address: str | None) -> bool:
    """Whether it leads to a page on the web."""
    return bool(address) and str(address).lower().startswith(("http://", "https://")) and " " not in str(address)


def find_url(shown: ShownDocument) -> str | None:
    """Where the page stands on the web, as far as that is known."""
    document = shown.document
    return next((one for one in (document.address, document.canonical) if one and is_url(one)), None)


def describe_via(statement: Statement) -> str:
    """Through whom it was heard: "via A → B", empty for a chain of one."""
    via = rows.ARROW.join(link.name for link in statement.chain[:-1])
    return f"via {via}" if via else ""
