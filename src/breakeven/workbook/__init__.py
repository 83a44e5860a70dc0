"""Excel in: from the bytes of a workbook to typed records, with nothing lost in silence."""
