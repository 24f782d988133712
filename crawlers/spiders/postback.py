"""A list behind forms: each is sent back with its hidden fields, in one session, until the list arrives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from scrapy.http import Response

from crawlers.declaration.params import PostbackParams
from crawlers.declaration.placeholders import day_values
from crawlers.declaration.row_params import SessionStep
from crawlers.failure_causes import Cause
from crawlers.items import FetchRequest
from crawlers.rows.list_rows import ListRow
from crawlers.spiders.base import Callback, Yields
from crawlers.spiders.listing import ListingSpider
from crawlers.spiders.session import Session, action_of, filled_form, hidden_fields

_FORM_MARKS = ("__VIEWSTATE", "__EVENTVALIDATION")


class PostbackSpider(ListingSpider):
    """Gets a form, sends it back, step by step, and reads the list that comes of it.

    The page is the first form: its identity stays the declared address. Cookies live as long as the walk.
    """

    model = PostbackParams

    def walk(self, url: str) -> Yields:
        """Get the form."""
        yield self._first(url, day_values(self.today()), self.parse_list)

    def parse_list(self, response: Response) -> Yields:
        """Read the list; early in a month also that of the month before."""
        before = self.today() - timedelta(days=self.params.reach_back)
        if before.month == self.today().month or response.status != 200:
            yield from super().parse_list(response)
            return
        form_arguments = {"list_page": response, "rows": self._readable(response)}
        yield self._first(response.meta["look"].page_url, day_values(before), self.parse_earlier, **form_arguments)

    def parse_earlier(self, response: Response, list_page: Response, rows: list[ListRow]) -> Yields:
        """Add the rows of the month before; when it cannot be had, the look fails rather than miss its last days."""
        if response.status != 200:
            yield self.fetched_page(response)
            return
        yield from self.emit(list_page, [*rows, *self._readable(response)])

    def parse_form(
        self,
        response: Response,
        steps: tuple[SessionStep, ...],
        values: Mapping[str, Any],
        then: Callback,
        arguments: dict[str, Any],
    ) -> Yields:
        """Send one form back, and go on to the next or to the list."""
        look: FetchRequest = response.meta["look"]
        fields = hidden_fields(response) if response.status == 200 else {}
        if not any(mark in fields for mark in _FORM_MARKS):
            cause = Cause.UNREADABLE if response.status == 200 else Cause.HTTP_STATUS
            yield self.fail(look, response.url, cause, "no form that could be sent back", response.status)
            return
        try:
            form = filled_form(response, steps[0], values)
        except ValueError as error:
            yield self.fail(look, response.url, Cause.UNREADABLE, str(error), response.status)
            return
        request = self.ask(look, action_of(response), self.parse_form, self.params.headers, form)
        session: Session = response.meta["session"]
        if len(steps) > 1:
            form_arguments = {"steps": steps[1:], "values": values, "then": then, "arguments": arguments}
            yield self.in_session(request, session, self.parse_form, form_arguments)
        else:
            yield self.in_session(request, session, then, arguments)

    def _first(self, url: str, values: Mapping[str, Any], then: Callback, **arguments: Any) -> Any:
        params: PostbackParams = self.params
        steps = params.steps or (SessionStep(fields=params.fields, target=params.target),)
        look = FetchRequest(url, self.list_formats, listing=True)
        form_arguments = {"steps": steps, "values": values, "then": then, "arguments": arguments}
        return self.in_session(
            self.ask(look, url, self.parse_form, params.headers), Session(), self.parse_form, form_arguments
        )
