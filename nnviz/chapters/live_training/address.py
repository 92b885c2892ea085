"""The choices on the page "Live training" that its address carries: a run, its branches, its parts.

``branches=0:2500,rate:0.01;1:4000,model:sin x1/4 tanh,name:Slow`` are two branches: B leaves the
run A at update 2,500, C leaves B at 4,000. What each looks like is replayed.
"""

import re
from typing import Any, Final
from urllib.parse import quote, unquote

from nnviz.chapters.live_training.branches import MOST_BRANCHES, ORDERS, Branch
from nnviz.chapters.live_training.by_hand import sample_of
from nnviz.chapters.live_training.figures.plane import X_RANGE, Y_RANGE
from nnviz.chapters.live_training.views.branch_choices import LINE
from nnviz.chapters.live_training.views.surface import SURFACE_PARAMETERS
from nnviz.chart.slider import logarithmic_values
from nnviz.data.tutorial import eight_rows
from nnviz.nn.rng import LARGEST_SEED
from nnviz.site.address import Address
from nnviz.site.parameters import Choice, Custom, Number, Numbers, Switch, Whole
from nnviz.site.parts import PART_OF_A_RUN
from nnviz.text.numbers import parsed, quoted
from nnviz.training.branch_letters import LETTERS
from nnviz.training.model import Model
from nnviz.training.timeline import Timeline

MOST_ROWS: Final = 20
LONGEST_NAME: Final = 24
MOST_WEIGHTS: Final = 10
LARGEST_WEIGHT: Final = 100.0

_KEY: Final = re.compile(r"[a-z][a-z0-9.]{0,5}")
_CHOICES: Final = ("rate", "order", "seed", "model", "name")

RATES: Final = logarithmic_values(-3, 1)
RATE_MARKS: Final = (0.001, 0.01, 0.1, 1, 10)

RECORD_EVERY: Final = 100
UPDATES: Final = ("1000", "10000", "20000", "100000", "1000000")

Rows = tuple[tuple[float, float, int], ...]


def default_rows() -> Rows:
    """Return the tutorial's eight rows as (x1, x2, target)."""
    data = eight_rows()
    pairs = zip(data.X.tolist(), data.y.tolist(), strict=True)
    return tuple((x1, x2, int(target)) for (x1, x2), target in pairs)


def run_parameters(x_range: tuple[float, float], y_range: tuple[float, float]) -> list[Any]:
    """Return the parameters of a run whose rows lie within the ranges."""

    def parse_rows(text: str) -> Rows:
        rows = text.split(";")
        if not 1 <= len(rows) <= MOST_ROWS:
            raise ValueError(f"it must hold 1 to {MOST_ROWS} rows")
        return tuple(_row(row, x_range, y_range) for row in rows)

    return [
        Number("rate", 0.1, RATES[0], RATES[-1]),
        Choice("order", "random", tuple(ORDERS)),
        Whole("seed", 0, 0, LARGEST_SEED),
        Custom("model", Model(), Model.parse, lambda model: model.text),
        Choice("updates", "10000", UPDATES),
        Custom("rows", default_rows(), parse_rows, _format_rows),
    ]


def run_timeline(address: Address) -> Timeline:
    """Return the run that the person has chosen, without its branches."""
    order = ORDERS[address["order"]]
    sample, rate = sample_of(address["rows"]), address["rate"]
    plan = address["model"].plan(sample, rate, order, address["seed"])
    return Timeline.of(plan, int(address["updates"]), RECORD_EVERY)


def rounded_row(x1: float, x2: float, target: int) -> tuple[float, float, int]:
    """Return a row to six decimals: what is closer together than that is meant to be the same."""
    return round(x1, 6), round(x2, 6), target


def _row(
    text: str, x_range: tuple[float, float], y_range: tuple[float, float]
) -> tuple[float, float, int]:
    parts = text.split(",")
    if len(parts) != 3:
        raise ValueError("a row must be x1,x2,target, with semicolons between the rows")
    x1 = Number("x1", 0, *x_range).parse(parts[0])
    x2 = Number("x2", 0, *y_range).parse(parts[1])
    target = parsed(parts[2])
    if target not in (0.0, 1.0):
        raise ValueError("the target of a row must be 0 or 1")
    return rounded_row(x1, x2, int(target))


def _format_rows(rows: Rows) -> str:
    numbers = Numbers("row", (), -1e9, 1e9)
    return ";".join(numbers.format(row) for row in rows)


def branches_parameter() -> Custom:
    """Return the parameter of a page's address that holds the branches."""
    return Custom("branches", (), parse_branches, format_branches)


