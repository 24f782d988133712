"""Where the rows of a list stand and what is done with them: the part of ``[params]`` that all lists share."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Params(BaseModel):
    """Base of all parameters."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Join(Params):
    """A found page whose title matches is a version of a known instrument: each may have an address of its own."""

    title: str = Field(min_length=1)  # regular expression
    instrument: str = Field(pattern=r"^[a-z]{2,3}_[\w.-]+$")


class HtmlRows(Params):
    """What stands where in a row of a list in HTML (CSS selectors inside ``item``)."""

    item: str = Field(min_length=1)
    link: str = "a"  # empty: the item is the link
    attribute: str = ""  # "text" for what is printed; else where an address is: href, src, data-…, the call of a click
    title: str = ""  # of the title, when it is not the link's own text
    title_attribute: str = "title"  # of the link: the printed text may be cut short
    date: str = ""
    date_format: str = ""  # strptime; dates in ISO or Chinese order and with names of months need none
    deadline: str = ""  # of what says until when comments are taken; of a span, the end
    deadline_attribute: str = ""  # the element's text when not given; milliseconds since 1970 are understood
    deadline_pattern: str = ""  # regular expression whose first group is the date
    files: bool = False  # each link of a row is a page of its own


class JsonRows(Params):
    """Where the rows of a list in JSON are, and which fields they have.

    Paths have points between names and numbers, and are empty for the whole. In ``items`` a star stands for every name
    or place; the names it stood for are the fields ``@keys.0``, ``@keys.1`` … A bar parts fields that stand in for
    each other.
    """

    items: str = ""
    link: str = Field(min_length=1)  # a field, or an address with {fields} in it
    title: str = ""  # a field, or words with {fields} in them
    date: str = ""
    date_format: str = ""
    deadline: str = ""  # the field that says until when comments are taken
    unless: dict[str, str] = Field(default_factory=dict)  # a row whose field says this is left out
    where: dict[str, str] = Field(default_factory=dict)  # a row is kept only if these fields fit these expressions
    files: str = ""  # the list of a row's files: link, file_title and file_language are fields of each of them
    file_title: str = ""
    file_language: str = ""  # files in another language than the source's are left out


class Older(Params):
    """How the older pages of a list are asked for: only while nothing on the page before was known."""

    url: str = Field(min_length=1)  # joined to the list's own address; {n} is the number of the page
    first: int = 2
    most: int = Field(default=3, ge=1, le=50)
    form: dict[str, str] = Field(default_factory=dict)  # posted when given; {n} as above
    headers: dict[str, str] = Field(default_factory=dict)  # {list} is the list's own address
    rows: JsonRows | None = None  # when the older pages come as JSON
    hidden_fields: bool = False  # the hidden fields of the list are sent with the form


class TextStep(Params):
    """One hop on the way to a text: an address that fits becomes another, which in JSON says the next, or the text."""

    pattern: str = Field(min_length=1)  # regular expression over the whole address, with groups
    url: str = Field(min_length=1)  # made of the groups {0}, {1} …
    at: str = ""  # the path of the next address in its answer; empty: the answer is the text


class RowParams(Params):
    """What is done with the rows of any list."""

    only: str = ""  # a piece of text that the address of a wanted link contains
    title_words: tuple[str, ...] = ()  # of which a wanted title has one, as a whole word; none: all are wanted
    title_all: tuple[str, ...] = ()  # of which it has every one
    title_not: tuple[str, ...] = ()  # of which it has none
    link_pattern: str = ""  # regular expression over what stands where the link is, with groups
    link_url: str = ""  # the address made of the groups {0}, {1} …
    newest: int = Field(default=0, ge=0, le=1000)  # only so many rows from the top are watched; 0 for all
    max_new: int = Field(default=50, ge=1, le=1000)  # the rest is fetched in later rounds
    query: dict[str, str] = Field(default_factory=dict)  # of the list; ``{today}``, ``{year}`` … are filled in
    headers: dict[str, str] = Field(default_factory=dict)  # of the list
    leaf_headers: dict[str, str] = Field(default_factory=dict)  # of the pages it leads to
    instruments: tuple[Join, ...] = ()
    attachments: str = ""  # CSS selector of what leads to files on a found page: links, frames, viewers, clicks
    notices: bool | Literal["attached"] = False  # a found page only announces: always, or when a file hangs on it
    inner: HtmlRows | None = None  # a found page is itself a list: these are its rows, and title_words is about them
    session: bool = False  # cookies of the first answer are sent with the rest of this walk, and then forgotten
    text_pattern: str = ""  # with text_url: the address that says in JSON where a found page's text is
    text_url: str = ""
    text_at: str = ""  # the path of the text's address in that answer
    text_steps: tuple[TextStep, ...] = ()  # the same, when it takes several such hops
    text_html: str = ""  # the path of the text itself, when it is HTML inside the JSON that answers at last
    older: Older | None = None

    @model_validator(mode="after")
    def _whole_rows(self) -> RowParams:
        if self.notices and not self.attachments:
            raise ValueError("notices: goes with attachments, or nothing is ever read")
        if self.text_html and not (self.text_steps or self.text_url):
            raise ValueError("text_html: goes with text_steps or text_url, which lead there")
        for one, other in (("link_pattern", "link_url"), ("text_pattern", "text_url"), ("text_url", "text_at")):
            if bool(getattr(self, one)) is not bool(getattr(self, other)):
                raise ValueError(f"{one}: goes with {other}, and neither alone")
        return self

    @property
    def hops(self) -> tuple[TextStep, ...]:
        """The hops from a found address to its text."""
        one = (TextStep(pattern=self.text_pattern, url=self.text_url, at=self.text_at),) if self.text_url else ()
        return (*one, *self.text_steps)


class SessionStep(Params):
    """One step of a walk through forms: the page that arrived is sent back with its hidden fields and these."""

    fields: dict[str, str] = Field(default_factory=dict)  # {year}, {month} … are filled in
    choose: dict[str, str] = Field(default_factory=dict)  # of a list of choices, the one that is printed so
    press: str = ""  # the button that is pressed; the place of the click is sent with an image
    target: str = ""  # __EVENTTARGET, when a script sends the form
