"""What pages, API and command line show, as dataclasses without HTTP or HTML."""
