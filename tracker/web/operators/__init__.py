"""OPERATE. What only the people who run the service see and do, signed in."""
