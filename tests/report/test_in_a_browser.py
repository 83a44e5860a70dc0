"""The page in a browser: accessible by WCAG 2.2 AA in light, dark and on a telephone, offline, and whole on paper."""

import io
import re
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from pypdf import PdfReader

from breakeven.report.html.page import html_page
from report.browser import AXE, chromium, needs_chromium
from report.packs import example_pack, example_page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = (1280, 800, 400)

pytestmark = [needs_chromium, pytest.mark.filterwarnings("default")]


@pytest.fixture(scope="module")
def browser() -> Generator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(example_page(), "utf-8")
    return path.as_uri()


def violations(browser: Any, address: str, scheme: str, width: int) -> list[Any]:
    """What axe finds, with every chart's table open."""
    page = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}).new_page()
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found = AXE.run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    page.context.close()
    looked_at = {each["id"] for part in ("passes", "violations") for each in found.response[part]}
    assert {"color-contrast", "svg-img-alt", "target-size", "td-headers-attr", "link-name"} <= looked_at
    return found.response["violations"]


@pytest.fixture(scope="module")
def shortened(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page with the first rows of each table, which holds one of everything; a rule is looked at cell by cell."""
    pack = example_pack()
    sections = tuple(
        replace(each, statements=tuple(replace(table, rows=table.rows[:3]) for table in each.statements))
        for each in pack.sections
    )
    path: Path = tmp_path_factory.mktemp("short") / "page.html"
    path.write_bytes(html_page(replace(pack, sections=sections)))
    return path.as_uri()


def test_the_page_breaks_no_rule_of_wcag_2_2_aa(browser: Any, address: str) -> None:
    assert violations(browser, address, "light", 1280) == []


@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_breaks_none_in_the_dark_or_on_a_telephone(browser: Any, shortened: str, scheme: str, width: int) -> None:
    assert violations(browser, shortened, scheme, width) == []


def test_nothing_leaves_the_page(browser: Any, address: str) -> None:
    """All of it is in the file: no request but for the file itself, and none that its policy had to stop."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []

    def ask(request: Any) -> None:
        asked.append(request.url)

    def say(message: Any) -> None:
        said.append(message.text)

    page.on("request", ask)
    page.on("console", say)
    page.goto(address)
    page.emulate_media(media="print")
    for link in page.locator("nav a").all():
        link.click()
    page.wait_for_timeout(200)
    assert {each.split("#")[0] for each in asked} == {address}
    assert said == []
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_only_tables_scroll_sideways(browser: Any, address: str, width: int) -> None:
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.context.close()


SHADE = "each => getComputedStyle(each).boxShadow"
"""What is drawn at the edge of a table beyond which it goes on."""


def test_a_table_that_scrolls_says_so_and_is_reached_and_moved_by_keys(browser: Any, address: str) -> None:
    page = browser.new_context(viewport={"width": 400, "height": 900}).new_page()
    page.goto(address)
    region = page.locator("[aria-labelledby=outturn-caption]")
    assert region.evaluate(SHADE).startswith("rgba(27, 36, 48, 0.38)")  # there is more to the right
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    assert region.evaluate("each => each.scrollLeft") > 0
    region.evaluate("each => { each.scrollLeft = each.scrollWidth; }")
    page.wait_for_timeout(100)
    assert region.evaluate(SHADE).startswith("rgba(0, 0, 0, 0)")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.wait_for_timeout(100)
    assert region.evaluate(SHADE) in {"none", "rgba(0, 0, 0, 0) 0px 0px 0px 0px inset"}
    assert page.evaluate("document.activeElement.getAttribute('role')") == "region"
    page.context.close()


def test_no_words_of_a_chart_lie_over_others_at_any_width(browser: Any, address: str) -> None:
    for width in WIDTHS:
        page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
        page.goto(address)
        assert page.evaluate(OVERLAPS) == [], width
        page.context.close()


OVERLAPS = """() => [...document.querySelectorAll('svg.drawn')].flatMap(svg => {
  const words = [...svg.querySelectorAll('text')].map(each => [each.textContent, each.getBoundingClientRect()]);
  return words.flatMap(([a, one], i) => words.slice(i + 1)
    .filter(([, other]) => one.left < other.right - 1 && other.left < one.right - 1
      && one.top < other.bottom - 4 && other.top < one.bottom - 4)
    .map(([b]) => a + ' / ' + b));
})"""


def test_on_paper_pages_are_full_and_headings_stay_with_what_they_head_and_are_repeated(
    browser: Any, address: str
) -> None:
    page = browser.new_page()
    page.goto(address)
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True))).pages
    whole = [" ".join(normalize("NFKC", sheet.extract_text()).split()) for sheet in sheets]
    parts = [re.findall(r"^(Page \d+ of \d+)breakeven (.*)", text)[0] for text in whole]
    footers, texts = [footer for footer, _ in parts], [text for _, text in parts]
    assert 15 < len(texts) < 40
    assert {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in sheets} == {(595, 842)}
    for section in example_pack().sections:
        begins = f"{section.title} {[*section.lead, section.statements[0].title][0]}"
        (after,) = [text.split(begins)[1] for text in texts if begins in text]
        assert len(after) > 200, section.title  # its first table or chart begins on the same page
    assert min(map(len, texts[:-1])) > 700
    goes_on = next(text for text in texts if text.startswith("Test Side A"))
    assert "Result" in goes_on
    assert footers == [f"Page {number} of {len(sheets)}" for number in range(1, len(sheets) + 1)]
    page.close()
