"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket that nobody else sees, without fsync."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

from onrecord.ledger import schema

OPTIONS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=60", "shared_buffers=32MB")


class ServerMissingError(Exception):
    """PostgreSQL's programs are not there."""


@contextmanager
def running_postgres() -> Iterator[str]:
    """Start a server and give the URL of its database `postgres`.

    A server refuses to run as root: then it runs as the user `postgres`, who owns the folder.
    """
    initdb = find_program("initdb")
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # the path of a socket must be short
    prefix: list[str] = []
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        prefix = ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]
    server: subprocess.Popen[bytes] | None = None
    try:
        made = [*prefix, initdb, "--username=me", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run([*made, f"--pgdata={folder}/data"], check=True, capture_output=True, cwd="/")
        options = [part for option in (*OPTIONS, "listen_addresses=") for part in ("-c", option)]
        log = (folder / "log").open("wb")
        run = [*prefix, find_program("postgres"), "-D", f"{folder}/data", "-k", str(folder), *options]
        server = subprocess.Popen(run, stdout=log, stderr=log, cwd="/")
        log.close()
        _wait(server, folder)
        yield f"postgresql://me@/postgres?host={quote(str(folder), safe='')}"
    finally:
        if server is not None:
            server.send_signal(2)  # SIGINT: break off all connections and end
            server.wait(60)
        shutil.rmtree(folder, ignore_errors=True)


def find_program(name: str) -> str:
    """The newest of Debian's, or the one on the path. Raises ServerMissingError."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    program = str(found[-1]) if found else shutil.which(name)
    if program is None:
        raise ServerMissingError(f"PostgreSQL's {name} is not installed (apt-get install postgresql)")
    return program


def make_database(server: str, name: str) -> str:
    """A new database; gives its URL."""
    with connect(server) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    return server.replace("/postgres?", f"/{name}?")


def empty_database(url: str) -> None:
    """Delete every row of a ledger, whoever is still connected; quicker by far than a new database."""
    with connect(url) as connection, connection.transaction():
        others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        connection.execute(f"SELECT pg_terminate_backend(pid) {others}")
        for table in reversed(schema.metadata.sorted_tables):
            connection.execute(f'DELETE FROM "{table.name}"'.encode())


def connect(url: str) -> psycopg.Connection:
    """A connection that commits each command."""
    return psycopg.connect(url, autocommit=True)


def _wait(server: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(600):
        if server.poll() is not None:
            raise RuntimeError((folder / "log").read_text(errors="replace"))
        ready = subprocess.run([find_program("pg_isready"), "-q", "-h", str(folder)], check=False)
        if ready.returncode == 0:
            return
        time.sleep(0.05)
    raise RuntimeError("PostgreSQL did not start within 30 seconds")
