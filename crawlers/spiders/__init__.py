"""Ways of walking a site. A spider collects and hands over; only the pipeline writes."""

from __future__ import annotations

from crawlers.spiders.base import SourceSpider
from crawlers.spiders.cellar import CellarSpider
from crawlers.spiders.ecfr import EcfrSpider
from crawlers.spiders.federal_register import FederalRegisterSpider
from crawlers.spiders.feed import FeedSpider
from crawlers.spiders.jpaas import JpaasSpider
from crawlers.spiders.json_list import JsonSpider
from crawlers.spiders.listing import ListingSpider
from crawlers.spiders.page import PageSpider
from crawlers.spiders.postback import PostbackSpider
from crawlers.spiders.sitemap import SitemapSpider

WALKERS: dict[str, type[SourceSpider]] = {
    "page": PageSpider,
    "listing": ListingSpider,
    "feed": FeedSpider,
    "json": JsonSpider,
    "jpaas": JpaasSpider,
    "sitemap": SitemapSpider,
    "postback": PostbackSpider,
    "cellar": CellarSpider,
    "federal_register": FederalRegisterSpider,
    "ecfr": EcfrSpider,
}
"""The spider that each declaration's ``spider`` names."""
