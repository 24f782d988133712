"""SHOW. The pages people look at; server-rendered, without scripts, from the database as it stands."""

from tracker.web.app import make_app

__all__ = ["make_app"]
