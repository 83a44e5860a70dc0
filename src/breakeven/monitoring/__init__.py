"""Budget and actuals in, outturn and variance out."""
