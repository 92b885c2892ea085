"""A first convolution: a filter slides over the drawing, beside a neuron with 64 weights."""

from types import MappingProxyType
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nnviz.chapters.pictures_to_numbers import address
from nnviz.chapters.pictures_to_numbers.address import ADDRESS, FILTERS, PAGE
from nnviz.chapters.pictures_to_numbers.convolution import words
from nnviz.chapters.pictures_to_numbers.convolution.filters import (
    KNOWN,
    filter_text,
    next_in_cycle,
    read_filter,
)
from nnviz.chapters.pictures_to_numbers.convolution.network import (
    FilterConfig,
    forward,
    learn,
)
from nnviz.chapters.pictures_to_numbers.convolution.questions import asks_of_map, filter_questions
from nnviz.chapters.pictures_to_numbers.convolution.script import filter_program
from nnviz.chapters.pictures_to_numbers.convolution.shifts import (
    READERS,
    SHIFTS,
    ShiftResults,
    ShiftStudy,
    measure,
    of_filters,
)
from nnviz.chapters.pictures_to_numbers.convolution.slide import Slide, slide
from nnviz.chapters.pictures_to_numbers.drawing import SIDE, Drawing, place
from nnviz.chapters.pictures_to_numbers.figures.filter import (
    CLICKS,
    LAST,
    PANELS,
    Panels,
    cell_at,
    filter_picture,
    filter_tracks,
)
from nnviz.chapters.pictures_to_numbers.figures.squares import pixel_at
from nnviz.chapters.pictures_to_numbers.lesson import LESSON
from nnviz.chapters.pictures_to_numbers.reading import Reading, read_drawing
from nnviz.chapters.pictures_to_numbers.two_digits import MOST_PICTURES, NeuronConfig, NeuronRun
from nnviz.chapters.pictures_to_numbers.views import board, work
from nnviz.chart import chart as charts
from nnviz.chart import packing
from nnviz.chart.chart import chart
from nnviz.chart.gestures import Click
from nnviz.nn.checks import FloatArray
from nnviz.nn.convolution import Convolution, windows
from nnviz.site import frame, lesson
from nnviz.site.background import Studies
from nnviz.site.caching import cached
from nnviz.site.offer import offer_file, offer_program
from nnviz.site.parts import code, formulas, in_sight, parts, tutorial_says
from nnviz.site.plain import kept, plain, say_cuts
from nnviz.site.player import Player
from nnviz.site.predict_first import predict_first, unanswered
from nnviz.site.table import Cell, Shown, table
from nnviz.text.digits import digits, enough_digits, latex, percent

PLAYER: Final = Player(ADDRESS, "pictures_filter", "place")
_TYPED: Final = f"{PAGE}.typed_filter"
_WRONG: Final = f"{PAGE}.wrong_filter"
_LONGEST: Final = 250
_PATIENCE: Final = 0.5  # s between two looks at what a thread has made
_MARKS: Final = "The frame is the window; the map holds what it has added up at each place."
_NAMES: Final = MappingProxyType(
    {"weights": "64 weights", "one": "one filter, learned", "two": "two filters, learned"}
)

network = cached(FilterConfig)(learn)
"""The network of a filter."""


@cached(FilterConfig)
def packed(
    config: FilterConfig,
    seed: int,
    drawing: Drawing,
    secret: bool,
    panels: Panels,
    last: int,
    whole: bool,
) -> tuple[bytes, str]:
    """Return what moves with the window, up to its last place, packed for the browser."""
    found, reading = slide(network(config), drawing), read_drawing(weights(seed), drawing)
    texts = [words.describe_slide(found, i, reading, secret=secret) for i in range(LAST + 1)]
    return packing.pack(
        filter_tracks(found, reading, texts, panels=panels, whole=whole).up_to(last)
    )


_measured = cached()(measure)
STUDIES: Final = Studies(lambda seed_and_reader: _measured(*seed_and_reader), ShiftResults)
"""What is left of the answers when pictures are shifted."""


@cached(FilterConfig)
def accuracies_of(config: FilterConfig) -> FloatArray:
    """Return the accuracies of a filter after each of the shifts."""
    return of_filters(network(config), config.seed)


def run_of(seed: int) -> NeuronRun:
    """Return the training of the neuron with 64 weights, from the same pictures as the filter."""
    return work.learned(NeuronConfig(MOST_PICTURES, seed))


