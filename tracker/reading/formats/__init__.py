"""Files become blocks of text: markup, PDF, Word, RTF, Markdown and plain text, whatever the law."""
