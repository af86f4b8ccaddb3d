"""Stylesheet, scripts and fonts: read once, served under names that hold their hash, so that browsers keep them."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from types import MappingProxyType

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from onrecord.ids import hash_bytes

KEPT_SECONDS = 31_536_000  # a year: another content has another name
URL = re.compile(r"url\((?P<path>[\w./-]+)\)")
SERVED = (".css", ".js", ".woff2", ".svg")


@dataclass(frozen=True, slots=True)
class Assets:
    """`urls` leads from a file's path to its hashed URL, `files` from the URL to its bytes and media type."""

    urls: Mapping[str, str]
    files: Mapping[str, tuple[bytes, str]]


@cache
def load_assets() -> Assets:
    """All files of `static/`; the stylesheets come last, since the URLs in them are hashed too."""
    contents = dict(_iter_files(resources.files("onrecord.web") / "static", ""))
    urls: dict[str, str] = {}
    files: dict[str, tuple[bytes, str]] = {}
    for path in sorted(contents, key=lambda path: (path.endswith(".css"), path)):
        content = contents[path]
        if path.endswith(".css"):
            content = URL.sub(lambda match: f"url({urls[match['path']]})", content.decode()).encode()
        stem, _, suffix = path.rpartition(".")
        urls[path] = f"/static/{stem}.{hash_bytes(content)[:12]}.{suffix}"
        files[urls[path]] = content, mimetypes.guess_type(path)[0] or "application/octet-stream"
    return Assets(MappingProxyType(urls), MappingProxyType(files))


async def serve_asset(request: Request) -> Response:
    """The file under its hashed name."""
    found = load_assets().files.get("/static/" + request.path_params["path"])
    if found is None:
        raise HTTPException(404)
    content, media_type = found
    headers = {"Cache-Control": f"public, max-age={KEPT_SECONDS}, immutable"}
    return Response(content, media_type=media_type, headers=headers)


def _iter_files(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for item in folder.iterdir():
        if item.is_dir():
            found += _iter_files(item, f"{prefix}{item.name}/")
        elif item.name.endswith(SERVED):
            found.append((prefix + item.name, item.read_bytes()))
    return found
