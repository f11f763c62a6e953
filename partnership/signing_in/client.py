"""Where a request comes from: its true address, and its browser in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# A household or an office has at least this much of the sixth version's addresses.
IPV6_PREFIX = 64
BROWSERS = (
    ("Edge", r"\bEdg(?:e|A|iOS)?/"),
    ("Opera", r"\bOPR/"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Firefox", r"\b(?:Firefox|FxiOS)/"),
    ("Chrome", r"\b(?:Chrome|CriOS|HeadlessChrome)/"),
    ("Safari", r"\bSafari/"),
)
SYSTEMS = (
    ("iPhone", r"\biPhone\b"),
    ("iPad", r"\biPad\b"),
    ("Android", r"\bAndroid\b"),
    ("Windows", r"\bWindows\b"),
    ("Mac", r"\bMac OS X\b"),
    ("ChromeOS", r"\bCrOS\b"),
    ("Linux", r"\bLinux\b"),
)


@dataclass(frozen=True, slots=True)
class Client:
    """The address (None where there is none, as on a socket), the network that limits count by, the device in words."""

    address: str | None
    network: str
    device: str


def client_of(request: HttpRequest) -> Client:
    address = client_address(request)
    return Client(address=address, network=network_of(address), device=device_of(request.headers.get("User-Agent", "")))


def client_address(request: HttpRequest) -> str | None:
    """The address of whoever asked. `X-Forwarded-For` is read only as far as our own proxies wrote it."""
    count = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if not count:
        return _as_address(request.META.get("REMOTE_ADDR", ""))
    passed_on = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    # Each proxy adds the address that spoke to it at the end; what stands before ours was said by the client.
    if len(passed_on) < count:
        return _as_address(request.META.get("REMOTE_ADDR", ""))
    return _as_address(passed_on[-count])


def network_of(address: str | None) -> str:
    if address is None:
        return ""
    if isinstance(ip_address(address), IPv6Address):
        return str(ip_network(f"{address}/{IPV6_PREFIX}", strict=False))
    return address


def device_of(user_agent: str) -> str:
    """What a person recognises, and no more than that: Firefox on Windows."""
    browser = next((name for name, pattern in BROWSERS if re.search(pattern, user_agent)), "A browser")
    system = next((name for name, pattern in SYSTEMS if re.search(pattern, user_agent)), "")
    return f"{browser} on {system}" if system else browser


def _as_address(text: str) -> str | None:
    bare = text.strip().strip("[]").partition("%")[0]
    try:
        address = ip_address(bare)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)
