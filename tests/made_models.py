"""Plans as numbers alone, made by chance."""

from decimal import Decimal

from hypothesis import strategies as st

from breakeven.periods import Year
from breakeven.plan.model import Model, ModelInvestment, ModelLine, ModelScheme, Moves

rates = st.decimals("0.8", "1.3", places=3)
sums = st.decimals(-9_999, 9_999, places=2)
pounds = st.integers(-9_999, 9_999).map(Decimal)


@st.composite
def some_models(draw: st.DrawFn) -> Model:
    """A plan of any lines over any years, some of it open."""
    base, count = Year(draw(st.integers(2022, 2024))), draw(st.integers(1, 4))

    def moves() -> Moves:
        return Moves(
            growth=draw(rates), inflation=draw(rates), stated=draw(st.none() | sums), in_year=draw(rates),
            step=draw(sums), pressures=draw(pounds), is_said=draw(st.integers(0, 9)) > 0,
        )  # fmt: skip

    def lines(names: str) -> tuple[ModelLine, ...]:
        chosen = draw(st.lists(st.sampled_from(names), unique=True, min_size=1))
        open_or = st.none() | sums if draw(st.booleans()) else sums
        return tuple(
            ModelLine(name, name.upper(), "", draw(open_or), tuple(moves() for _ in range(count))) for name in chosen
        )

    def amounts() -> tuple[Decimal, ...]:
        return tuple(draw(pounds) for _ in range(count))

    return Model(
        base=base,
        years=tuple(base.later(n + 1) for n in range(count)),
        income=lines("ab"),
        expenditure=lines("cdef"),
        schemes=tuple(
            ModelScheme(ref, "Scheme", "c", "People", draw(st.booleans()), amounts(), amounts(), amounts())
            for ref in draw(st.lists(st.sampled_from(["S1", "S2", "S3"]), unique=True))
        ),
        investments=tuple(
            ModelInvestment(ref, "Investment", amounts())
            for ref in draw(st.lists(st.sampled_from(["I1", "I2"]), unique=True))
        ),
        opening=draw(st.none() | sums),
        view=draw(st.sampled_from(["planned", "forecast", "weighted"])),
    )
