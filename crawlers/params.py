"""The ``[params]`` of a declaration: one model for each way of walking a site."""

from __future__ import annotations

from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

_P = TypeVar("_P", bound="Params")


class Params(BaseModel):
    """Parameters of a spider that needs none."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ListingParams(Params):
    """Where the rows of a list are, and what stands where in a row (CSS selectors, inside ``item``)."""

    item: str = Field(min_length=1)
    link: str = "a"
    title: str = ""  # of the title, when it is not the link's own text
    title_attribute: str = "title"  # of the link: the printed text may be cut short
    date: str = ""
    date_format: str = ""  # strptime; dates in ISO or Chinese order and with English months need none
    only: str = ""  # a piece of text that the address of a wanted link contains
    max_new: int = Field(default=50, ge=1, le=1000)  # the rest is fetched in later rounds


class FeedParams(Params):
    """Which entries of a feed are followed."""

    only: str = ""
    max_new: int = Field(default=50, ge=1, le=1000)


class CellarParams(Params):
    """How an act is asked for at Cellar."""

    celex: str = Field(min_length=6, pattern=r"^[0-9A-Z()]+$")
    lang: str = Field(pattern=r"^[a-z]{3}$")  # ISO 639-3, as Cellar wants it
    consolidated: bool = True  # take the newest consolidated version that is not of the future
    sparql: str = ""  # defaults to the endpoint on the act's own host


class FederalRegisterParams(Params):
    """Which documents are searched, and which of their texts is read."""

    conditions: dict[str, str | tuple[str, ...]] = Field(default_factory=dict)
    text: Literal["full_text_xml_url", "raw_text_url", "body_html_url"] = "full_text_xml_url"
    max_new: int = Field(default=50, ge=1, le=1000)


class EcfrParams(Params):
    """Which part of the Code of Federal Regulations."""

    title: int = Field(ge=1, le=50)
    part: str = Field(min_length=1, pattern=r"^[0-9]+[A-Za-z]?$")


PARAMS: dict[str, type[Params]] = {
    "page": Params,
    "listing": ListingParams,
    "feed": FeedParams,
    "cellar": CellarParams,
    "federal_register": FederalRegisterParams,
    "ecfr": EcfrParams,
}
"""Every spider that a declaration may name, with its parameters."""


def params_of(model: type[_P], params: dict[str, Any]) -> _P:
    """Return checked parameters as *model*."""
    return model.model_validate(params)
