"""The committee paper: one text, as a Word document and as a PDF."""
