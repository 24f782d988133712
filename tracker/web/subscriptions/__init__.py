"""A reader's own pages: sign-up, confirm, manage, leave."""
