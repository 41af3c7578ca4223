"""Which addresses of the internet a server of ours may connect to because somebody else asked for it. Pure."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from common.errors import InvoicesiteError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NOT_FOR_US = tuple(
    ipaddress.ip_network(network)
    for network in (
        "100.64.0.0/10",  # carrier-grade NAT (RFC 6598), in clouds often the inside
        "168.63.129.16/32",  # Azure's virtual public address of the host
        "192.0.0.0/24",  # protocol assignments (RFC 6890), Oracle's metadata
        "192.88.99.0/24",  # 6to4 relays (RFC 7526)
        "198.18.0.0/15",  # benchmarks (RFC 2544)
        "240.0.0.0/4",
        # These carry an IPv4 address within, which a gateway would connect to.
        "64:ff9b::/96",  # NAT64 (RFC 6052)
        "64:ff9b:1::/48",  # NAT64 of a site (RFC 8215)
        "2001::/23",  # Teredo, ORCHID and other protocol assignments (RFC 2928)
        "2002::/16",  # 6to4 (RFC 3056)
        "3fff::/20",  # documentation (RFC 9637)
    )
)
_GLOBAL_UNICAST_V6 = ipaddress.IPv6Network("2000::/3")
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)", re.I)
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*", re.I)


class UrlForbidden(InvoicesiteError):
    """An address that is not fetched from, whatever is there."""

    code = "url_forbidden"
    http_status = 400
    default_message = "Files are not fetched from this address."


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public internet, and only to it."""
    if any(address in network for network in _NOT_FOR_US if network.version == address.version):
        return False
    if isinstance(address, ipaddress.IPv6Address) and (address not in _GLOBAL_UNICAST_V6 or address.scope_id):
        return False  # also addresses that map or embed an IPv4 one (::ffff:0:0/96, ::/96)
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_private)


def check_url(url: str, *, allow_http: bool) -> tuple[str, str, int, str]:
    """Scheme, host (ASCII, without brackets), port and request target of an address that may be fetched as far as its
    text can tell. Raises UrlForbidden."""
    if not url.isprintable() or " " in url or "\\" in url or len(url) > 2000:
        raise UrlForbidden("This is not a valid address.")
    try:
        parts = urlsplit(url)
        port, hostname = parts.port, parts.hostname or ""
    except ValueError:
        raise UrlForbidden("This is not a valid address.") from None
    schemes = ("https", "http") if allow_http else ("https",)
    if parts.scheme not in schemes:
        raise UrlForbidden(f"Only {' or '.join(f'{s}://' for s in schemes)} addresses are fetched.")
    if "@" in parts.netloc:
        raise UrlForbidden("The address must not contain a user name or password.")
    host = _ascii_host(hostname)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme, host, port if port is not None else (443 if parts.scheme == "https" else 80), target


# Names that no public server has (RFC 6761, RFC 6762, RFC 8375, and what clouds call their inside).
_INSIDE = re.compile(r"(?:^|\.)(?:localhost|local|internal|intranet|lan|home\.arpa|localdomain)$")


def check_callback(url: str, *, allow_http: bool) -> None:
    """Raises UrlForbidden for an address that is not told anything, as far as its text can tell: what a name stands for
    is looked at when it is called."""
    _, host, _, _ = check_url(url, allow_http=allow_http)
    try:
        public = is_public(ipaddress.ip_address(host))
    except ValueError:
        public = "." in host and not _INSIDE.search(host)
    if not public:
        raise UrlForbidden("Private addresses are not allowed.")


def _ascii_host(hostname: str) -> str:
    if ":" in hostname:
        if "%" in hostname:
            raise UrlForbidden("The address must not name a network interface.")
        try:
            return str(ipaddress.IPv6Address(hostname))
        except ValueError:
            raise UrlForbidden("This is not a valid address.") from None
    try:
        host = hostname.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:
        raise UrlForbidden("This is not a valid host name.") from None
    # WHATWG URL, "ends in a number": what looks like IPv4 must be plain IPv4, as 127.1 or 0x7f000001 are not.
    if _NUMBER.fullmatch(host.rpartition(".")[2]):
        try:
            return str(ipaddress.IPv4Address(host))
        except ValueError:
            raise UrlForbidden("This is not a valid host name.") from None
    if not _HOST.fullmatch(host):
        raise UrlForbidden("This is not a valid host name.")
    return host
