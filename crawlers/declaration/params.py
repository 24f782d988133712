"""The ``[params]`` of a declaration: one model for each way of walking a site."""

from __future__ import annotations

from typing import Any, Literal, TypeVar

from pydantic import Field, model_validator

from crawlers.declaration.row_params import HtmlRows, JsonRows, Params, RowParams, SessionStep

_P = TypeVar("_P", bound="Params")


class PageParams(Params):
    """How a page is asked for; with ``editions``, how the newest of its texts is found on it.

    The page's identity stays the declared address, whichever edition is the newest.
    """

    browser: bool = False  # the page says nothing until its scripts have run
    headers: dict[str, str] = Field(default_factory=dict)
    editions: str = ""  # CSS selector of what names the editions, such as the options of a list
    edition_attribute: str = "value"
    edition_pattern: str = r"^(.+)$"  # what does not match is no edition
    edition: Literal["first", "last", "least", "greatest"] = "first"
    edition_url: str = ""  # the text's address; {0} is the first group of the pattern

    @model_validator(mode="after")
    def _whole(self) -> PageParams:
        if bool(self.editions) is not bool(self.edition_url):
            raise ValueError("editions: goes with edition_url, and neither alone")
        return self


class ListingParams(HtmlRows, RowParams):
    """A list in HTML."""

    browser: bool = False  # the list and its pages say nothing until their scripts have run


class FeedParams(RowParams):
    """Which entries of a feed are followed."""


class SitemapParams(RowParams):
    """A sitemap, or an index of sitemaps, of which those are read whose address contains ``maps``."""

    maps: str = ""
    title_pattern: str = r"([^/]+?)(?:\.\w+)?/?$"  # of an address, whose first group is its title


class JsonParams(JsonRows, RowParams):
    """A list in JSON, asked for with a query, a form or a body of JSON; ``{today}`` … are filled in."""

    form: dict[str, str] = Field(default_factory=dict)
    body: dict[str, Any] = Field(default_factory=dict)


class JpaasParams(HtmlRows, RowParams):
    """A column of the jpaas platform: HTML inside JSON. Without a ``query`` the column's own page says it."""

    unit: str = "/api-gateway/jpaas-publish-server/front/page/build/unit"
    query: dict[str, str] = Field(default_factory=dict)
    html: str = "data.html"


class PostbackParams(HtmlRows, RowParams):
    """A list behind one form or several: each is sent back with its hidden fields, in one session."""

    fields: dict[str, str] = Field(default_factory=dict)  # of the only step, ``{year}`` … filled in
    target: str = ""  # __EVENTTARGET of the only step
    steps: tuple[SessionStep, ...] = ()  # when there are several
    reach_back: int = Field(default=0, ge=0, le=31)  # days: early in a month, the month before is asked for, too


class CellarParams(Params):
    """How an act is asked for at Cellar."""

    celex: str = Field(min_length=6, pattern=r"^[0-9A-Z()]+$")
    lang: str = Field(pattern=r"^[a-z]{3}$")  # ISO 639-3, as Cellar wants it
    consolidated: bool = True  # take the newest consolidated version in this language that is not of the future
    sparql: str = ""  # defaults to the endpoint on the act's own host


class FederalRegisterParams(RowParams):
    """Which documents are searched, and which of their texts is read."""

    conditions: dict[str, str | tuple[str, ...]] = Field(default_factory=dict)
    text: Literal["full_text_xml_url", "raw_text_url", "body_html_url"] = "full_text_xml_url"


class EcfrParams(Params):
    """Which part of the Code of Federal Regulations."""

    title: int = Field(ge=1, le=50)
    part: str = Field(min_length=1, pattern=r"^[0-9]+[A-Za-z]?$")


PARAMS: dict[str, type[Params]] = {
    "page": PageParams,
    "listing": ListingParams,
    "feed": FeedParams,
    "json": JsonParams,
    "jpaas": JpaasParams,
    "sitemap": SitemapParams,
    "postback": PostbackParams,
    "cellar": CellarParams,
    "federal_register": FederalRegisterParams,
    "ecfr": EcfrParams,
}
"""Every spider that a declaration may name, with its parameters."""


def params_of(model: type[_P], params: dict[str, Any]) -> _P:
    """Return checked parameters as *model*."""
    return model.model_validate(params)
