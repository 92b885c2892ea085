"""The map of a sweep: a cell for every run, coloured by how it ends."""

from dataclasses import dataclass
from itertools import product
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from nnviz.chapters.compare_runs.sweep import Sweep, SweepResult
from nnviz.chart import plot, theme
from nnviz.nn.checks import FloatArray
from nnviz.text.digits import digits

_ROOM: Final = (480, 280)  # px of the map, about
_SCALE: Final = (0.0, 0.5, 0.9, 1.0, 1.1, 1.5, 2.0)  # errors on the colour scale, in guesses


@dataclass(frozen=True)
class MapPlan:
    """Where on the map each run stands: a row for each rate, a column for each seed.

    The runs are laid in rows like the words of a text; those of a single rate take several rows.
    """

    sweep: Sweep

    @property
    def n_columns(self) -> int:
        """Cells beside each other."""
        n_seeds = self.sweep.n_seeds
        if len(self.sweep.learning_rates) > 1:
            return n_seeds
        return 5 if n_seeds <= 20 else 10 if n_seeds <= 100 else 25

    @property
    def n_rows(self) -> int:
        """Cells one above the other."""
        return -(-self.sweep.n_runs // self.n_columns)

    def cell(self, rate: int, seed: int) -> tuple[int, int]:
        """Return column and row of a run, from the indices of its rate and its seed."""
        row, column = divmod(rate * self.sweep.n_seeds + seed, self.n_columns)
        return column, row

    def run_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Return the indices of rate and seed at a point of the map, or None beside all cells."""
        column, row = int(np.floor(x + 0.5)), int(np.floor(y + 0.5))
        if not (0 <= column < self.n_columns and 0 <= row < self.n_rows):
            return None
        run = row * self.n_columns + column
        return divmod(run, self.sweep.n_seeds) if run < self.sweep.n_runs else None

    def laid_out(self, values: npt.NDArray[Any]) -> FloatArray:
        """Return values of all runs, (n_rates, n_seeds), as rows and columns, with NaN besides."""
        laid = np.full((self.n_rows, self.n_columns), np.nan)
        laid.ravel()[: values.size] = values.ravel()
        return laid

    def columns_apart(self, most: int) -> int:
        """Return that every so many columns get a number: ``most`` of them have room for one."""
        return next(n for n in (1, 5, 10, 20, 50) if self.n_columns / n <= most)

    @property
    def cell_size(self) -> float:
        """The shorter side of a cell in pixels, about."""
        return min(_ROOM[0] / self.n_columns, _ROOM[1] / self.n_rows)


def colour_places(errors: FloatArray, guess: float) -> FloatArray:
    """Return where errors stand on the colour scale: -1 no error, 0 guessing, 1 twice that.

    The square root spreads what lies near guessing, where most runs end.
    """
    beyond = np.clip((errors - guess) / guess, -1.0, 1.0)
    return np.asarray(np.sign(beyond) * np.sqrt(np.abs(beyond)))


def map_traces(result: SweepResult) -> list[Any]:
    """Return the cells, and a mark on each that is worse than guessing or has diverged."""
    plan, errors = MapPlan(result.sweep), result.errors
    diverged = np.isinf(errors)
    return [
        plot.heatmap(
            z=plan.laid_out(colour_places(errors, result.guess)),
            coloraxis="coloraxis",
            xgap=1 if plan.cell_size > 3 else 0,
            ygap=1,
            hoverongaps=False,
            text=_hover_texts(result, plan),
            hovertemplate="%{text}<extra></extra>",
        ),
        _marks(plan, (errors > result.guess) & ~diverged, "circle", 0.3),
        _marks(plan, diverged, "x", 0.55),
    ]


def colour_axis(result: SweepResult, *, brief: bool = False) -> dict[str, Any]:
    """Return the colour scale, explained by errors."""
    guess = result.guess
    errors = guess * np.array(_SCALE)
    texts = [digits(error, 3) for error in errors.tolist()]
    texts[-1] += "+"
    return {
        "cmin": -1,
        "cmax": 1,
        "colorscale": [[0, theme.SKY], [0.5, theme.PAPER], [1, theme.ORANGE]],
        "colorbar": {
            "orientation": "h",
            "thickness": 10,
            "outlinewidth": 1,
            "outlinecolor": theme.GREY,
            "title": {
                "text": "error at the end"
                if brief
                else f"error at update {result.sweep.judged_step:,} (always 0.5: {digits(guess)})",
                "side": "bottom",
                "font": {"size": 12},
            },
            "tickvals": colour_places(errors, guess).tolist(),
            "ticktext": texts,
            "tickfont": {"size": 12},
        },
    }


def map_axes(result: SweepResult, rate: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the layouts of both axes; the chosen rate stands in bold."""
    sweep, plan = result.sweep, MapPlan(result.sweep)
    options: dict[str, Any] = {"showgrid": False, "zeroline": False, "ticks": ""}
    first, rows = sweep.first_seed, np.arange(plan.n_rows)
    y_range = [-0.5, plan.n_rows - 0.5]
    if len(sweep.learning_rates) == 1:
        columns = np.arange(0, plan.n_columns, 5)
        x_title = "seed: that of the row, and so many more"
        x_texts = [f"+{column}" for column in columns.tolist()]
        y_texts = [str(first + row * plan.n_columns) for row in rows.tolist()]
        y_range.reverse()
    else:
        columns = np.arange(0, plan.n_columns, plan.columns_apart(11))
        x_title = "seed, by learning rate"
        x_texts = [str(first + column) for column in columns.tolist()]
        y_texts = list(sweep.rate_names)
        y_texts[rate] = f"<b>{y_texts[rate]}</b>"
    x = theme.axis(
        x_title, range=[-0.5, plan.n_columns - 0.5], tickvals=columns, ticktext=x_texts, **options
    )
    y = theme.axis(
        "", range=y_range, tickvals=rows, ticktext=y_texts, tickfont={"size": 12}, **options
    )
    return x, y


def _marks(plan: MapPlan, which: npt.NDArray[np.bool_], symbol: str, share: float) -> plot.Trace:
    """Mark some cells by a shape of ``share`` of the cell's size."""
    rows, columns = np.nonzero(plan.laid_out(which) == 1)
    return plot.scatter(
        x=columns.tolist(),
        y=rows.tolist(),
        mode="markers",
        marker={
            "symbol": symbol,
            "size": float(np.clip(share * plan.cell_size, 2, 9)),
            "color": theme.INK,
            "opacity": 1,
        },
        hoverinfo="skip",
    )


def _hover_texts(result: SweepResult, plan: MapPlan) -> list[list[str]]:
    runs = product(result.sweep.rate_names, result.sweep.seeds)
    texts = np.full((plan.n_rows, plan.n_columns), "", dtype=object)
    texts.ravel()[: result.errors.size] = [
        "" if np.isnan(error) else f"rate {rate}, seed {seed}<br>{_ends(error, result.guess)}"
        for (rate, seed), error in zip(runs, result.errors.ravel().tolist(), strict=True)
    ]
    texts_by_row: list[list[str]] = texts.tolist()
    return texts_by_row


def _ends(error: float, guess: float) -> str:
    if np.isinf(error):
        return "diverged: the numbers grew too large"
    side = "worse than" if error > guess else "better than" if error < guess else "the same as"
    return f"error {digits(error, 5)}, {side} always 0.5"
