"""Holding two plans against each other: of folders, closed periods, scenarios, or as they were saved."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from breakeven.cli.common import (
    AsCsv,
    AsJson,
    Folder,
    InUnit,
    SavingsAs,
    app,
    default_folder,
    draw,
    is_ledger_folder,
    one_format,
    say_findings,
    usage,
    worked_out,
)
from breakeven.cli.returned import compare_returned, is_workbook
from breakeven.workbook.names import is_file

if TYPE_CHECKING:
    from breakeven.ledger.scenarios import Overlay
    from breakeven.pipeline.year_end import YearEnd
    from breakeven.plan.compare import Comparison
    from breakeven.plan.model import Model, View
    from breakeven.report.saved_plan import SavedPlan


@dataclass(frozen=True)
class _Side:
    """One plan to compare: its numbers, and where it is of the folder itself, the overlays that make it."""

    name: str
    model: "Model"
    overlays: "tuple[Overlay, ...] | None" = None
    notes: tuple[str, ...] = ()
    saved: "SavedPlan | None" = None
    """What it was read from, where it was kept."""


@app.command("compare")
def compare(
    before: Annotated[str, typer.Argument(metavar="A", help="A folder, P08, a scenario, a saved plan, or: plan.")],
    after: Annotated[
        str | None, typer.Argument(metavar="B", help="The same; left out after a workbook.", show_default=False)
    ] = None,
    folder: Folder = None,
    savings_as: SavingsAs = "planned",
    json: AsJson = False,
    csv: AsCsv = False,
    unit: InUnit = None,
) -> None:
    """Compare two plans: what changed in their inputs, and what each change does to each year, adding up.

    A and B are each a ledger folder, a closed period such as P08 (the plan from what was then forecast), a scenario, a
    plan kept with breakeven plan --save, or plan for the folder's own. FOLDER is that of periods, scenarios and names.
    A workbook that came back, alone or with FOLDER, is compared with the folder's plan: what was changed in its inputs.

    Example: breakeven compare best worst ledgers/2023-24, or breakeven compare reports/plan.xlsx ledgers/2023-24
    """
    from breakeven.report.compare import comparison_statement

    one_format(json=json, csv=csv)
    if is_workbook(before) and (after is None or (folder is None and is_ledger_folder(Path(after)))):
        if savings_as != "planned":
            usage("a workbook says itself which savings count; leave --savings out")
        compare_returned(Path(before), folder if after is None else Path(after), json=json, csv=csv, unit=unit)
        return
    if after is None:
        usage("compare takes two plans, or one workbook that came back (an .xlsx that is there)")
    home = _Home(folder, savings_as)
    sides = [home.side(each) for each in (before, after)]
    try:
        found = _compared(home, *sides)
    except ValueError as error:
        usage(str(error))
    names = (sides[0].name, sides[1].name if sides[1].name != sides[0].name else f"{sides[1].name} (B)")
    saved = [side.saved for side in sides if side.saved]
    body = next(iter((*home.bodies, *(each.body for each in saved))))
    heading = ("compare", body, f"{names[0]} and {names[1]}", f"savings as {savings_as}")
    notes = [*sides[0].notes, *sides[1].notes]
    statement = comparison_statement(
        found,
        names,
        heading,
        illustrative=home.is_illustrative or any(each.illustrative for each in saved),
        notes=notes,
        sources=(*home.files, *dict.fromkeys(each.source for each in saved)),
    )
    draw(statement, json=json, csv=csv, unit=unit)
    for end in home.read:
        say_findings(end.year.findings)


def _compared(home: "_Home", before: _Side, after: _Side) -> "Comparison":
    from breakeven.plan.compare import compare_overlays
    from breakeven.plan.differences import compare_models

    if before.overlays is not None and after.overlays is not None:
        return compare_overlays(home.end.plan.basis, before.overlays, after.overlays, home.end.plan.view)
    return compare_models(before.model, after.model)


class _Home:
    """The folder that names lead to, read when one of them needs it."""

    def __init__(self, folder: Path | None, view: "View") -> None:
        self._folder = folder
        self._view = view
        self._end: YearEnd | None = None
        self._others: list[YearEnd] = []

    @property
    def end(self) -> "YearEnd":
        """The folder, worked out."""
        if self._end is None:
            self._end = worked_out(self.folder, view=self._view)
        return self._end

    @property
    def folder(self) -> Path:
        """The folder itself."""
        return self._folder or default_folder()

    @property
    def read(self) -> "list[YearEnd]":
        """The folders that were read."""
        return [*([self._end] if self._end else []), *self._others]

    @property
    def bodies(self) -> "list[str]":
        """Whose folders were read."""
        return [end.year.body.name for end in self.read]

    @property
    def is_illustrative(self) -> bool:
        """Whether a plan of a folder rests on illustrative cells."""
        return any(each.plan_is_illustrative for each in self.read)

    @property
    def files(self) -> tuple[str, ...]:
        """The input files that the plans rest on, each once."""
        from breakeven.report.compare import plan_files

        return tuple(dict.fromkeys(file for end in self.read for file in plan_files(end)))

    def side(self, name: str) -> _Side:
        """The plan that a name stands for; a usage error where it stands for none."""
        from breakeven.report import saved_plan

        if name == "plan":
            return _Side("plan", self.end.plan.model, ())
        path = Path(name)
        if is_ledger_folder(path):
            other = worked_out(path, view=self._view)
            self._others.append(other)
            return _Side(path.resolve().name, other.plan.model)
        kept = path if path.suffix == ".json" else saved_plan.path_of(self.folder, name)
        if is_file(kept):
            try:
                saved = saved_plan.read_plan(kept)
                return _Side(kept.stem, replace(saved.model, view=self._view), saved=saved)
            except (saved_plan.SavedPlanError, OSError) as error:
                usage(str(error))
        return self._of_the_folder(name)

    def _of_the_folder(self, name: str) -> _Side:
        from breakeven.periods import parse_period, period_name
        from breakeven.pipeline.year_end import scenario
        from breakeven.plan.basis import model
        from breakeven.plan.sealed import sealed_basis

        plan = self.end.plan
        try:
            overlays = scenario(self.end.year, name)
            return _Side(name, model(plan.basis, overlays, plan.view), overlays)
        except KeyError:
            pass
        except ValueError as error:
            usage(str(error))
        try:
            period = parse_period(name)
        except ValueError:
            usage(self._unknown(name))
        close = next((each for each in self.end.year.closes if each.period == period), None)
        if close is None:
            usage(f"{period_name(period)} is not closed in {self.folder}")
        of_then = model(sealed_basis(close, self.end.year), (), plan.view)
        return _Side(
            period_name(period), of_then, notes=(f"{period_name(period)}: from its forecasts and records as sealed.",)
        )

    def _unknown(self, name: str) -> str:
        from breakeven.periods import period_name
        from breakeven.pipeline.year_end import scenario_names

        known = ["plan", *scenario_names(self.end.year), *(period_name(close.period) for close in self.end.year.closes)]
        return f"{name!r} is no ledger folder, saved plan, scenario or closed period; known are {', '.join(known)}"
