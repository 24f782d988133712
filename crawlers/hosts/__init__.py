"""Being a guest: one request at a time and host, backoff, robots.txt."""
