"""Which private addresses may be reached: an operator's setting, judged by the open socket.

A name may lead anywhere, and a spec, a connector file or an answer may name it. So it is the
address of the socket that counts, before a byte is sent.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from ipaddress import IPv4Network, IPv6Network

_EMBEDS = tuple(map(ip_network, ("::/96", "::ffff:0:0:0/96", "64:ff9b::/96")))
"""Addresses whose last 32 bits are one of IPv4, which a gateway reaches: RFC 4291, 2765, 6052."""
_LOCAL = tuple(map(ip_network, ("fec0::/10", "64:ff9b:1::/48", "192.88.99.0/24")))
"""Not global, whatever the library says: of a site, of a translator of one's own, of relays."""
_PRIVATE: list[list[IPv4Network | IPv6Network] | None] = [None]


class AddressClosed(OSError):
    """An address that is not public, and that the operator does not name."""


def restrict(ranges: Sequence[str] | None) -> None:
    """Let this process reach public addresses and those of some ranges; None for all addresses."""
    _PRIVATE[0] = None if ranges is None else [ip_network(one) for one in ranges]


def check_address(text: str) -> None:
    """Raise AddressClosed for an address that this process is not to reach."""
    ranges = _PRIVATE[0]
    if ranges is None:
        return
    address = _meant(ip_address(text.partition("%")[0]))
    is_local = address.is_multicast or any(address in one for one in _LOCAL)
    is_public = address.is_global and not is_local
    if not is_public and not any(address in one for one in ranges):
        message = f"{address} is no public address, and `network.private` does not name it"
        raise AddressClosed(message)


def _meant(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the address of IPv4 that one of IPv6 leads to, else the address itself."""
    if isinstance(address, IPv4Address):
        return address
    inner = address.ipv4_mapped or address.sixtofour
    if inner is None and int(address) > 1 and any(address in one for one in _EMBEDS):
        inner = IPv4Address(int(address) & 0xFFFF_FFFF)
    return inner or address


def check_socket(opened: socket.socket) -> None:
    """Close a socket to an address that this process is not to reach, and raise AddressClosed."""
    try:
        check_address(str(opened.getpeername()[0]))
    except AddressClosed:
        opened.close()
        raise


def is_restricted() -> bool:
    """Whether there are addresses that this process is not to reach."""
    return _PRIVATE[0] is not None


def check_host(host: str | None) -> None:
    """Raise AddressClosed when a host has such an address; no host stands for this machine.

    For drivers that open their sockets themselves: they look the name up once more.
    """
    for address in addresses_of(host or "localhost") if is_restricted() else ():
        check_address(address)


def addresses_of(host: str) -> list[str]:
    """Return the addresses of a host; none where it has none, of which the driver tells."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return []
    return [str(place[0]) for *_, place in found]
