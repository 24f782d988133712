"""Commands about who is told what."""
