"""The site an address belongs to: its registrable domain, by the list of public suffixes that tldextract brings along.

Read only when an answer came from another address: the list takes a sixth of a second and five megabytes.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from crawlers.declaration.load import is_loopback
from crawlers.hosts.host_lock import host_key

if TYPE_CHECKING:
    from tldextract import TLDExtract


def site_of(url: str) -> str:
    """Return the site *url* belongs to: what its owner registered; a host of this machine, or a bare address, is one.

    >>> site_of("https://eur-lex.europa.eu/x"), site_of("http://www.cac.gov.cn/y"), site_of("http://127.0.0.1:80/")
    ('europa.eu', 'cac.gov.cn', '127.0.0.1:80')
    """
    host = host_key(url)
    return host if is_loopback(url) else _suffixes()(host).top_domain_under_public_suffix or host


@cache
def _suffixes() -> TLDExtract:
    from tldextract import TLDExtract  # noqa: PLC0415 - five megabytes, and only redirects ask

    return TLDExtract(cache_dir=None, suffix_list_urls=())  # its own copy of the list: nobody is asked for another
