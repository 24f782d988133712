"""What stands on a list, read without asking anybody: rows, titles, dates, addresses, files."""
