"""A session: cookies and forms of one walk, kept while it lasts and never longer.

Scrapy's own cookies are off, because the same address must give the same text. A few sites answer only who sends
their cookie back, or walks through their forms in order; such a walk has a jar of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, Morsel, SimpleCookie
from urllib.parse import urljoin, urlsplit

from scrapy.http import Response, TextResponse

from crawlers.declaration.placeholders import fill_all
from crawlers.declaration.row_params import SessionStep
from crawlers.rows.row_words import one_line

MOST_REDIRECTS = 5
_MOST_FIELDS = 200
_MOST_COOKIES = 30
_REDIRECTS = {301, 302, 303, 307, 308}


@dataclass
class Session:
    """The cookies of one walk, by host."""

    cookies: dict[str, dict[str, str]] = field(default_factory=dict)

    def remember(self, response: Response) -> None:
        """Keep the cookies that *response* sets, and forget those it takes back."""
        jar = self.cookies.setdefault(_host(response.url), {})
        for header in response.headers.getlist("Set-Cookie"):
            for name, morsel in _morsels(header.decode("latin-1")):
                if morsel["max-age"] == "0" or not morsel.value:
                    jar.pop(name, None)
                elif len(jar) < _MOST_COOKIES:
                    jar[name] = morsel.coded_value

    def headers(self, url: str) -> dict[str, str]:
        """Return the header that sends the cookies of the host of *url* back; nothing when it set none."""
        jar = self.cookies.get(_host(url), {})
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in jar.items())} if jar else {}


def redirect_of(response: Response) -> str:
    """Return where a response sends its guest; empty when it is an answer."""
    location = response.headers.get("Location") if response.status in _REDIRECTS else None
    url = urljoin(response.url, location.decode("latin-1")) if location else ""
    return url if url.startswith(("http://", "https://")) else ""


def hidden_fields(response: Response) -> dict[str, str]:
    """Return the hidden fields of the page by name."""
    if not isinstance(response, TextResponse):
        return {}
    inputs = response.css("input[type=hidden][name]")[:_MOST_FIELDS]
    return {element.attrib["name"]: element.attrib.get("value", "") for element in inputs}


def action_of(response: Response) -> str:
    """Return where the page's form is sent."""
    if not isinstance(response, TextResponse):
        return response.url
    url = urljoin(response.url, response.css("form[action]::attr(action)").get(""))
    return url if url.startswith(("http://", "https://")) else response.url


def filled_form(response: Response, step: SessionStep, values: Mapping[str, object]) -> dict[str, str]:
    """Return what is sent back for one step: hidden fields, those declared, the choices and the button.

    Raises ValueError when the form has no such choice.
    """
    form = hidden_fields(response) | dict(fill_all(step.fields, values))
    form |= {name: _choice(response, name, str(text)) for name, text in fill_all(step.choose, values).items()}
    form |= _button(response, step.press) if step.press else {}
    return form | {"__EVENTTARGET": step.target, "__EVENTARGUMENT": ""}


def _choice(response: Response, name: str, text: str) -> str:
    """Return the value of the option of the list *name* that is printed as *text*."""
    assert isinstance(response, TextResponse)
    for option in response.css("select").xpath("self::*[@name=$name]//option", name=name):
        if one_line("".join(option.css("*::text").getall())).lower() == text.lower():
            return option.attrib.get("value", "")
    raise ValueError(f"the form has no choice {text!r} of {name}")


def _button(response: Response, name: str) -> dict[str, str]:
    assert isinstance(response, TextResponse)
    button = next(iter(response.css("input, button").xpath("self::*[@name=$name]", name=name)), None)
    if button is not None and button.attrib.get("type", "").lower() == "image":
        return {f"{name}.x": "8", f"{name}.y": "8"}
    return {name: button.attrib.get("value", "") if button is not None else ""}


def _morsels(header: str) -> list[tuple[str, Morsel[str]]]:
    try:
        return list(SimpleCookie(header).items())
    except CookieError:
        return []


def _host(url: str) -> str:
    return urlsplit(url).netloc
