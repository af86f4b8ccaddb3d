from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import RunError
from onrecord.fetch.addresses import Allowed, find_addresses, is_public, read_allowed, resolve_host
from onrecord.fetch.base import FetchError

NOT_PUBLIC = [
    *("0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254"),
    *("169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1"),
    *("192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250"),
    *("240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"),
    *("::ffff:8.8.8.8", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b::8.8.8.8"),
    *("64:ff9b:1::1", "100::1", "2001::1", "2001:0:7f00:1::", "2001:10::1", "2001:20::1", "2001:db8::1"),
    *("2002:7f00:1::", "2002:a00:1::1", "3fff::1", "5f00::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%1"),
    *("fec0::1", "ff02::1", "ff0e::1"),
]
PUBLIC = [
    *("1.1.1.1", "8.8.8.8", "93.184.216.34", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0"),
    *("192.0.1.0", "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700::1111", "2a00:1450:4001::1"),
    *("2001:200::1", "2001:4860:4860::8888", "2003::1", "2400::1"),
]


@pytest.mark.parametrize("text", NOT_PUBLIC)
def test_not_public(text: str) -> None:
    assert not is_public(ip_address(text))
    with pytest.raises(FetchError, match="not public"):
        find_addresses("a.test", 80, Allowed(), lambda _host, _port: [text])


@pytest.mark.parametrize("text", PUBLIC)
def test_public(text: str) -> None:
    assert is_public(ip_address(text))
    assert find_addresses("a.test", 80, Allowed(), lambda _host, _port: [text]) == [text]


@given(st.ip_addresses())
@settings(max_examples=3000)
def test_what_python_calls_private_is_not_public(address: IPv4Address | IPv6Address) -> None:
    """Python's own table, kept by others, is the judge: ours is never wider."""
    local = address.is_private or address.is_loopback or address.is_link_local or address.is_multicast
    if local or address.is_reserved or address.is_unspecified or not address.is_global:
        assert not is_public(address)


@given(st.ip_addresses(v=4))
@settings(max_examples=1000)
def test_an_ipv4_address_in_disguise_is_never_public(address: IPv4Address) -> None:
    number = int(address)
    for prefix, shift in (("::", 0), ("::ffff:0:0", 0), ("64:ff9b::", 0), ("64:ff9b:1::", 0), ("2002::", 80)):
        assert not is_public(IPv6Address(int(IPv6Address(prefix)) | number << shift))
    teredo = int(IPv6Address("2001::")) | (number ^ 0xFFFFFFFF)
    assert not is_public(IPv6Address(teredo))


@pytest.mark.parametrize("host", ["0x7f.1", "127.1", "2130706433", "017700000001", "0x7f000001", "0", "127.0.0.01"])
def test_odd_spellings_are_what_they_resolve_to(host: str) -> None:
    try:
        found = resolve_host(host, 80)
    except socket.gaierror:
        found = []  # a resolver that does not know the spelling reaches nothing either
    assert not any(is_public(ip_address(one)) for one in found)
    with pytest.raises(FetchError):
        find_addresses(host, 80, Allowed())


def test_of_several_addresses_only_public_ones_are_taken() -> None:
    mixed = ["127.0.0.1", "93.184.216.34", "::1"]
    assert find_addresses("a.test", 80, Allowed(), lambda _host, _port: mixed) == ["93.184.216.34"]


def test_settings_allow_hosts_and_networks() -> None:
    allowed = read_allowed(" Wiki.LAN., 10.1.0.0/16 ::1,127.0.0.1 ")
    assert allowed.has("wiki.lan", ip_address("192.168.0.7"))
    assert allowed.has("other.lan", ip_address("10.1.200.3"))
    assert allowed.has("other.lan", ip_address("::1"))
    assert not allowed.has("other.lan", ip_address("10.2.0.1"))
    assert not allowed.has("wiki.lan.evil.test", ip_address("192.168.0.7"))
    assert not allowed.has("other.lan", ip_address("::ffff:127.0.0.1"))
    assert IPv6Network("::1/128") in allowed.networks


@pytest.mark.parametrize("text", ["10.0.0.0/99", "10.1", "a b/c", "http://wiki.lan"])
def test_settings_that_name_neither_are_refused(text: str) -> None:
    with pytest.raises(RunError, match="neither a host nor a network"):
        read_allowed(text)
