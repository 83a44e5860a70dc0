"""Each fact known of a real file, read by its layout: sums, named rows, stated totals, and what was printed wrong."""

from decimal import Decimal
from itertools import pairwise

import pytest

from breakeven.findings import Severity
from real.corpus import FILES, cells, fields, layout_of, read, row_of, said, sheet, stated, sums, table, thousands

SANDWELL = {"authority": "Sandwell"}


# ------------------------------------------------------------------ every file
@pytest.mark.parametrize("name", FILES)
def test_every_number_of_every_file_is_accounted_for(name: str) -> None:
    assert read(name).tables
    assert [tally for tally in read(name).tallies if not tally.is_conserved] == []


REFUSED = {
    "capital-estimates-2020-21.xlsx": {"total-disagrees"},  # totals cover authorities whose figures are not there
    "capital-outturn-2016-17.xlsx": {"total-disagrees"},
    "cash-flow-12-months.xlsx": {"amount-currency"},  # its totals are shown in dollars
    "mhclg-revenue-outturn-2017-18.xlsx": {"total-disagrees"},
    "nhs-trust-loans-2018-19.xlsx": {"total-disagrees"},  # a total counts a total
    "revenue-budget-ra-2021-22.csv": {"total-disagrees"},
    "revenue-outturn-rsx-2023-24.csv": {"total-disagrees"},
    "town-council-accounts-2016-17-names-removed.xlsx": {"amount-not-a-number"},  # several numbers in one cell
    "town-council-accounts-2017-18-converted.xlsx": {"amount-not-a-number"},
    "town-council-accounts-2017-18-ocr.xlsx": {"amount-not-a-number", "total-disagrees"},
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_has_the_errors_that_are_in_it_and_no_others(name: str) -> None:
    assert {f.code for f in read(name).findings if f.severity is Severity.ERROR} == REFUSED.get(name, set())


# ------------------------------------------------------------------ payments
def test_headings_that_stand_again_with_other_columns_lose_nothing() -> None:
    payments = table("fire-service-payments-2022-23-suppliers-masked.xlsx")
    first = [i for i, row in enumerate(payments.rows) if row < 2745]
    amounts = payments.values["amount"]
    assert cells("fire-service-payments-2022-23-suppliers-masked.xlsx", "headings-again") == ["2745:2745"]
    assert (len(first), sum(amounts[i] for i in first)) == (2743, Decimal("13539464.68"))
    assert (len(amounts) - len(first), sum(amounts[len(first) :])) == (165, Decimal("1555150.16"))
    assert payments.sums["amount"].total == Decimal("15094614.84")
    assert str(payments.cell(2746, "amount")).endswith("!E2746")
    assert (payments.values["transaction"][0], payments.values["transaction"][-1][:4]) == ("107639310", "6000")
    assert (payments.values["classification"][0], payments.values["classification"][-1] or "") == ("Training", "")
    assert sum(1 for amount in amounts if amount < 0) == 2


def test_a_date_an_hour_into_its_day_is_that_day() -> None:
    payments = table("fire-service-payments-2025-26-q1-suppliers-masked.xlsx")
    assert (len(payments.rows), payments.sums["amount"].total) == (919, Decimal("7152578.77"))
    assert payments.values["date"][0].isoformat() == "2025-04-01"


def test_a_sheet_a_month_is_counted_by_sheet_and_in_all() -> None:
    name = "police-payments-2018-19-suppliers-masked.xlsx"
    months = {each.sheet.sheet: (len(each.rows), each.sums["amount"].total) for each in read(name).tables}
    assert len(months) == 12
    assert months["Apr 18"] == (796, Decimal("10586209.96"))
    assert months["Mar 19"] == (839, Decimal("3850800.04"))
    assert sum(count for count, _ in months.values()) == 7974
    assert sum(total for _, total in months.values()) == Decimal("62208683.77")
    assert sum(1 for each in read(name).tables for amount in each.values["amount"] if amount < 0) == 67


# ------------------------------------------------------------------ ledgers and grants
def test_years_as_columns_are_each_summed() -> None:
    lines = table("cra-2018-database.xlsx")
    assert len(lines.rows) == 21_135
    assert sums(lines, "2013-14 2014-15 2015-16 2016-17 2017-18") == thousands(
        675812960, 687755002, 701618029, 711577251, 736026735
    )


def test_a_region_over_its_authorities_has_no_amount() -> None:
    grants = table("staying-put-grant-2019-20.csv")
    assert (grants.sums["amount"].lines, sums(grants, "amount")) == (152, [23_765_998])
    assert fields(grants, "amount", authority="Sandwell") == [133_018]
    assert sum(1 for amount in grants.values["amount"] if amount is None) == 11


def test_an_estimate_keeps_its_ten_decimals() -> None:
    grants = table("staying-put-grant-2020-21.csv")
    assert (grants.sums["amount"].lines, sums(grants, "amount")) == (152, [33_278_001])
    assert fields(grants, "amount year_before", authority="Sandwell") == [203_367, 133_018]
    assert fields(grants, "estimate", authority="Darlington") == [Decimal("71996.0585140165")]
    assert [finding.at.ref for finding in said("staying-put-grant-2020-21.csv", "amount-part-penny")] == ["F1"]


def test_budget_forecasts_in_long_form() -> None:
    lines = table("academy-budget-forecast-return.csv")
    assert (len(lines.rows), len(set(lines.values["category"]))) == (100, 8)
    reserve = [y for y, c in zip(lines.values["year"], lines.values["category"], strict=True) if c == "Revenue reserve"]
    assert max(reserve) == 2025


def test_one_trust_of_412_prints_a_balance_that_is_not_income_less_expenditure() -> None:
    trusts = table("academy-trust-financial.csv")
    assert len(trusts.rows) == 412
    assert fields(trusts, "income expenditure balance", company="00000001", run="2023") == [7480833, 7574276, -10443]
    broken = said("academy-trust-financial.csv", "row-disagrees")
    row = row_of(trusts, company="00000001", run="2023")
    assert [(f.at.ref, f.message) for f in broken] == [
        (f"I{row}", "income - expenditure = balance fails by -83,000.00")
    ]


def test_null_is_missing_and_not_nil() -> None:
    authorities = table("local-authority-high-needs.csv")
    assert len(authorities.rows) == 41
    assert authorities.line(authority="202", run="2021")["budget"] is None
    assert authorities.line(authority="202", run="2021")["outturn"] == 35546959


# ------------------------------------------------------------------ loans: three files that chain
def test_loans_roll_forward_and_one_year_closes_where_the_next_opens() -> None:
    names = "opening drawn repaid closing"
    first, second = table("nhs-trust-loans-2016-17.xlsx", "loans"), table("nhs-trust-loans-2017-18.xlsx", "loans")
    third = sheet("nhs-trust-loans-2018-19.xlsx", "Interim revenue support loans")
    assert [len(each.rows) for each in (first, second, third)] == [401, 993, 1707]
    assert sums(first, names) == thousands(2061814, 3666239, 1005026, 4723027)
    assert sums(second, names) == thousands(4723027, 2829252, 198571, 7353708)
    assert sums(third, names) == [7353708000, 3053191000, 262698000, 10144201000]
    assert [a.sums["closing"].total for a in (first, second)] == [b.sums["opening"].total for b in (second, third)]
    assert said("nhs-trust-loans-2016-17.xlsx", "row-disagrees") == []
    assert said("nhs-trust-loans-2017-18.xlsx", "row-disagrees") == []


def test_a_total_inside_its_column_is_set_aside_and_not_added() -> None:
    by_trust = table("nhs-trust-loans-2016-17.xlsx", "by trust")
    assert sums(by_trust, "closing") == stated(by_trust, "Grand Total", "closing") == thousands(4723027)
    by_trust = table("nhs-trust-loans-2017-18.xlsx", "by trust")
    assert [(total.row, total.amounts["closing"]) for total in by_trust.totals] == [(105, 7_353_708_000)]
    assert by_trust.tally
    assert (by_trust.tally.accepted, by_trust.tally.total) == (7_353_708_000, 14_707_416_000)


@pytest.mark.parametrize(
    ("kind", "moved", "closing"),
    [
        ("Normal course of business", (3008277000, 314239000, 281010000), 3041507000),  # 1,000 apart
        ("Interim capital support", (654362000, 199129000, 60420000), 793073000),  # 2,000 apart
    ],
)
def test_loans_that_do_not_quite_roll_forward(kind: str, moved: tuple[int, int, int], closing: int) -> None:
    loans = sheet("nhs-trust-loans-2018-19.xlsx", kind)
    assert sums(loans, "opening drawn repaid closing") == [*moved, closing]
    apart = sum(
        opening + drawn - repaid - close
        for opening, drawn, repaid, close in zip(
            *(loans.values[name] for name in ("opening", "drawn", "repaid", "closing")), strict=True
        )
    )
    assert apart == moved[0] + moved[1] - moved[2] - closing != 0
    assert any(f.at.sheet == kind for f in said("nhs-trust-loans-2018-19.xlsx", "row-disagrees"))


def test_a_total_that_counts_a_total_is_found_by_its_793_073_000() -> None:
    name = "nhs-trust-loans-2018-19.xlsx"
    all_loans, summary = table(name, "all loans"), table(name, "summary")
    assert sums(all_loans, "revenue normal capital total") == [10144201000, 3041507000, 793073000, 13978781000]
    assert sums(summary, "closing") == [13_978_781_000]
    assert [(t.row, t.amounts["closing"]) for t in summary.totals] == [(314, 793_073_000), (316, 14_771_854_000)]
    [found] = said(name, "total-disagrees")
    assert (found.at.ref, found.message.partition(": ")[2]) == ("B316", "793,073,000.00 apart")


# ------------------------------------------------------------------ capital
def test_borrowing_by_source_and_by_authority() -> None:
    name = "borrowing-quarterly-2017-18-q4.xlsx"
    borrowed = table(name, "borrowing summary")
    assert [(total.row, total.amounts["amount"] / 1000) for total in borrowed.totals] == [
        (14, 721_142),
        (27, 95_002_501),
        (28, 95_723_643),
    ]
    assert sums(borrowed, "amount") == thousands(721142 + 95002501)
    assert sums(table(name, "investment summary"), "amount") == thousands(27954952)
    authorities = table(name, "borrowing by authority")
    assert fields(authorities, "pwlb", **SANDWELL) == thousands(360642)
    assert row_of(authorities, **SANDWELL) == 379


def test_capital_financing_of_one_year_as_estimated_and_of_another_as_it_came_out() -> None:
    names = "grants receipts revenue borrowing total"
    estimate, outturn = table("capital-estimates-2020-21.xlsx"), table("capital-financing-2018-19.xlsx")
    assert fields(estimate, names, **SANDWELL) == thousands(52757, 34646, 13641, 76744, 177788)
    assert row_of(estimate, **SANDWELL) == 308
    assert fields(outturn, names, **SANDWELL) == thousands(34802, 6628, 16332, 19867, 77629)
    assert stated(estimate, "England", "total") == thousands("41738416.08082")
    assert stated(outturn, "England", "total") == sums(outturn, "total") == thousands("27267934.92236")
    double = next(total for total in outturn.totals if "double" in total.label)
    assert double.amounts["total"] == Decimal("26141411939.71")
    assert estimate.headings
    assert outturn.headings
    assert estimate.headings.columns == outturn.headings.columns


def test_estimates_of_authorities_that_did_not_answer_are_in_the_totals_alone() -> None:
    estimate = table("capital-estimates-2020-21.xlsx")
    missing = [row for row, total in zip(estimate.rows, estimate.values["total"], strict=True) if total is None]
    assert len(missing) == 2
    [found] = [f for f in said("capital-estimates-2020-21.xlsx", "total-disagrees") if f.at.ref == "Y439"]
    assert found.message.endswith("333,189,000.00000 apart")


def test_headings_a_word_to_a_row_over_five_rows() -> None:
    name = "capital-outturn-2000-01.xls"
    spent, financed = table(name, "expenditure"), table(name, "financing")
    assert fields(spent, "education", **SANDWELL) == thousands(5476)
    assert row_of(spent, **SANDWELL) == 352
    assert sums(spent, "education") == stated(spent, "England", "education") == thousands("1532608.6")
    assert spent.sums["education"].heading.split()[:2] == ["Total", "Capital"]
    names = "expenditure brought_forward creditors cash_basis"
    assert stated(financed, "England", names) == thousands("8365337.19", "388614.9", "-443971.6", "8309980.49")
    assert sums(financed, names) == stated(financed, "England", names)
    assert said(name, "total-disagrees") == said(name, "row-disagrees") == []  # regions and classes, too


def test_headings_over_six_rows_and_a_sheet_whose_name_ends_in_a_space() -> None:
    name = "capital-outturn-2012-13.xls"
    spent, financed = table(name, "expenditure"), table(name, "financing")
    assert (fields(spent, "education", **SANDWELL), row_of(spent, **SANDWELL)) == (thousands(43681), 318)
    assert sums(spent, "education") == stated(spent, "England", "education") == thousands(4528487)
    assert financed.sheet.sheet.endswith(" ")
    assert sums(financed, "expenditure receipts") == thousands(19042148, "2124146.3")
    assert stated(financed, "England", "expenditure receipts") == sums(financed, "expenditure receipts")


def test_rows_of_codes_above_the_headings() -> None:
    capital = table("capital-outturn-2016-17.xlsx")
    assert fields(capital, "education total receipts", **SANDWELL) == thousands(38971, 113294, 17540)
    assert row_of(capital, **SANDWELL) == 314
    assert stated(capital, "England", "total") == thousands("23658792.847845566")
    assert (len(capital.rows), len([t for t in capital.values["total"] if t is None])) == (444, 1)


def test_the_capital_financing_requirement_rolls_forward_in_every_row_of_two_years() -> None:
    names = "opening expenditure contributions closing"
    first = table("capital-prudential-2017-18.xlsx")
    second = table("capital-prudential-2018-19.xlsx", "requirement")
    assert len(first.rows) == 444
    assert fields(first, names, **SANDWELL) == thousands(766720, 12221, 16963, 761978)
    assert fields(second, names, **SANDWELL) == thousands(761978, 19867, 40733, 741112)
    assert said("capital-prudential-2017-18.xlsx", "row-disagrees") == []
    assert said("capital-prudential-2018-19.xlsx", "row-disagrees") == []


def test_108_authorities_restate_what_they_closed_with_by_more_than_rounding() -> None:
    first = table("capital-prudential-2017-18.xlsx")
    second = table("capital-prudential-2018-19.xlsx", "requirement")
    closed = dict(zip(first.values["code"], first.values["closing"], strict=True))
    opened = dict(zip(second.values["code"], second.values["opening"], strict=True))
    both = closed.keys() & opened.keys()
    restated = [code for code in both if closed[code] is not None and abs(closed[code] - opened[code]) > 1000]
    assert (len(both), len(restated)) == (443, 108)


def test_borrowing_of_authorities_in_no_order() -> None:
    borrowed = table("capital-prudential-2018-19.xlsx", "borrowing")
    requirement = table("capital-prudential-2018-19.xlsx", "requirement")
    assert fields(borrowed, "opening change closing", **SANDWELL) == thousands(468394, 49183, 517577)
    assert stated(borrowed, "England", "opening closing") == thousands("87878002.80653", "94530939.172")
    assert sums(borrowed, "opening closing") == stated(borrowed, "England", "opening closing")
    assert list(borrowed.values["code"]) != list(requirement.values["code"])
    assert sorted(borrowed.values["code"]) == sorted(requirement.values["code"])


# ------------------------------------------------------------------ revenue
@pytest.mark.parametrize(
    ("name", "row", "england", "care", "total"),
    [
        ("mhclg-revenue-outturn-2012-13.xls", 319, 454, (47325, 6612300), (506825, 91072348)),
        ("mhclg-revenue-outturn-2014-15.xls", 319, 454, (56153, 8091346), (504248, 91198676)),
    ],
)
def test_revenue_by_service_adds_to_the_country(
    name: str, row: int, england: int, care: tuple[int, int], total: tuple[int, int]
) -> None:
    revenue = table(name)
    wanted = [thousands(*pair) for pair in zip(care, total, strict=True)]
    assert fields(revenue, "childrens_social_care total", **SANDWELL) == wanted[0]
    assert row_of(revenue, **SANDWELL) == row
    assert stated(revenue, "ENGLAND", "childrens_social_care total") == wanted[1]
    assert revenue.total("ENGLAND").row == england
    assert len(revenue.rows) == 444
    assert said(name, "total-disagrees") == []
    assert said(name, "row-disagrees") == []


def test_revenue_in_unrounded_figures() -> None:
    name = "mhclg-revenue-outturn-2017-18.xlsx"
    revenue = table(name)
    care, total = fields(revenue, "childrens_social_care total", **SANDWELL)
    assert [care, round(total, 2)] == thousands(62459, "522842.59185")
    assert row_of(revenue, **SANDWELL) == 127
    assert stated(revenue, "ENGLAND", "childrens_social_care total council_tax_requirement") == thousands(
        "8833758.303522373", "89800070.68228155", "27630710.77104"
    )
    assert revenue.total("ENGLAND").row == 455
    assert revenue.sums["total"].lines == 444  # of 445, one of which has no figures


def test_eight_authorities_adjust_reserves_of_the_year_before() -> None:
    revenue = table("mhclg-revenue-outturn-2017-18.xlsx")
    adjusted = {
        authority: amount / 1000
        for authority, amount in zip(revenue.values["authority"], revenue.values["prior_year"], strict=True)
        if amount
    }
    assert len(adjusted) == 8
    assert (adjusted["Haringey"], adjusted["Wokingham UA"]) == (990, -2758)


def test_a_budget_and_its_outturn_for_childrens_social_care() -> None:
    services = "early_years looked_after other family_support youth_justice safeguarding asylum young_people"
    before, budget = table("revenue-budget-ra-2021-22.csv"), table("revenue-budget-ra-2023-24.csv")
    outturn = table("revenue-outturn-rsx-2023-24.csv")
    care = "childrens_social_care"
    assert fields(before, services, **SANDWELL) == thousands(3673, 175, 68266, 61, 19, 121, 2, 1251)
    assert fields(before, care, **SANDWELL) == thousands(73568)
    assert fields(budget, services, **SANDWELL) == thousands(3741, 206, 73570, 71, 22, 142, 3, 1455)
    assert fields(budget, care, **SANDWELL) == thousands(79210)
    over = fields(outturn, "net", **SANDWELL)[0] - fields(budget, care, **SANDWELL)[0]
    assert over == 7_409_000


def test_a_country_row_is_printed_five_less_than_its_services() -> None:
    before = table("revenue-budget-ra-2021-22.csv")
    services = "early_years looked_after other family_support youth_justice safeguarding asylum young_people"
    england = stated(before, "ENGLAND", services)
    assert england == thousands(387014, 5354353, 264611, 1173125, 206031, 2501222, 140407, 357229)
    assert (sum(england), *stated(before, "ENGLAND", "childrens_social_care")) == (*thousands(10383992, 10383987),)


def test_discontinued_and_missing_are_not_nil() -> None:
    budget = table("revenue-budget-ra-2023-24.csv")
    assert budget.line(authority="Woking")["childrens_social_care"] is None


def test_childrens_social_care_by_employees_and_running_cost() -> None:
    name = "revenue-outturn-rsx-2023-24.csv"
    outturn, names = table(name), "employees running total income net"
    assert fields(outturn, names, **SANDWELL) == thousands(2023, 86398, 88421, 1802, 86619)
    assert stated(outturn, "ENGLAND", names) == thousands(4878847, 10964797, 15843644, 1250742, 14592902)
    assert said(name, "row-disagrees") == []
    assert sum(1 for net in outturn.values["net"] if net is None) == 14
    assert sum(1 for net in outturn.values["net"] if net is not None) == 397  # and England's row: 398


def test_classes_under_the_authorities_have_headings_of_their_own() -> None:
    classes = table("revenue-outturn-rsx-2023-24.csv", "classes")
    assert len(classes.rows) == 11
    assert sums(classes, "total income net") == thousands(15843644, 1250742, 14592902)


def test_a_section_52_return_prints_newcastles_net_wrong_twice() -> None:
    name = "s251-outturn-2008-09.csv"
    lines = table(name)
    broken = said(name, "row-disagrees")
    wrong = [lines.rows.index(int(finding.at.ref[1:])) for finding in broken]
    assert [lines.values["authority"][i] for i in wrong] == ["Newcastle upon Tyne"] * 2
    assert [lines.values[field][wrong[0]] for field in ("total", "income", "net")] == [46547, 17937, 64484]
    assert {finding.message.rpartition(" by ")[2] for finding in broken} == {"-35,874"}


@pytest.mark.parametrize(
    ("name", "grand", "residential", "fostering", "figures"),
    [
        (
            "s251-outturn-2008-09.csv",
            (41810907, 5727524, 36083383),
            "Residential care",
            "Fostering services",
            (6656749, 8910104),
        ),
        (
            "s251-outturn-2012-13.csv",
            (65551701, 4235504, 61316197),
            "5 Residential care",
            "6 Fostering services",
            (6742154, 12653909),
        ),
    ],
)
def test_what_sandwell_spent_on_children(
    name: str, grand: tuple[int, int, int], residential: str, fostering: str, figures: tuple[int, int]
) -> None:
    lines = table(name)
    own = [i for i, number in enumerate(lines.values["number"]) if number == "333"]
    assert {lines.values["authority"][i] for i in own} == {"Sandwell"}
    assert grand in [tuple(lines.values[field][i] for field in ("total", "income", "net")) for i in own]
    for service, spent in zip((residential, fostering), figures, strict=True):
        [found] = [lines.values["total"][i] for i in own if lines.values["service"][i].endswith(service)]
        assert found == spent


def test_all_looked_after_children_of_sandwell() -> None:
    lines = table("s251-outturn-2012-13.csv")
    found = [
        total
        for number, service, total in zip(*(lines.values[n] for n in ("number", "service", "total")), strict=True)
        if number == "333" and "Total Children Looked After" in service
    ]
    assert found == [27_723_590]


def test_change_is_one_year_less_another_but_for_the_unallocated_reserves() -> None:
    name = "service-spending-changes-2011-18.xlsx"
    assert len(read(name).tables) == 9
    slough = sheet(name, "changechildsoc1218").line(authority="Slough UA")
    assert [slough[field] for field in ("ro1112", "ro1718", "change")] == thousands(
        19629, "2796.3450499999981", "-16832.65495"
    )
    assert round(slough["percentage"], 6) == Decimal("-0.857540")
    assert {f.at.sheet for f in said(name, "row-disagrees")} == {"changeunallocated1218"}
    reserves = sheet(name, "changeunallocated1218")
    assert fields(reserves, "ro1112 ro1718 change", authority="Sandwell") == thousands(39516, 80763, -28297)
    apart = [
        late - early - change
        for early, late, change in zip(*(reserves.values[n] for n in ("ro1112", "ro1718", "change")), strict=True)
    ]
    assert (len(apart), all(apart)) == (152, True)


def test_a_percentage_is_its_change_over_the_first_year() -> None:
    for each in read("service-spending-changes-2011-18.xlsx").tables:
        if each.sheet.sheet == "changeunallocated1218":
            continue
        columns = (each.values[name] for name in ("ro1112", "change", "percentage"))
        wrong = [
            (early, change)
            for early, change, percentage in zip(*columns, strict=True)
            if early and percentage is not None and abs(change / early - percentage) > Decimal("1e-9")
        ]
        assert wrong == [], each.sheet


# ------------------------------------------------------------------ regions, counts, a cash flow
def test_outturn_and_plans_by_region() -> None:
    name = "pesa-2005-chapter-8.xls"
    regions, totals = table(name, "regions"), table(name, "totals")
    years = [year for year in regions.layout.columns if year != "region"]
    million = 1_000_000
    england = [regions.total("Total England").amounts[year] / million for year in years]
    assert england == [215318, 228904, 251219, 269499, 296131, 319906]
    uk = regions.totals[1].amounts
    assert (uk[years[0]] / million, uk[years[-1]] / million) == (267709, 395603)
    managed = totals.totals[-1].amounts
    assert (managed[years[0]] / million, managed[years[-1]] / million) == (340852, 484105)
    for year in years:
        lines = sum(regions.values[year][:9], Decimal(0)) / million
        assert abs(lines - england[years.index(year)]) <= 1
    assert years[-1] == "2004-05 plans"


def test_counts_of_an_open_document() -> None:
    counts = table("fostering-by-authority-2017-18.ods")
    assert len(counts.rows) == 153
    assert stated(counts, "England", "children approved_places") == [53040, 87120]


def test_a_totals_column_leaves_out_row_41() -> None:
    flow = table("cash-flow-12-months.xlsx")
    months = [name for name in flow.layout.columns if name not in {"line", "totals"}]
    by_row = {row: [flow.values[m][i] for m in months] for i, row in enumerate(flow.rows)}
    inflows = sum(sum(amounts) for row, amounts in by_row.items() if row < 13)
    outflows = sum(sum(amounts) for row, amounts in by_row.items() if row > 13)
    assert (inflows, outflows, inflows - outflows) == (6127, 33143, -27016)
    stated_outflows = next(total for total in flow.totals if total.row == 45)
    assert stated_outflows.amounts["totals"] == 36410 == outflows + 3267
    assert [finding.at.ref for finding in said("cash-flow-12-months.xlsx", "row-disagrees")] == ["AA41"]
    assert table("cash-flow-12-months.xlsx", "opening").values["apr"][0] == 0
    assert table("cash-flow-12-months.xlsx", "closing").values["mar"][0] == -27016


# ------------------------------------------------------------------ forms and converted pages
@pytest.mark.parametrize("year", ["2019-20", "2023-24"])
def test_an_empty_form_is_said_to_be_one(year: str) -> None:
    form = table(f"nhs-tac-form-{year}.xlsx")
    assert set(form.values["sign"]) <= {"+", "-", "+/-"}
    assert form.line(line="Operating expenses")["sign"] == "-"
    [found] = said(f"nhs-tac-form-{year}.xlsx", "table-nil")
    assert "is it an empty form?" in found.message


def test_accounts_of_2016_17_in_text_with_brackets() -> None:
    name = "town-council-accounts-2016-17-names-removed.xlsx"
    services, surplus = table(name, "services"), table(name, "surplus")
    assert sums(services, "gross income net") == [-514_970, 247, -514_723]
    assert [amount for amount in surplus.values["net"] if amount is not None] == [-514_724, 1_823_850, 1_309_126]
    returned = table(name, "annual return")
    assert returned.totals[0].amounts["expenditure"] == sums(returned, "expenditure")[0] == 514_970
    balance = table(name, "balance sheet")
    assert balance.values["amount"][-1] == 1_309_126
    assert [f.message.split() for f in said(name, "amount-not-a-number")] == [
        ["expected", "an", "amount,", "found", *words]
        for words in (["'", "60,473", "D", "…'"], ["'", "1,414,480", "…'"])
    ]


def test_a_cell_with_a_whole_column_in_it_is_refused_and_the_row_of_totals_read() -> None:
    name = "town-council-accounts-2017-18-converted.xlsx"
    found = table(name)
    assert list(found.rows) == [6]
    assert sums(found, "other_income income staff other_costs expenditure") == [
        72_448,
        1_905_430,
        152_360,
        1_022_427,
        1_174_787,
    ]
    assert cells(name, "amount-not-a-number") == ["B5", "C5", "D5", "E5", "G5", "H5"]


def test_accounts_read_from_a_picture() -> None:
    name = "town-council-accounts-2017-18-ocr.xlsx"
    budget, surplus, reserves = (table(name, part) for part in ("budget", "surplus", "reserves"))
    [total] = budget.totals
    assert [total.amounts[field] for field in ("spent", "budget", "variance")] == [-1_102_339, -2_452_650, 1_350_311]
    precept, to_reserves, net = surplus.values["spent"]
    assert (precept, to_reserves, net) == (1_832_982, 827_769, -97_126)
    assert total.amounts["spent"] + precept - to_reserves == net
    assert fields(reserves, "opening movement closing") == [1_309_126, 730_643, 2_039_769]
    assert -97_126 + 827_769 == 730_643
    assert cells(name, "amount-not-a-number") == ["H49", "J49"]


def test_a_file_takes_the_layout_of_its_own_name_before_its_familys() -> None:
    names = ["fire-service-payments-2022-23.xlsx", "town-council-accounts-2017-18-ocr.xlsx"]
    stems = [layout_of(name).stem for name in names]
    assert stems == ["fire-service-payments", "town-council-accounts-2017-18-ocr"]
    assert all(a != b for a, b in pairwise(stems))
