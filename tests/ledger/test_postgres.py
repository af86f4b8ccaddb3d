"""What only a server can do or refuse: several writers at once, its own full-text search, its errors in our words."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from onrecord.errors import DocumentError, RunError
from onrecord.ledger import Ledger, open_ledger, schema
from onrecord.query import find_names, find_statements
from tests.databases import connect, empty_database, make_database
from tests.factories import make_document, make_raw, make_statement

pytestmark = pytest.mark.postgres
ROOT = Path(__file__).parents[2]


@pytest.fixture
def ledger(postgres_url: str) -> Iterator[Ledger]:
    opened = open_ledger(postgres_url)
    yield opened
    opened.close()


def write(ledger: Ledger, page: str, content: str, root: str) -> None:
    document = make_document(page)
    ledger.write_page(make_raw(page), document, [make_statement(document, content, chain=(root,))])


WRITER = """
    import sys
    from onrecord.ledger import open_ledger
    from tests.factories import make_document, make_raw, make_statement
    url, who, pages = sys.argv[1], sys.argv[2], int(sys.argv[3])
    ledger = open_ledger(url)
    print("ready", flush=True)
    sys.stdin.readline()
    for n in range(pages):
        # every page bears names that all writers count, and every tenth page comes from all of them
        address = f"shared-{n}" if n % 10 == 0 else f"{who}-{n}"
        document = make_document(address=address)
        chains = (("Officials in Westmark",), ("reporters", "Anna Belov"))
        contents = ("Eastland had asked for equipment", "It is an invention")
        made = [make_statement(document, content, chain=chain) for content, chain in zip(contents, chains)]
        ledger.write_page(make_raw(address=address), document, made)
