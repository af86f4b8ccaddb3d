"""Every setting in one frozen table, made once in a surface and passed in.

Each field can be given as an environment variable ONRECORD_<FIELD>, and most as an option of the command line.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import platformdirs

from onrecord.errors import RunError

PREFIX = "ONRECORD_"


def default_ledger() -> str:
    """The SQLite file in the platform's data folder, used where no ledger is named."""
    return str(Path(platformdirs.user_data_dir("onrecord", appauthor=False)) / "ledger.sqlite")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run may be told. Sizes are in bytes, times in seconds.

    `fetch_private` lists hosts or networks (`wiki.lan, 10.1.0.0/16`) that may be fetched from although their addresses
    are not public; `host_seconds` is the pause between two pages of one host, `user_agent` who fetching says it is for.
    `archive_base` is what the paths of a list of archives count from, where not Common Crawl's server; archives lie in
    `archive_folder` while they are fetched and read.
    """

    ledger: str = ""
    max_page_bytes: int = 20_000_000
    max_text_characters: int = 2_000_000
    min_confidence: float = 0.0
    threads: int = 0
    workers: int = 0
    max_page_seconds: float = 60.0
    max_worker_bytes: int = 2_000_000_000
    fetch_private: str = ""
    host_seconds: float = 2.0
    user_agent: str = ""
    archive_base: str = ""
    archive_folder: str = ""
    max_archive_bytes: int = 2_000_000_000

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Defaults overridden by ONRECORD_* variables. Raises RunError for a value of the wrong type."""
        given = os.environ if environment is None else environment
        values: dict[str, str | int | float] = {}
        for field in fields(cls):
            text = given.get(PREFIX + field.name.upper())
            if text is None:
                continue
            convert = {"int": int, "float": float}.get(str(field.type), str)
            try:
                values[field.name] = convert(text)
            except ValueError as error:
                raise RunError(f"{PREFIX}{field.name.upper()}={text!r} is not a number") from error
        return cls(**values)  # type: ignore[arg-type]

    @property
    def ledger_url(self) -> str:
        """The ledger as given (a path or a URL), else the default one."""
        return self.ledger or default_ledger()
