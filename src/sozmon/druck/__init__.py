"""Publishing: a Dokument becomes HTML, DOCX, ODT and PDF."""
