"""The command that shows a report's tables of children, what they imply, and where they do not agree."""

from breakeven.cli.common import (
    AsCsv,
    AsJson,
    Folder,
    app,
    draw,
    one_format,
    print_json,
    say_findings,
    usage,
    worked_out,
)


@app.command("children")
def children(folder: Folder = None, json: AsJson = False, csv: AsCsv = False) -> None:
    """Show the tables of children by year: who is open, referred, in care; rolled forward, with the population implied.

    Where a table, a rate or the text does not agree with the rest, the notes say so; reconcile has every test.

    Example: breakeven children ledgers/2023-24
    """
    from breakeven.report.children import children_checks, children_statement, others_statements
    from breakeven.report.data import checks_data, statement_data

    one_format(json=json, csv=csv)
    end = worked_out(folder)
    if not end.year.ledgers.children:
        usage("the folder has no tables of children: the sheet Children of demand.xlsx holds them")
    stated, others = children_statement(end), others_statements(end)
    if json:
        more = {"others": [statement_data(each) for each in others]} | checks_data(children_checks(end))
        print_json(statement_data(stated) | more)
    else:
        draw(stated, csv=csv, beneath=others)
    say_findings(end.year.findings)
