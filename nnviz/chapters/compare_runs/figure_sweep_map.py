"""The map of a sweep: a cell for every run, coloured by how it ends."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from nnviz.chapters.compare_runs.sweep import Sweep, SweepResult
from nnviz.chart import plot, theme
from nnviz.nn.checks import FloatArray
from nnviz.text.digits import digits, told_apart

_ROOM: Final = (480, 280)  # px of the map, about
_SCALE: Final = (0.0, 0.5, 0.9, 1.0, 1.1, 1.5, 2.0)  # errors on the colour scale, in guesses


@dataclass(frozen=True)
class MapPlan:
    """Where on the map each run stands: a row for each rate, a column for each seed.

    The seeds of a single rate are laid in rows, like the words of a text.
    """

    sweep: Sweep

    @property
    def n_columns(self) -> int:
        """Cells beside each other."""
        n_seeds = self.sweep.n_seeds
        if not self._wrapped:
            return n_seeds
        return 5 if n_seeds <= 20 else 10 if n_seeds <= 100 else 25

    @property
    def n_rows(self) -> int:
        """Cells one above the other."""
        if self._wrapped:
            return -(-self.sweep.n_seeds // self.n_columns)
        return len(self.sweep.learning_rates)

    def cell(self, rate: int, seed: int) -> tuple[int, int]:
        """Return column and row of a run, from the indices of its rate and its seed."""
        return (seed % self.n_columns, seed // self.n_columns) if self._wrapped else (seed, rate)

    def run_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Return the indices of rate and seed at a point of the map, or None beside all cells."""
        column, row = int(np.floor(x + 0.5)), int(np.floor(y + 0.5))
        if not (0 <= column < self.n_columns and 0 <= row < self.n_rows):
            return None
        rate, seed = (0, row * self.n_columns + column) if self._wrapped else (row, column)
        return (rate, seed) if seed < self.sweep.n_seeds else None

    def laid_out(self, values: FloatArray) -> FloatArray:
        """Return values of all runs, (n_rates, n_seeds), as rows and columns, with NaN besides."""
        laid = np.full((self.n_rows, self.n_columns), np.nan)
        laid.ravel()[: values.size] = values.ravel()
        return laid

    @property
    def cell_size(self) -> float:
        """The shorter side of a cell in pixels, about."""
        return min(_ROOM[0] / self.n_columns, _ROOM[1] / self.n_rows)

    @property
    def _wrapped(self) -> bool:
        return len(self.sweep.learning_rates) == 1


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
    first = sweep.first_seed
    if len(sweep.learning_rates) == 1:
        rows, columns = np.arange(plan.n_rows), np.arange(0, plan.n_columns, 5)
        x_title = "seed: that of the row, and so many more"
        x_texts = [f"+{column}" for column in columns.tolist()]
        y_texts = [str(first + row * plan.n_columns) for row in rows.tolist()]
        y_range = [plan.n_rows - 0.5, -0.5]
    else:
        rows, columns = np.arange(plan.n_rows), _every(plan.n_columns)
        x_title = "seed, by learning rate"
        x_texts = [str(first + column) for column in columns.tolist()]
        y_texts = [
            f"<b>{name}</b>" if i == rate else name
            for i, name in enumerate(told_apart(*sweep.learning_rates))
        ]
        y_range = [-0.5, plan.n_rows - 0.5]
    x = theme.axis(
        x_title, range=[-0.5, plan.n_columns - 0.5], tickvals=columns, ticktext=x_texts, **options
    )
    y = theme.axis(
        "", range=y_range, tickvals=rows, ticktext=y_texts, tickfont={"size": 12}, **options
    )
    return x, y


def _every(n_columns: int) -> Any:
    """Return the columns that get a number: not more than there is room for."""
    return np.arange(0, n_columns, next(n for n in (1, 5, 10, 20, 50) if n_columns / n <= 11))


def _marks(plan: MapPlan, which: npt.NDArray[np.bool_], symbol: str, share: float) -> plot.Trace:
    """Mark some cells by a shape of ``share`` of the cell's size."""
    cells = [plan.cell(*map(int, run)) for run in np.argwhere(which)]
    return plot.scatter(
        x=[column for column, _ in cells],
        y=[row for _, row in cells],
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
    sweep, rate_names = result.sweep, told_apart(*result.sweep.learning_rates)
    texts = [[""] * plan.n_columns for _ in range(plan.n_rows)]
    for rate, errors in enumerate(result.errors.tolist()):
        for seed, error in enumerate(errors):
            if np.isnan(error):
                continue
            column, row = plan.cell(rate, seed)
            texts[row][column] = (
                f"rate {rate_names[rate]}, seed {sweep.seeds[seed]}<br>{_ends(error, result.guess)}"
            )
    return texts


def _ends(error: float, guess: float) -> str:
    if np.isinf(error):
        return "diverged: the numbers grew too large"
    side = "worse than" if error > guess else "better than" if error < guess else "the same as"
    return f"error {digits(error, 5)}, {side} always 0.5"
