"""Read the text layer of a PDF as paragraphs in reading order, less furniture and struck words: ``read_pdf``."""
