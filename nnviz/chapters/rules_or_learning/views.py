"""The two pictures of the page: both sides on one grid, and the training as it plays."""

from functools import partial
from typing import Final

import streamlit as st

from nnviz.chapters.rules_or_learning import (
    choices,
    details,
    trainings,
    view_guessing,
    view_solving,
)
from nnviz.chapters.rules_or_learning.choices import ADDRESS, CHART, GAMES, PAGE, VIEWS
from nnviz.chapters.rules_or_learning.figure_side_by_side import (
    CURVE,
    LEFT,
    RIGHT,
    side_by_side_picture,
)
from nnviz.chapters.rules_or_learning.figure_training import training_picture, training_tracks
from nnviz.chapters.rules_or_learning.grids import RULE_SETS, Grid, answers
from nnviz.chapters.rules_or_learning.learning import KEPT_EVERY, UPDATES, Lesson
from nnviz.chapters.rules_or_learning.network import probabilities
from nnviz.chapters.rules_or_learning.study import LADDER, REPEATS, GamesStudy
from nnviz.chapters.rules_or_learning.trainings import Training, shelf
from nnviz.chapters.rules_or_learning.verdicts import verdicts
from nnviz.chapters.rules_or_learning.walk import State
from nnviz.chapters.rules_or_learning.words_learned import learned_told
from nnviz.chapters.rules_or_learning.words_sudoku import solving_told
from nnviz.chart import packing
from nnviz.chart.chart import Clock, chart
from nnviz.site import frame
from nnviz.site.parts import parts

_SECONDS: Final = 0.2  # of training before what there is by then is shown
_SEEN: Final = f"{PAGE}_seen"  # the training that the last picture was of


def lesson() -> None:
    """Draw the page, and say whether more is being trained."""
    state = choices.states()[-1]
    training, study = _trained()
    if not frame.hidden("controls"):
        _controls(state, training)
    view_guessing.noted()
    offered = details.questions(state, training.measured, study)
    if ADDRESS["view"] == "solve":
        _side_by_side(state, training, None if details.asked(offered) else study)
    else:
        _watching(state, training, secret=details.asked(offered))
    parts(
        ADDRESS,
        {
            "numbers": lambda: details.numbers(state, training),
            "code": lambda: details.code_of(state),
            "predict": lambda: details.predict(offered, view_solving.step),
            "tutorial": lambda: details.tutorial(training),
        },
    )
    if training.measured is None or not study.complete:
        frame.again()


def _trained() -> tuple[Training, GamesStudy]:
    """Return what is known by now; the first picture of a training waits for nothing."""
    key = (ADDRESS["rules"], choices.lesson())
    fresh = st.session_state.get(_SEEN) != key
    st.session_state[_SEEN] = key
    training = shelf().training(key, 0.0 if fresh else _SECONDS)
    busy = fresh or training.measured is None
    return training, trainings.study(ADDRESS["rules"], ADDRESS["seed"], 0.0 if busy else _SECONDS)


def _controls(state: State, training: Training) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.segmented_control(
            "View",
            list(VIEWS),
            format_func=VIEWS.__getitem__,
            key=ADDRESS.key("view"),
            required=True,
            label_visibility="collapsed",
        )
        view_solving.which_game()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        if ADDRESS["view"] == "solve":
            view_solving.moves(state)
        st.select_slider("Solved games to learn from", GAMES, key=ADDRESS.key("games"), width=200)
        st.button(
            "Show a confident mistake",
            key=f"{PAGE}.do.mistake",
            on_click=partial(
                view_guessing.show_mistake, training.moments[view_guessing.moment_of(training)]
            ),
        )


def _side_by_side(state: State, training: Training, study: GamesStudy | None) -> None:
    rule_set, n_games = choices.rule_set(), choices.lesson().n_games
    guesses = view_guessing.guesses(state.grid, training)
    step = view_guessing.moment_of(training) * KEPT_EVERY
    told = solving_told(state, rule_set, view_guessing.n_answers(choices.clues()))
    learned = learned_told(state.grid, guesses.judged, n_games, step, rule_set)
    chart(
        side_by_side_picture(
            state, rule_set, guesses, study, n_games=n_games, selected=choices.selected()
        ),
        key=CHART,
        words=f"{told} {learned}{_progress(study)}",
        hint=view_solving.HINT,
        clicks=(LEFT, RIGHT, CURVE),
        on_click=view_solving.clicked,
        keys=view_solving.KEYS,
        on_key=view_solving.key_pressed,
        save_as="nnviz-rules-or-learning",
    )


def _progress(study: GamesStudy | None) -> str:
    if study is None or study.complete:
        return ""
    return f" (The curve: {study.n_done} of {len(LADDER) * REPEATS} trainings are done.)"


def _watching(state: State, training: Training, *, secret: bool) -> None:
    if training.measured is None:
        share = (len(training.moments) - 1) * KEPT_EVERY / UPDATES
        st.progress(share, "The network is learning; then its training can be played.")
        return
    if secret:
        st.markdown("What the network knows is hidden until you have answered below.")
        return
    grid, rules, own = state.grid, ADDRESS["rules"], choices.lesson()
    step = view_guessing.moment_of(training) * KEPT_EVERY
    judged = view_guessing.guesses(grid, training).judged
    chart(
        training_picture(grid, choices.rule_set(), training.measured),
        key=f"{CHART}_training",
        words=learned_told(grid, judged, own.n_games, step, choices.rule_set()),
        hint="Play or scrub the updates. What each cell gets changes with them.",
        clock=Clock(
            ADDRESS["step"],
            ADDRESS.filled,
            "Train",
            speeds=(20, 60, 200),
            speed=60,
            jump=KEPT_EVERY,
        ),
        on_position=partial(ADDRESS.set, "step"),
        packed=[_packed(rules, own, grid, choices.selected())],
        save_as="nnviz-rules-or-learning-training",
    )


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs={Lesson: repr})
def _packed(rules: str, own: Lesson, grid: Grid, cell: int | None) -> tuple[bytes, str]:
    """Return the moving marks of a finished training on one grid."""
    training = shelf().training((rules, own), 60.0)
    if training.measured is None:
        raise RuntimeError("a training took more than a minute.")
    rule_set, possible = RULE_SETS[rules], answers(grid, rules)
    every = [probabilities(parameters, [grid])[0] for parameters in training.moments]
    judged = [verdicts(grid, answer, possible, rule_set) for answer in every]
    steps = training.measured.steps.tolist()
    sentences = [
        learned_told(grid, each, own.n_games, step, rule_set)
        for each, step in zip(judged, steps, strict=True)
    ]
    boxes = [
        view_guessing.details(own, step, each, cell)
        for each, step in zip(judged, steps, strict=True)
    ]
    tracks = training_tracks(
        grid, trainings.stacked(every), judged, training.measured, boxes, sentences
    )
    return packing.pack(tracks)
