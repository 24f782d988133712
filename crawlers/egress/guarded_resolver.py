"""DNS rebinding guard: a name resolver for Twisted that yields no address which may not be connected to.

Twisted connects to the addresses that its resolver yields and to no others, so that nothing can change between the
check and the connection. Spellings of addresses that the system understands (``127.1``) pass here, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer

from crawlers.egress.address_policy import AddressPolicy

_MOST_REFUSALS = 10_000


@implementer(IResolutionReceiver)
class _CheckedReceiver:
    """Hands on the addresses that may be connected to, and notes why the others may not."""

    def __init__(self, receiver: Any, resolver: GuardedResolver, name: str, port: int) -> None:
        self._receiver, self._resolver = receiver, resolver
        self._name, self._port = name, port

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802 - Twisted's name
        self._resolver.refusals.pop((self._name, self._port), None)
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802 - Twisted's name
        assert isinstance(address, IPv4Address | IPv6Address)
        is_plain = self._name == str(address.host)  # a bare address was judged by who asks, and leads nowhere else
        refusal = "" if is_plain else self._resolver.policy.refusal(self._name, str(address.host), self._port)
        if refusal:
            self._resolver.note(self._name, self._port, refusal)
        else:
            self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:  # noqa: N802 - Twisted's name
        self._receiver.resolutionComplete()


@implementer(IHostnameResolver)
class GuardedResolver:
    """Resolves as *inner* does, and keeps back what *policy* refuses; ``refusals`` says why, by name and port."""

    def __init__(self, inner: Any, policy: AddressPolicy) -> None:
        self.inner, self.policy = inner, policy
        self.refusals: dict[tuple[str, int], str] = {}

    def note(self, name: str, port: int, refusal: str) -> None:
        """Remember why an address was kept back, for who made the request."""
        if len(self.refusals) >= _MOST_REFUSALS:
            self.refusals.clear()
        self.refusals[name, port] = refusal

    def resolveHostName(  # noqa: N802 - Twisted's name
        self,
        resolutionReceiver: IResolutionReceiver,  # noqa: N803 - Twisted's name
        hostName: str,  # noqa: N803 - Twisted's name
        portNumber: int = 0,  # noqa: N803 - Twisted's name
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803 - Twisted's name
        transportSemantics: str = "TCP",  # noqa: N803 - Twisted's name
    ) -> IHostResolution:
        """Resolve a name, and let through what may be connected to."""
        checked = _CheckedReceiver(resolutionReceiver, self, hostName, portNumber)
        resolution: IHostResolution = self.inner.resolveHostName(
            checked, hostName, portNumber, addressTypes, transportSemantics
        )
        return resolution


def guard(reactor: Any, policy: AddressPolicy) -> GuardedResolver:
    """Put a guarded resolver into *reactor*, once a process, and return it."""
    resolver = reactor.nameResolver
    if isinstance(resolver, GuardedResolver):
        return resolver
    guarded = GuardedResolver(resolver, policy)
    reactor.installNameResolver(guarded)
    return guarded
