"""Pages of invented law on which something else changes at every request, and a server that shows them."""
