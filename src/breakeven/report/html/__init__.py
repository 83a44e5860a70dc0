"""The pack as one page of HTML that needs nothing else: no script, no picture, no font, no host."""