def weights(seed: int) -> FloatArray:
    """Return what that neuron has learned: 64 weights and a bias."""
    learned: FloatArray = run_of(seed).parameters[-1]
    return learned


def show(_: DeltaGenerator) -> None:
    """Show the filter on its way, and come back for what is still to come."""
    config, seed = address.filter_config(), int(ADDRESS["seed"])
    drawing, step = address.seen(), int(ADDRESS["place"])
    at = max(step - 1, 0)
    found, reading = slide(network(config), drawing), read_drawing(weights(seed), drawing)
    questions = filter_questions(found, at, reading)
    asked = unanswered(ADDRESS, questions)
    secret, veiled = lesson.secret() or asked is not None, asks_of_map(asked)
    panels = in_sight(PANELS)
    results = STUDIES.ask(ShiftStudy(seed)) if "shifts" in panels and not secret else None
    moving, last, whole = panels, LAST, frame.hidden("train")
    if veiled:
        moving, last = tuple(name for name in panels if name != "map"), step
    left, right = board.sides()
    with left:
        if not frame.hidden("board"):
            board.show("pictures_board", says="" if secret else words.short(found, reading))
        if not frame.hidden("controls"):
            _filter_controls(found)
            board.examples()
            board.moves()
    with right:
        seen = chart(
            filter_picture(
                found,
                reading,
                results,
                accuracies_of(config) if config.by_hand and results is not None else None,
                panels=panels,
                veiled=veiled,
                whole=whole,
            ),
            key=PLAYER.chart,
            words=words.describe_slide(found, step, reading, secret=secret),
            hint="Slide moves the window. Struck out on the map: where it has not been yet. Click "
            "on a square of the drawing or of the map to put it there, on a cell of the filter to "
            "change its weight.",
            clicks=[axes for name, axes in CLICKS.items() if name in panels],
            on_click=_clicked,
            clock=PLAYER.clock("Slide", unit="place", speeds=(1, 4, 16), speed=4, jump=SIDE),
            on_position=PLAYER.arrive,
            packed=[packed(config, seed, drawing, secret, moving, last, whole)],
            save_as="nnviz-pictures-filter",
            fill=True,
        )
    parts(
        ADDRESS,
        {
            "numbers": lambda: _numbers(found, at, reading, results, secret=secret),
            "code": lambda: code(
                [windows, Convolution.maps, forward, learn],
                filter_program(run_of(seed), config, drawing, at).script,
            ),
            "export": lambda: _export(run_of(seed), config, drawing, at, seen),
            "predict": lambda: predict_first(PAGE, questions),
            "tutorial": lambda: _tutorial(results),
        },
    )
    if results is not None and not results.complete:
        frame.again(_PATIENCE)


def _filter_controls(found: Slide) -> None:
    if not frame.hidden("filter"):
        st.selectbox(
            "Filter",
            tuple(FILTERS),
            key=ADDRESS.key("filter"),
            format_func=FILTERS.__getitem__,
            on_change=_forget,
            label_visibility="collapsed",
        )
    if not frame.hidden("typed"):
        wrong = st.session_state.get(_WRONG)
        if wrong is None:
            st.session_state[_TYPED] = _typed_form(found)
        st.text_input(
            "Nine weights, row by row",
            key=_TYPED,
            on_change=_typed,
            label_visibility="collapsed",
            help="The nine weights of the filter, row by row, with blanks or commas between them.",
        )
        say_cuts()
        if wrong is not None:
            st.warning(plain(wrong))


def _typed_form(found: Slide) -> str:
    """Return the nine weights as a person types them: drawn ones in full, learned ones rounded."""
    drawn = address.filter_config().by_hand
    weights = drawn or [float(f"{weight:.3g}") for weight in found.weights.tolist()]
    return filter_text(weights).replace(",", ", ")


def _typed() -> None:
    try:
        cells = read_filter(kept(st.session_state[_TYPED], _LONGEST))
    except ValueError as error:
        st.session_state[_WRONG] = (
            f"This is no filter: {error}. Right would be {filter_text((-1, 0, 1) * 3)}. The "
            "picture still shows the filter before."
        )
        return
    _draw_filter(cells)


def _draw_filter(cells: tuple[float, ...]) -> None:
    _forget()
    ADDRESS.set("weights", cells)
    ADDRESS.set("filter", "own")


def _forget() -> None:
    st.session_state.pop(_WRONG, None)


