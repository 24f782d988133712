"""SSRF policy: which addresses and ports may be connected to; public unicast, on the ports of the web, unless allowed.

Pure, but for reading nothing: names are resolved by who connects, and each address they lead to is judged here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

WEB_PORTS = frozenset({80, 443})
DEFAULT_PORTS = {"http": 80, "https": 443}
LOOPBACK = "127.0.0.0/8, ::1"
"""What a trial on one machine allows itself."""
_NAT64 = (IPv6Network("64:ff9b::/96"),)
_LOCAL_NAT64 = IPv6Network("64:ff9b:1::/48")
_COMPATIBLE = IPv6Network("::/96")  # an IPv4 address with zeros before it, long abolished
_RELAYS = IPv4Network("192.88.99.0/24")
_LOW_32 = 0xFFFFFFFF
_ADDRESS_LETTERS = frozenset("0123456789abcdefx.")


@dataclass(frozen=True, slots=True)
class AllowedTarget:
    """One target that an operator allows: a network or a name, on one port or on all."""

    place: str
    port: int | None

    def fits(self, name: str, address: str, port: int) -> bool:
        """Return whether a connection to *address*, asked for as *name*, is what was allowed."""
        if self.port not in {None, port}:
            return False
        try:
            network = ip_network(self.place, strict=False)
        except ValueError:
            return self.place == name.lower()
        found = _parsed(address)
        return found is not None and found.version == network.version and found in network


@dataclass(frozen=True, slots=True)
class AddressPolicy:
    """What may be connected to beyond the public web: targets by setting, and ports by declaration."""

    targets: tuple[AllowedTarget, ...] = ()
    ports: frozenset[int] | None = WEB_PORTS  # None: who asks has looked at the port

    def refusal(self, name: str, address: str, port: int) -> str:
        """Return why a connection is refused; empty when it may be made."""
        if any(target.fits(name, address, port) for target in self.targets):
            return ""
        if self.ports is not None and port not in self.ports:
            return f"port {port} of {address} is none of the web and was not declared"
        kind = not_public(address)
        return f"{address} is {kind}" if kind else ""

    def allows_name(self, name: str, port: int) -> bool:
        """Return whether a target was allowed by this very name, wherever it leads."""
        return any(target.fits(name, "", port) for target in self.targets)


def allowed_targets(text: str) -> tuple[AllowedTarget, ...]:
    """Return the targets of a setting, such as ``10.1.0.0/16, [fd00::1]:8080, archive.local:443``; raises ValueError.

    >>> [target.place for target in allowed_targets("10.1.0.0/16, archive.local:443")]
    ['10.1.0.0/16', 'archive.local']
    """
    return tuple(_target(entry.strip()) for entry in text.split(",") if entry.strip())


def target_of(url: str) -> tuple[AllowedTarget, ...]:
    """Return the target that an operator's own setting names by its very address; a name must lead to the public."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    named = _parsed(host) is not None or host == "localhost"
    return (AllowedTarget(host, parts.port or DEFAULT_PORTS.get(parts.scheme)),) if named else ()


def not_public(address: str) -> str:
    """Return what kind of address *address* is when it is not a public unicast one; empty when it is.

    >>> not_public("127.0.0.1"), not_public("64:ff9b::7f00:1"), not_public("8.8.8.8")
    ('an address of this machine', 'an address of this machine', '')
    """
    found = _parsed(address)
    if found is None:
        return "no address"
    if isinstance(found, IPv6Address):
        if found in _LOCAL_NAT64:
            return "an address of a private network"
        found = _embedded(found) or found
    return _kind(found)


def odd_spelling(host: str) -> str:
    """Return the plain spelling of an address that *host* spells another way; empty when it is plain, or a name.

    >>> odd_spelling("0x7f.1"), odd_spelling("2130706433"), odd_spelling("127.0.0.1"), odd_spelling("law.example")
    ('an address spelled otherwise', 'an address spelled otherwise', '', '')
    """
    bare = host.lower().rstrip(".")
    found = _parsed(bare)
    if found is not None:
        plain = str(found) == bare and not host.endswith(".")
        return "" if plain and not getattr(found, "scope_id", None) else "an address spelled otherwise"
    if bare == "localhost":
        return "" if host.lower() == bare else "an address spelled otherwise"
    last = bare.rpartition(".")[2]
    numeric = bool(last) and set(bare) <= _ADDRESS_LETTERS and (last.isdigit() or last.startswith("0x"))
    return "an address spelled otherwise" if numeric or (not bare.isascii() and bare[-1:].isnumeric()) else ""


def _target(entry: str) -> AllowedTarget:
    if not entry.startswith("[") and entry.count(":") > 1:  # IPv6 without brackets has no port
        return AllowedTarget(str(ip_network(entry, strict=False)), None)
    place, _, port = entry.rpartition(":") if entry.rpartition(":")[2].isdigit() else (entry, "", "")
    place = place.strip("[]").lower().rstrip(".")
    if not place or (port and not 0 < int(port) < 65536):
        raise ValueError(f"{entry!r} is no address, network or name, with or without a port")
    if "/" in place or _parsed(place) is not None:
        place = str(ip_network(place, strict=False))
    return AllowedTarget(place, int(port) if port else None)


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(address)
    except ValueError:
        return None


def _embedded(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 one leads to through a gateway."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return next((part for part in address.teredo if _kind(part)), address.teredo[1])
    if any(address in network for network in _NAT64) or (address in _COMPATIBLE and int(address) > 0xFFFF):
        return IPv4Address(int(address) & _LOW_32)
    return None


def _kind(address: IPv4Address | IPv6Address) -> str:
    kinds: Iterable[tuple[bool, str]] = (
        (address.is_loopback or address.is_unspecified, "an address of this machine"),
        (address.is_link_local, "a link-local address, where machines keep their own secrets"),
        (address.is_multicast, "an address of many machines"),
        (address.is_reserved or not address.is_global, "an address of a private network"),
        (address in _RELAYS or getattr(address, "is_site_local", False), "an address of a private network"),
    )
    return next((text for fits, text in kinds if fits), "")