"""


def test_four_writers_at_once_lose_nothing(postgres_server: str) -> None:
    # a database without tables: all four find that they must be made
    url, pages = make_database(postgres_server, "four_writers"), 30
    command = [sys.executable, "-c", textwrap.dedent(WRITER), url]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "cwd": ROOT}
    writers = [subprocess.Popen([*command, str(who), str(pages)], **pipes) for who in range(4)]  # type: ignore[call-overload]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n", writer.stderr.read()
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        _, errors = writer.communicate(timeout=120)
        assert (writer.returncode, errors) == (0, "")
    expected = 4 * 27 + 3
    with open_ledger(url).read() as connection:
        counts = [
            connection.scalar(select(func.count()).select_from(table))
            for table in (schema.documents, schema.raws, schema.statements, schema.links)
        ]
        names = {row.name: row.statements for row in connection.execute(select(schema.names))}
    assert counts == [expected, expected, 2 * expected, 3 * expected]
    assert names == {"Officials in Westmark": expected, "reporters": expected, "Anna Belov": expected}


def test_what_a_reader_sees_is_of_one_moment(ledger: Ledger) -> None:
    count = select(func.count()).select_from(schema.documents)
    with ledger.read() as connection:
        assert connection.scalar(count) == 0
        ledger.write_page(make_raw(), make_document(), [])
        assert connection.scalar(count) == 0
    with ledger.read() as connection:
        assert connection.scalar(count) == 1


def test_a_page_is_not_replaced_while_claims_are_made_of_it(ledger: Ledger) -> None:
    from onrecord.ledger.claim_store import find_pending, resolving

    document = make_document()
    ledger.write_page(make_raw(), document, [make_statement(document)])
    with resolving(ledger, [document.id]) as store:
        writer = threading.Thread(target=ledger.write_page, args=(make_raw(), document, []))
        writer.start()
        writer.join(0.3)
        assert writer.is_alive()
        assert len(store.find_statements([document.id])[document.id]) == 1
    writer.join(30)
    assert find_pending(ledger, limit=10) == [document.id]


SEARCHES = [
    ("will", 1),  # a stop word for PostgreSQL, a name here
    ("U.S.", 1),
    ("elysee", 1),
    ("ÉLYSÉE palace", 1),
    ("9/11", 1),
    ("9 11", 1),
    ("spokeswoman's", 0),
    ("well-known", 1),
    ("known", 1),
    ("“quoted”", 1),
    ("moscow", 0),
    ("правительство", 1),
]


@pytest.mark.parametrize(("words", "found"), SEARCHES)
def test_search_finds_what_it_finds_on_sqlite(ledger: Ledger, tmp_path: Path, words: str, found: int) -> None:
    page = (
        "Note\n\nWill Berg of the U.S. told the Élysée Palace of a “quoted” well-known note on 9/11, Правительство.\n"
    )
    sqlite = open_ledger(tmp_path / "ledger.sqlite")
    for one in (ledger, sqlite):
        write(one, page, page.splitlines()[2], "Will Berg")
        assert len(find_statements(one, words).items) == found, one.label
        assert [name.name for name in find_names(one, "will")] == ["Will Berg"]
    sqlite.close()


def test_names_in_other_letters(ledger: Ledger) -> None:
    write(ledger, "Note\n\nŁódź asked for rain.\n", "asked for rain", "Éva Łódź")
    assert [name.name for name in find_names(ledger, "eva")] == ["Éva Łódź"]


@pytest.mark.parametrize("address", ["/".join(f"{n * n:x}" for n in range(2000)), "talks\x00.txt"], ids=["long", "NUL"])
def test_a_page_that_it_cannot_hold_costs_itself_alone(ledger: Ledger, address: str) -> None:
    with pytest.raises(DocumentError, match="the ledger cannot hold it: "):
        ledger.write_page(make_raw(), make_document(address=address), [])
    ledger.write_page(make_raw(), make_document(), [])


def test_a_long_page_is_searched_as_far_as_a_vector_goes(ledger: Ledger) -> None:
    # the hardest case: letters of four bytes, each a word of its own
    words = " ".join(chr(0x20000 + n) for n in range(200_000))
    ledger.write_page(make_raw(), make_document(words), [])
    with ledger.read() as connection:
        assert connection.scalar(select(func.count()).select_from(schema.documents)) == 1


def test_newer_ledger(postgres_server: str) -> None:
    url = make_database(postgres_server, "newer")
    open_ledger(url).close()
    with connect(url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(RunError, match="made by a newer onrecord: upgrade"):
        open_ledger(url)


def test_another_program_s_database(postgres_server: str) -> None:
    url = make_database(postgres_server, "other")
    with connect(url) as connection:
        connection.execute("CREATE TABLE bookmarks (url text)")
    with pytest.raises(RunError, match="holds something else already"):
        open_ledger(url)
    with pytest.raises(RunError, match="is not a ledger"):
        open_ledger(url, read_only=True)


def test_encoding(postgres_server: str) -> None:
    with connect(postgres_server) as connection:
        connection.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(RunError, match="is not in UTF-8: make one with `createdb --encoding=UTF8`"):
        open_ledger(postgres_server.replace("/postgres?", "/latin?"))


def test_reading_and_writing_as_a_user_who_may_only_read(postgres_url: str) -> None:
    with connect(postgres_url) as connection:
        connection.execute("DROP ROLE IF EXISTS guest")
        connection.execute("CREATE ROLE guest LOGIN")
        connection.execute("GRANT pg_read_all_data TO guest")
    url = postgres_url.replace("//me@", "//guest@")
    assert find_statements(open_ledger(url, read_only=True)).items == ()
    with pytest.raises(RunError, match=r"no permission on the ledger .* its owner must grant it"):
        open_ledger(url).write_page(make_raw(), make_document(), [])


@pytest.mark.parametrize("change", [("/ledger?", "/nothing?"), ("host=", "port=1&host="), ("//me@", "//nobody@")])
def test_a_server_that_cannot_be_used(postgres_url: str, change: tuple[str, str]) -> None:
    with pytest.raises(RunError, match=r"cannot connect to the ledger .*: check address, user and password, and that"):
        open_ledger(postgres_url.replace(*change))


def test_a_server_that_goes_away(ledger: Ledger, postgres_url: str) -> None:
    def write_after_a_restart() -> None:
        with ledger.write() as connection:
            empty_database(postgres_url)
            connection.execute(text("SELECT 1"))

    with pytest.raises(RunError, match="broke off: run the same command again"):
        write_after_a_restart()
    assert find_statements(ledger).items == ()


def test_dump_and_restore(postgres_server: str, ledger: Ledger, postgres_url: str, tmp_path: Path) -> None:
    from tests.databases import find_program

    write(ledger, "Note\n\nWill Berg asked for rain.\n", "asked for rain", "Will Berg")
    dumped = tmp_path / "dump"
    subprocess.run([find_program("pg_dump"), "-Fc", "-f", dumped, postgres_url], check=True)
    url = make_database(postgres_server, "restored")
    subprocess.run([find_program("pg_restore"), "--exit-on-error", "-d", url, dumped], check=True)
    assert len(find_statements(open_ledger(url), "rain", by="Will").items) == 1


def test_missing_driver(monkeypatch: pytest.MonkeyPatch, postgres_url: str) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(RunError, match=r"pip install 'onrecord\[postgres\]'"):
        open_ledger(postgres_url)


def test_password_is_never_shown() -> None:
    from onrecord.ledger.dialects.postgres import PostgreSQL

    for url in ("postgresql://me:secret@host/name", "postgres://host/name?user=me&password=secret"):
        assert "secret" not in PostgreSQL(url).label
    with pytest.raises(RunError) as raised:
        PostgreSQL("postgresql://me:secret@host:port/name")
    assert "secret" not in str(raised.value)
