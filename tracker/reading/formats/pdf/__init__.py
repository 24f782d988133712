"""Read the text layer of a PDF as paragraphs in reading order, less furniture and struck words."""

from tracker.reading.formats.pdf.model import HINDI, STRUCK_TEXT, Paragraph, PdfText
from tracker.reading.formats.pdf.read_pdf import read_pdf

__all__ = ["HINDI", "STRUCK_TEXT", "Paragraph", "PdfText", "read_pdf"]
