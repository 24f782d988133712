"""Where we connect: the address a name really leads to is held against a policy, before a byte is sent."""
