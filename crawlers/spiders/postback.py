"""A list behind an ASP.NET form: its hidden fields are sent back with the question."""

from __future__ import annotations

from urllib.parse import urljoin

from scrapy.http import Response, TextResponse

from crawlers.declaration.params import PostbackParams
from crawlers.declaration.placeholders import day_values, fill_all
from crawlers.failure_causes import Cause
from crawlers.items import FetchRequest
from crawlers.spiders.base import Yields
from crawlers.spiders.listing import ListingSpider

_MOST_FIELDS = 200


class PostbackSpider(ListingSpider):
    """Gets the form, posts it back, and reads the list that comes of it.

    The page is the form: its identity stays the declared address. Cookies live from one request to the next only.
    """

    model = PostbackParams

    def walk(self, url: str) -> Yields:
        """Get the form."""
        look = FetchRequest(url, self.list_formats, listing=True)
        yield self.ask(look, url, self.parse_form, self.params.headers)

    def parse_form(self, response: Response) -> Yields:
        """Post the form back."""
        look: FetchRequest = response.meta["look"]
        form = hidden_fields(response) if response.status == 200 else {}
        if "__VIEWSTATE" not in form:
            cause = Cause.UNREADABLE if response.status == 200 else Cause.HTTP_STATUS
            yield self.fail(look, response.url, cause, "no form that could be sent back", response.status)
            return
        params: PostbackParams = self.params
        form |= fill_all(params.fields, day_values(self.today()))
        form |= {"__EVENTTARGET": params.target, "__EVENTARGUMENT": ""}
        cookies = "; ".join(
            header.decode("latin-1").partition(";")[0] for header in response.headers.getlist("Set-Cookie")
        )
        headers = {**params.headers, **({"Cookie": cookies} if cookies else {})}
        yield self.look(look, self.parse_list, _action(response), headers, form)


def hidden_fields(response: Response) -> dict[str, str]:
    """Return the hidden fields of the page by name."""
    if not isinstance(response, TextResponse):
        return {}
    fields = response.css("input[type=hidden][name]")[:_MOST_FIELDS]
    return {field.attrib["name"]: field.attrib.get("value", "") for field in fields}


def _action(response: Response) -> str:
    assert isinstance(response, TextResponse)
    action = response.css("form[action]::attr(action)").get("")
    url = urljoin(response.url, action)
    return url if url.startswith(("http://", "https://")) else response.url