def _clicked(click: Click) -> None:
    if click.axes != CLICKS["cells"]:
        PLAYER.go(pixel_at(click.x, click.y) + 1)
        return
    cell = cell_at(click.x, click.y)
    if cell is not None and not frame.hidden("filter"):
        config = address.filter_config()
        now = config.by_hand or tuple(network(config).convolution.filters.ravel().tolist())
        _draw_filter(next_in_cycle(now, cell))


def _numbers(
    found: Slide, at: int, reading: Reading, results: ShiftResults | None, *, secret: bool
) -> None:
    left, right = st.columns([0.45, 0.55])
    with left:
        st.markdown(f"The window at {place(at)}:")
        nine = (found.inks[at], found.weights, found.products[at])
        told, offset = words.cell_texts(found, at, 4)
        rows: list[list[Cell]] = [
            [f"row {k // 3 + 1}, column {k % 3 + 1}", *map(Shown, numbers, texts)]
            for k, (*numbers, texts) in enumerate(
                zip(*(each.tolist() for each in nine), told, strict=True)
            )
        ]
        total, on_the_map = words.added_up(found, at)
        n = max(4, words.significant_of(total))
        rows += [
            ["bias", None, None, Shown(found.offset, offset)],
            ["sum", None, None, Shown(total, digits(total, n))],
        ]
        table(
            ["cell of\nthe filter", "ink", "weight", "ink × weight"],
            rows,
            label=f"The nine products with the window at {place(at)}",
        )
        known = KNOWN.get(ADDRESS["filter"])
        if known is not None:
            st.markdown(f"{known.title}: its map is large where {known.finds}.")
    with right:
        kept_of = latex(on_the_map, n, alone=True)
        formulas(rf"\text{{map}} = \max(0,\ {latex(total, n)}) = {kept_of}")
        if secret:
            st.markdown(words.HIDDEN)
            return
        weight, bias = float(found.network.weights[0]), found.network.bias
        n = enough_digits(lambda w, x, b: w * x + b, (weight, found.mean, bias), 5)
        formulas(
            rf"\text{{mean of the map}} = {latex(found.mean, n, alone=True)}",
            rf"z = {latex(weight, n)} \cdot {latex(found.mean, n)} + {latex(bias, n)} = "
            rf"{latex(found.z, 5, alone=True)},\quad \frac{{1}}{{1 + e^{{-z}}}} = "
            rf"{latex(found.prediction, 5, alone=True)}",
        )
        st.markdown(f"{words.describe_answers(found, reading)} {words.counted_numbers()}")
        _shift_table(results)


def _shift_table(results: ShiftResults | None) -> None:
    here = accuracies_of(address.filter_config())
    rows: list[list[Cell]] = [["this filter", *_fractions(here)]]
    if results is not None:
        rows += [
            [_NAMES[reader], *_fractions(results.of_reader(reader).median)] for reader in READERS
        ]
    table(
        [
            "right of all held-out\npictures, shifted by",
            *(f"{shift:+d}".replace("-", "−") if shift else "0" for shift in SHIFTS),
        ],
        rows,
        label="Accuracy on held-out pictures by how far they are shifted to the right",
    )
    if results is not None:
        st.markdown(words.describe_shifts(results))


def _fractions(values: FloatArray) -> list[Cell]:
    return [
        Shown(value, percent(value, decimals=1)[0]) if value == value else None
        for value in values.tolist()
    ]


def _export(
    run: NeuronRun, config: FilterConfig, drawing: Drawing, at: int, seen: charts.Shown
) -> None:
    offer_program(
        f"{PAGE}.filter_",
        "nnviz_filter",
        "Trains both again with NumPy alone and prints the numbers on the screen. It holds the "
        "pictures.",
        lambda: filter_program(run, config, drawing, at),
    )
    offer_file(ADDRESS, LESSON, seen, marks=_MARKS)


def _tutorial(results: ShiftResults | None) -> None:
    tutorial_says(
        "layers find features by themselves, first edges, then shapes.",
        "a layer whose units see every square has to learn an edge anew for each place. A filter "
        "sees nine squares and is used at all 64 places, so what it has learned at one place it "
        "knows at every other. That is a convolution.",
    )
    st.markdown(
        "The mean of the map does not say where something was found. So a shift does no harm, as "
        "long as an empty column is left between ink and edge; beyond that a part of the map is "
        "lost. One filter finds one thing only, such as a narrow gap between two strokes; no "
        "single one tells all digits apart, and a network for pictures has many, layer upon layer."
    )
    if results is not None:
        st.markdown(words.describe_shifts(results))
