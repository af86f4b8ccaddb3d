"""Fetching from a server on loopback, which stands in for a public one where the settings allow its name."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import threading
import time as real_time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpcore
import pytest

from onrecord.errors import RunError
from onrecord.fetch import Fetcher, FetchError
from onrecord.fetch.addresses import Allowed
from onrecord.fetch.connect import Guard
from onrecord.fetch.get import find_wait, make_user_agent
from tests.sites import Site

Make = Callable[..., Fetcher]


def to_loopback(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


def test_a_page(site: Site, make_fetcher: Make) -> None:
    site.pages["/a?b=1"] = (200, {"Content-Type": "text/html; charset=cp1252", "ETag": '"x"'}, b"caf\xe9")
    page = make_fetcher(user_agent="desk@example.org").fetch(site.url + "/a?b=1#part")
    assert (page.content, page.media_type, page.etag) == (b"caf\xe9", "text/html; charset=cp1252", '"x"')
    headers = site.asked[-1][1]
    assert headers["User-Agent"].startswith("onrecord/")
    assert headers["User-Agent"].endswith(" (desk@example.org)")
    assert headers["Host"] == f"127.0.0.1:{site.port}"


def test_the_same_is_not_sent_again(site: Site, make_fetcher: Make) -> None:
    site.pages["/a"] = (304, {}, b"")
    assert make_fetcher().fetch(site.url + "/a", etag='"x"', modified="Mon, 14 Mar 2022 10:00:00 GMT").is_same
    assert site.asked[-1][1]["If-None-Match"] == '"x"'
    assert site.asked[-1][1]["If-Modified-Since"] == "Mon, 14 Mar 2022 10:00:00 GMT"


def test_loopback_is_not_fetched_from_unless_allowed(site: Site, make_fetcher: Make) -> None:
    for host in ("127.0.0.1", "localhost", "127.1", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]", "[::1]"):
        with pytest.raises(FetchError):
            make_fetcher(fetch_private="").fetch(f"http://{host}:{site.port}/a")
    assert site.asked == []


def test_a_redirect_to_a_private_address_is_not_followed(site: Site, make_fetcher: Make) -> None:
    fetcher = make_fetcher(fetch_private="public.test", resolve=to_loopback)
    for to in (f"http://inside.test:{site.port}/secret", f"http://127.0.0.1:{site.port}/secret", f"{site.url}/secret"):
        site.pages["/go"] = (302, {"Location": to}, b"")
        with pytest.raises(FetchError, match="not public"):
            fetcher.fetch(f"http://public.test:{site.port}/go")
    for to in ("file:///etc/passwd", "ftp://public.test/", f"http://u:p@public.test:{site.port}/secret"):
        site.pages["/go"] = (302, {"Location": to}, b"")
        with pytest.raises(FetchError, match=r"only http|user or password"):
            fetcher.fetch(f"http://public.test:{site.port}/go")
    assert "/secret" not in site.paths


def test_redirects(site: Site, make_fetcher: Make) -> None:
    site.pages |= {
        "/1": (301, {"Location": "2?x=1"}, b""),
        "/2?x=1": b"there",
        "/loop": (302, {"Location": "/loop"}, b""),
    }
    assert make_fetcher().fetch(site.url + "/1").url == site.url + "/2?x=1"
    with pytest.raises(FetchError, match="more than 5 redirects"):
        make_fetcher().fetch(site.url + "/loop")


class Network(httpcore.NetworkBackend):
    """Notes what it is told to connect to."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def connect_tcp(self, host: str, port: int, *_rest: Any, **_options: Any) -> httpcore.NetworkStream:
        self.asked.append(host)
        raise httpcore.ConnectError("nobody there")