def no_changes_parameter() -> Custom:
    """Return the parameter that answers links of the first version, which held changed rates."""

    def refuse(text: str) -> Any:
        raise ValueError(
            "a rate that is changed on the way is a branch now: go to that update, press "
            "“Branch here”, and move the slider"
        )

    return Custom("changes", (), refuse, lambda nothing: "")


def parse_branches(text: str) -> tuple[Branch, ...]:
    """Return the branches that a text stands for.

    Raises ValueError with the middle of a sentence that says which branch is wrong, and why.
    """
    parts = text.split(";") if text else []
    if len(parts) > MOST_BRANCHES:
        raise ValueError(f"it may hold {MOST_BRANCHES} branches at the most")
    found: list[Branch] = []
    for number, part in enumerate(parts, 1):
        try:
            branch = _branch(part)
            if branch.parent >= number:
                raise ValueError("a branch leaves a line that comes before it")
            if branch.parent and branch.at < found[branch.parent - 1].at:
                raise ValueError("a branch leaves a line at a step that this one has of its own")
        except ValueError as reason:
            raise ValueError(f"branch {LETTERS[number]} cannot be used: {reason}") from None
        found.append(branch)
    return tuple(found)


def format_branches(branches: tuple[Branch, ...]) -> str:
    """Return the text that stands for branches."""
    return ";".join(map(_written, branches))


def _written(branch: Branch) -> str:
    rate = Number("rate", 0, 0, 1)
    fields = [f"{branch.parent}:{branch.at}"]
    choices = {
        "rate": None if branch.learning_rate is None else rate.format(branch.learning_rate),
        "order": branch.order,
        "seed": branch.seed,
        "model": None if branch.model is None else branch.model.text.replace(",", "/"),
        **{key: rate.format(value) for key, value in branch.weights},
        "name": quote(branch.name, safe=" ") or None,
    }
    fields += [f"{name}:{value}" for name, value in choices.items() if value is not None]
    return ",".join(fields)


def _branch(text: str) -> Branch:
    first, *fields = text.split(",")
    parent, colon, at = first.partition(":")
    if not colon:
        raise ValueError("it must begin with line:update, such as 0:2500")
    choices: dict[str, Any] = {}
    weights: dict[str, float] = {}
    for field in fields:
        name, colon, value = field.partition(":")
        if not colon or name in choices or name in weights:
            raise ValueError(f"{quoted(field)} is no change, such as rate:0.01")
        if name in _CHOICES:
            choices[name] = _choice(name, value)
        elif _KEY.fullmatch(name):
            weights[name] = Number(name, 0, -LARGEST_WEIGHT, LARGEST_WEIGHT).parse(value)
        else:
            raise ValueError(f"{quoted(name)} is nothing that can be changed")
    if len(weights) > MOST_WEIGHTS:
        raise ValueError(f"it may set {MOST_WEIGHTS} weights at the most")
    return Branch(
        parent=Whole("line", 0, 0, MOST_BRANCHES - 1).parse(parent),
        at=Whole("update", 0, 0, int(UPDATES[-1])).parse(at),
        learning_rate=choices.get("rate"),
        order=choices.get("order"),
        seed=choices.get("seed"),
        model=choices.get("model"),
        weights=tuple(weights.items()),
        name=choices.get("name", ""),
    )


def _choice(name: str, value: str) -> Any:
    if name == "rate":
        return Number(name, 0, RATES[0], RATES[-1]).parse(value)
    if name == "order":
        if value not in ORDERS:
            raise ValueError(f"the order must be one of: {', '.join(ORDERS)}")
        return value
    if name == "seed":
        return Whole(name, 0, 0, LARGEST_SEED).parse(value)
    if name == "model":
        return Model.parse(value.replace("/", ","))
    return clean_name(unquote(value))


def clean_name(text: str) -> str:
    """Return a name without what cannot be seen, and not too long."""
    seen = "".join(letter for letter in text if letter.isprintable()).strip()
    return seen[:LONGEST_NAME].rstrip()


PAGE: Final = "live_training"
ADDRESS: Final = Address(
    PAGE,
    [
        *run_parameters(X_RANGE, Y_RANGE),
        branches_parameter(),
        no_changes_parameter(),
        LINE,
        Whole("step", 0, 0, int(UPDATES[-1])),
        Numbers("probe", (), -100, 100, count=2),
        # The ends of a line drawn by hand: x1, x2 of the one, x1, x2 of the other.
        Numbers("drawn", (), -100, 100, count=4),
        Switch("edit"),
        *SURFACE_PARAMETERS,
        PART_OF_A_RUN,
    ],
)
