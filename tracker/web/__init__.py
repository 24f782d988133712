"""SHOW. The pages people look at; server-rendered, without scripts, from the database as it stands."""
