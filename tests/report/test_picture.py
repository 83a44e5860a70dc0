"""The picture in the README is the screen as it is now."""

import re
import runpy

from commands import ROOT


def test_the_picture_is_current_and_needs_no_host() -> None:
    make = runpy.run_path(str(ROOT / "docs" / "make_picture.py"))
    kept = make["PICTURE"].read_text("utf-8")
    assert kept == make["picture"](), "make picture draws it again"
    assert "11,230,962" in kept
    assert not re.search(r"@font-face|url\((?!#)|(?:href|src)=", kept)
