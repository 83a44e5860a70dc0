"""Charts as SVG that any browser shows by itself: no script, no font and no picture from elsewhere.

Across, places are per cent of the width and letters keep their size, so that a chart is as readable on a telephone as
on paper; down, they are pixels. Bars are told apart by hatching and words, never by colour alone.
"""