def test_a_name_is_resolved_once_and_just_that_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name whose second answer is loopback: the second question is never asked."""
    answers = [["93.184.216.34"], ["127.0.0.1"]]
    guard = Guard(Allowed(), lambda _host, _port: answers.pop(0), real_time.monotonic() + 5)
    guard._network = network = Network()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_rest, **_options: pytest.fail("resolved a second time"))
    with pytest.raises(httpcore.ConnectError):
        guard.connect_tcp("rebind.test", 80)
    assert network.asked == ["93.184.216.34"]
    with pytest.raises(FetchError, match="not public"):
        guard.connect_tcp("rebind.test", 80)
    assert network.asked == ["93.184.216.34"]


def test_each_address_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    guard = Guard(Allowed(), lambda _host, _port: ["2606:4700::1111", "::1", "1.1.1.1"], real_time.monotonic() + 5)
    guard._network = network = Network()
    with pytest.raises(httpcore.ConnectError):
        guard.connect_tcp("two.test", 443)
    assert network.asked == ["2606:4700::1111", "1.1.1.1"]


def test_tls_is_for_the_name_though_the_address_is_pinned(
    tmp_path: Path, make_fetcher: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    openssl = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
    ]
    subject = ["-subj", "/CN=news.test", "-addext", "subjectAltName=DNS:news.test"]
    try:
        subprocess.run(
            [*openssl, *subject, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True
        )
    except FileNotFoundError:
        pytest.skip("openssl is not installed")
    site = Site()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    threading.Thread(target=site.server.serve_forever, args=(0.01,), daemon=True).start()
    trusting = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr("onrecord.fetch.get.make_ssl_context", lambda: trusting)
    site.pages["/a"] = b"safe"
    fetcher = make_fetcher(fetch_private="news.test other.test", resolve=to_loopback)
    try:
        assert fetcher.fetch(f"https://news.test:{site.port}/a").content == b"safe"
        with pytest.raises(FetchError, match=r"(?i)certificate"):
            fetcher.fetch(f"https://other.test:{site.port}/a")
    finally:
        site.server.shutdown()
        site.server.server_close()


def drip(handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(300):
        handler.wfile.write(b"x")
        real_time.sleep(0.02)


def drip_headers(handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for _ in range(300):
        handler.wfile.write(b"X: y\r\n")
        real_time.sleep(0.02)


def flood(handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        handler.wfile.write(b"x" * 65_536)


@pytest.mark.parametrize("page", [drip, drip_headers])
def test_a_server_that_drips_is_given_up(site: Site, make_fetcher: Make, page: Callable[[Any], None]) -> None:
    site.pages["/a"] = page
    begin = real_time.monotonic()
    with pytest.raises(FetchError, match=r"not there within 0\.4 seconds") as refused:
        make_fetcher(max_seconds=0.4).fetch(site.url + "/a")
    assert real_time.monotonic() - begin < 3
    assert refused.value.again


def test_an_endless_page_is_given_up(site: Site, make_fetcher: Make) -> None:
    site.pages["/a"] = flood
    with pytest.raises(FetchError, match="larger than 100,000 bytes"):
        make_fetcher().fetch(site.url + "/a")


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
def test_packed_pages(site: Site, make_fetcher: Make, packing: str) -> None:
    pack = gzip.compress if packing == "gzip" else zlib.compress
    headers = {"Content-Encoding": packing}
    fitting = bytes(range(256)) * 390
    site.pages |= {
        "/fits": (200, headers, pack(fitting)),
        "/bomb": (200, headers, pack(bytes(50_000_000))),
        "/half": (200, headers, pack(fitting)[:-200]),
        "/odd": (200, headers, b"not packed"),
        "/other": (200, {"Content-Encoding": "br"}, b"x"),
    }
    fetcher = make_fetcher()
    assert fetcher.fetch(site.url + "/fits").content == fitting
    for path, reason in {
        "/bomb": "larger than",
        "/half": "halfway",
        "/odd": "broken compression",
        "/other": "not asked for: br",
    }.items():
        with pytest.raises(FetchError, match=reason):
            fetcher.fetch(site.url + path)


def test_what_servers_answer(site: Site, make_fetcher: Make) -> None:
    site.pages |= {"/gone": (410, {}, b""), "/busy": (503, {"Retry-After": "30"}, b"")}
    for path, again, after in (("/gone", False, None), ("/busy", True, 30.0), ("/none", False, None)):
        with pytest.raises(FetchError, match="the server answers") as refused:
            make_fetcher().fetch(site.url + path)
        assert (refused.value.again, refused.value.after) == (again, after)


def test_nobody_there(make_fetcher: Make) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    with pytest.raises(FetchError, match="no answer from") as refused:
        make_fetcher().fetch(f"http://127.0.0.1:{port}/")
    assert refused.value.again


def test_when_to_come_back() -> None:
    assert find_wait("120", 0) == 120
    assert find_wait("Thu, 01 Jan 1970 00:01:40 GMT", 40) == 60
    assert find_wait("Thu, 01 Jan 1970 00:01:40 GMT", 400) == 0
    assert find_wait("soon", 0) is None
    assert find_wait(None, 0) is None


def test_a_name_that_no_header_holds() -> None:
    with pytest.raises(RunError, match="ONRECORD_USER_AGENT"):
        make_user_agent("a\r\nCookie: b")
