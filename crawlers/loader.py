"""Scrapy's view of the declarations: every source is a spider, named by its id."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Self

from scrapy import Request, Spider
from scrapy.settings import BaseSettings

from crawlers.declaration.load import load
from crawlers.pages.stored_pages import StoredPages, open_shared
from crawlers.spiders import WALKERS
from storage.database.place import StorePlace, store_place
from storage.records import Source


class DeclaredSpiders:
    """The spider loader that `scrapy list` and `scrapy crawl SOURCE` ask."""

    def __init__(self, sources: Mapping[str, Source], database: StorePlace) -> None:
        self._sources = sources
        self._database = database

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Load the declarations that the settings name; raises DeclarationError."""
        folders = [Path(folder) for folder in settings.getlist("CLAUSEWATCH_DECLARATIONS")]
        return cls(load(folders), store_place(settings["CLAUSEWATCH_DATABASE"]))

    def load(self, spider_name: str) -> type[Spider]:
        """Return the walker of a source, bound to it; an unknown id is a KeyError, as Scrapy wants it."""
        if spider_name not in self._sources:
            raise KeyError(f"no source is declared as {spider_name}")
        source = self._sources[spider_name]
        memory = StoredPages(open_shared(self._database), source.id)
        return type(spider_name, (WALKERS[source.spider],), {"name": spider_name, "source": source, "memory": memory})

    def find_by_request(self, request: Request) -> tuple[str, ...]:
        """Return the sources that declare the address of *request*."""
        return tuple(source.id for source in self._sources.values() if request.url in source.urls)

    # Defined last: below it, inside this class, `list` would no longer be the built-in.
    def list(self) -> list[str]:
        """Return the ids of all declared sources."""
        return sorted(self._sources)
