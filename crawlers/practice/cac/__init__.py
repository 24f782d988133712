"""The practice CAC: pages, a list and one old page in GB18030."""
