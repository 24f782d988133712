"""The crawl as a child process: its job on standard input, its end with its parent's."""
