"""The plan as an Excel workbook whose formulas are live: written, proved, and read back."""
