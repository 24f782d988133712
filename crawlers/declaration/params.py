"""The ``[params]`` of a declaration: one model for each way of walking a site."""

from __future__ import annotations

from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

_P = TypeVar("_P", bound="Params")


class Params(BaseModel):
    """Base of all parameters."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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


class Join(Params):
    """A found page whose title matches is a version of a known instrument: each may have an address of its own."""

    title: str = Field(min_length=1)  # regular expression
    instrument: str = Field(pattern=r"^[a-z]{2,3}_[\w.-]+$")


class HtmlRows(Params):
    """What stands where in a row of a list in HTML (CSS selectors inside ``item``)."""

    item: str = Field(min_length=1)
    link: str = "a"  # empty: the item is the link
    attribute: str = "href"
    title: str = ""  # of the title, when it is not the link's own text
    title_attribute: str = "title"  # of the link: the printed text may be cut short
    date: str = ""
    date_format: str = ""  # strptime; dates in ISO or Chinese order and with English months need none


class JsonRows(Params):
    """Where the rows of a list in JSON are, and which fields they have: paths with points, empty for the whole."""

    items: str = ""
    link: str = Field(min_length=1)  # a field, or an address with {fields} in it
    title: str = ""
    date: str = ""
    date_format: str = ""
    unless: dict[str, str] = Field(default_factory=dict)  # a row whose field says this is left out


class Older(Params):
    """How the older pages of a list are asked for: only while nothing on the page before was known."""

    url: str = Field(min_length=1)  # joined to the list's own address; {n} is the number of the page
    first: int = 2
    most: int = Field(default=3, ge=1, le=50)
    form: dict[str, str] = Field(default_factory=dict)  # posted when given; {n} as above
    headers: dict[str, str] = Field(default_factory=dict)  # {list} is the list's own address
    rows: JsonRows | None = None  # when the older pages come as JSON


class RowParams(Params):
    """What is done with the rows of any list."""

    only: str = ""  # a piece of text that the address of a wanted link contains
    title_words: tuple[str, ...] = ()  # of which a wanted title has one, whatever its case; none: all are wanted
    link_pattern: str = ""  # regular expression over what stands where the link is, with groups
    link_url: str = ""  # the address made of the groups {0}, {1} …
    max_new: int = Field(default=50, ge=1, le=1000)  # the rest is fetched in later rounds
    headers: dict[str, str] = Field(default_factory=dict)  # of the list
    leaf_headers: dict[str, str] = Field(default_factory=dict)  # of the pages it leads to
    instruments: tuple[Join, ...] = ()
    attachments: str = ""  # CSS selector of the links to files on a found page, fetched with it
    notices: bool = False  # a found page only announces; the law is in its attachments
    text_pattern: str = ""  # with text_url: the address that says in JSON where a found page's text is
    text_url: str = ""
    text_at: str = ""  # the path of the text's address in that answer
    older: Older | None = None

    @model_validator(mode="after")
    def _whole_rows(self) -> RowParams:
        for one, other in (("link_pattern", "link_url"), ("text_pattern", "text_url"), ("text_url", "text_at")):
            if bool(getattr(self, one)) is not bool(getattr(self, other)):
                raise ValueError(f"{one}: goes with {other}, and neither alone")
        return self


class ListingParams(HtmlRows, RowParams):
    """A list in HTML."""

    browser: bool = False  # the list and its pages say nothing until their scripts have run


class FeedParams(RowParams):
    """Which entries of a feed are followed."""


class JsonParams(JsonRows, RowParams):
    """A list in JSON, asked for with a query, a form or a body of JSON; ``{today}`` … are filled in."""

    query: dict[str, str] = Field(default_factory=dict)
    form: dict[str, str] = Field(default_factory=dict)
    body: dict[str, Any] = Field(default_factory=dict)


class JpaasParams(HtmlRows, RowParams):
    """A column of the jpaas platform: HTML inside JSON. Without a ``query`` the column's own page says it."""

    unit: str = "/api-gateway/jpaas-publish-server/front/page/build/unit"
    query: dict[str, str] = Field(default_factory=dict)
    html: str = "data.html"


class PostbackParams(HtmlRows, RowParams):
    """A list behind an ASP.NET form: its hidden fields are sent back with these, ``{year}`` … filled in."""

    fields: dict[str, str] = Field(default_factory=dict)
    target: str = ""  # __EVENTTARGET


class CellarParams(Params):
    """How an act is asked for at Cellar."""

    celex: str = Field(min_length=6, pattern=r"^[0-9A-Z()]+$")
    lang: str = Field(pattern=r"^[a-z]{3}$")  # ISO 639-3, as Cellar wants it
    consolidated: bool = True  # take the newest consolidated version that is not of the future
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
    "postback": PostbackParams,
    "cellar": CellarParams,
    "federal_register": FederalRegisterParams,
    "ecfr": EcfrParams,
}
"""Every spider that a declaration may name, with its parameters."""


def params_of(model: type[_P], params: dict[str, Any]) -> _P:
    """Return checked parameters as *model*."""
    return model.model_validate(params)
