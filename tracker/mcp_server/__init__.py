"""The MCP server: what is watched, as tools for assistants; it only reads, unless a key is shown."""
