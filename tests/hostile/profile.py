"""The ``[profile]`` of an expected.toml as a layout file: what a person would have told the command."""

import json
import re
from collections.abc import Mapping
from typing import Any

from breakeven.workbook.layout import ColumnLayout, default_layout, heading_key, split_unit

ORDER = ("date", "cost_centre", "account", "description", "amount")
"""What the headings are taken for, in their order, where their words do not say it."""

UNITS = {1000: "£000", 1_000_000: "£m"}
"""A unit of 1 is not said: the headings may say another."""


def layout_text(profile: Mapping[str, Any]) -> str:
    """The layout file that a profile describes. Raises ValueError for one that cannot be put as a layout."""
    if profile.get("currency", "GBP") != "GBP":
        raise ValueError(f"the currency is {profile['currency']}; only GBP can be read")
    columns = column_fields(profile["headers"])
    said: dict[str, Any] = {
        "name": "ledger",
        "sheet": profile.get("sheet"),
        "heading_row": profile.get("header_row"),
        "principal": "amount",
        "unit": UNITS.get(int(profile.get("unit", 1))),
        "cost_centres": profile.get("cost_centres"),
        "accounts": profile.get("accounts"),
        "income_accounts": income_accounts(profile.get("sign", "")),
    }
    lines = ["[[table]]", *(f"{key} = {json.dumps(value)}" for key, value in said.items() if value)]
    lines += [f"{key} = {profile[of]}" for key, of in (("first_day", "year_start"), ("last_day", "year_end"))]
    lines += ["[table.columns]", *(f"{field} = {_column(field, heading)}" for field, heading in columns.items())]
    return "\n".join(lines) + "\n"


def column_fields(headings: list[str]) -> dict[str, str]:
    """Each field and its heading: by the words we know, else by its place; any other is read as text."""
    ours: Mapping[str, ColumnLayout] = default_layout()["transactions"].columns
    keys = {heading: heading_key(split_unit(heading).text) for heading in headings}
    by_words = {
        heading: field
        for field, column in ours.items()
        for heading, key in keys.items()
        if key in map(heading_key, column.headings)
    }
    free = [field for field in ORDER if field not in by_words.values()]
    if len(headings) == len(ORDER):
        by_place = {h: f for h, f in zip(headings, ORDER, strict=True) if f in free}
    else:
        by_place = dict(zip((h for h in headings if h not in by_words), free, strict=False))
    fields = {heading: by_words.get(heading) or by_place.get(heading) for heading in headings}
    return {field or f"column_{i}": heading for i, (heading, field) in enumerate(fields.items(), start=1)}


def _column(field: str, heading: str) -> str:
    if field.startswith("column_"):
        return f'{{ heading = {json.dumps(heading)}, kind = "text", optional = true }}'
    return json.dumps(heading)


def income_accounts(sign: str) -> list[str]:
    """How the accounts of income begin, as a profile's rule of signs says it in words; none if income is negative."""
    if "positive" not in sign:
        return []
    found = re.search(r"begin(?:ning|s)? with ((?:\w+)(?:(?:, | or | and )\w+)*?) are income", sign)
    return re.split(r", | or | and ", found[1]) if found else []
