"""The what-if screen, in a terminal or a browser: it asks the pipeline and shows what it says, and does no sums."""
