"""The page: both sides on one grid, or the training as it plays, and the parts below."""

from collections.abc import Callable
from functools import partial
from typing import Final

import numpy as np
import streamlit as st

from nnviz.chapters.rules_or_learning import address
from nnviz.chapters.rules_or_learning.address import ADDRESS, CHART, PAGE, VIEWS
from nnviz.chapters.rules_or_learning.figures.side_by_side import AXES, PANELS, side_by_side_picture
from nnviz.chapters.rules_or_learning.figures.training import training_picture, training_tracks
from nnviz.chapters.rules_or_learning.grids import RULE_SETS, Grid, answers
from nnviz.chapters.rules_or_learning.learning import KEPT_EVERY, UPDATES, Config, probabilities
from nnviz.chapters.rules_or_learning.lesson import LESSON
from nnviz.chapters.rules_or_learning.study import LADDER, GamesTrials
from nnviz.chapters.rules_or_learning.verdicts import verdicts
from nnviz.chapters.rules_or_learning.views import guessing, parts, solving, trainings
from nnviz.chapters.rules_or_learning.views.trainings import Training
from nnviz.chapters.rules_or_learning.walk import State
from nnviz.chapters.rules_or_learning.words import (
    describe_choice,
    describe_network,
    describe_solving,
)
from nnviz.chapters.rules_or_learning.worksheet import ON_PAPER, worksheet
from nnviz.chart import packing
from nnviz.chart.chart import chart
from nnviz.chart.slider import live_slider
from nnviz.site import frame, lesson
from nnviz.site.caching import cached
from nnviz.site.offer import offer_file
from nnviz.site.parts import view_switch
from nnviz.site.player import Player

_PATIENCE: Final = 0.25
"""Seconds between two looks at what the threads have made."""

_MARKS: Final = "What each cell gets changes with the updates."

PLAYER = Player(ADDRESS, f"{CHART}_training")


def show() -> None:
    """Show the page: its frame and, inside it, the lesson."""
    frame.show(PAGE, ADDRESS, draw, LESSON, worksheet, ON_PAPER)


def draw() -> None:
    """Show what is known of the trainings by now, and come back for more."""
    state = address.states()[-1]
    training = trainings.training(ADDRESS["rules"], address.config())
    trained = training.measured is not None
    study = trainings.study(ADDRESS["rules"], ADDRESS["seed"], work=trained)
    if not frame.hidden("controls"):
        _controls(state, training)
    guessing.show_note()
    questions = parts.current_questions(state, training.measured, study)
    secret = parts.hides_curve(questions) or lesson.secret()
    offer_lesson = None
    if ADDRESS["view"] == "solve":
        _side_by_side(state, training, None if secret else study)
    else:
        offer_lesson = _watching(state, training, secret=secret)
    parts.show(state, training, questions, offer_lesson)
    if not trained or not study.complete:
        frame.again(_PATIENCE)


def _controls(state: State, training: Training) -> None:
    with frame.controls():
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            view_switch(ADDRESS, VIEWS)
            solving.which_game()
        with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
            if ADDRESS["view"] == "solve":
                solving.moves(state)
            if not frame.hidden("games"):
                live_slider(
                    "Solved games to learn from",
                    float(ADDRESS["games"]),
                    key=f"{PAGE}.slider.games",
                    values=[float(n) for n in LADDER],
                    marks=[float(n) for n in LADDER[::2]],
                    scale="logarithmic",
                    on_slide=lambda value, done: ADDRESS.set("games", str(int(value))),
                )
            if not frame.hidden("mistake"):
                st.button(
                    "Show a confident mistake",
                    key=f"{PAGE}.do.mistake",
                    on_click=partial(guessing.show_mistake, guessing.shown_parameters(training)),
                )


def _side_by_side(state: State, training: Training, study: GamesTrials | None) -> None:
    rule_set, n_games = address.rule_set(), address.config().n_games
    panels = frozenset(panel for panel in PANELS if not frame.hidden(panel))
    judges = not frame.hidden("verdicts")
    guesses = guessing.guesses(state.grid, training, judges=judges)
    n_answers = len(answers(address.clues(), ADDRESS["rules"]))
    step = guessing.checkpoint(training) * KEPT_EVERY
    rules_side = describe_solving(state, rule_set, n_answers)
    network_side = (
        describe_network(state.grid, guesses.judged, n_games, step, rule_set)
        if judges
        else describe_choice(state.grid, guesses.judged, address.selected(), rule_set)
    )
    said = [rules_side] * ("left" in panels) + [network_side] * ("right" in panels)
    chart(
        side_by_side_picture(
            state,
            rule_set,
            guesses,
            study,
            n_games=n_games,
            selected=address.selected(),
            panels=panels,
        ),
        key=CHART,
        words=" ".join(said) + (_progress(study) if "curve" in panels else ""),
        hint=solving.HINT,
        clicks=[axes for name, axes in AXES.items() if name in panels],
        on_click=solving.clicked,
        keys=solving.KEYS,
        on_key=solving.key_pressed,
        fill=True,
    )


def _progress(study: GamesTrials | None) -> str:
    if study is None or study.complete:
        return ""
    return f" (The curve: {study.n_done} of {study.n_trials} trainings are done.)"


def _watching(state: State, training: Training, *, secret: bool) -> Callable[[], None]:
    """Show the training as it plays; return what offers it as one file, once it is there."""
    if training.measured is None:
        fraction = (len(training.parameters) - 1) * KEPT_EVERY / UPDATES
        st.progress(fraction, "The network is learning; then its training can be played.")
        return partial(_say, "The training can be taken along when it is there.")
    if secret:
        st.markdown("What the network knows is hidden until you have answered below.")
        return partial(_say, "The training can be taken along when you have answered.")
    grid, config, rule_set = state.grid, address.config(), address.rule_set()
    step = guessing.checkpoint(training) * KEPT_EVERY
    judged = guessing.guesses(grid, training).judged
    seen = chart(
        training_picture(grid, rule_set, training.measured),
        key=PLAYER.chart,
        words=describe_network(grid, judged, config.n_games, step, rule_set),
        hint="Play or scrub the updates. What each cell gets changes with them.",
        clock=PLAYER.clock("Train", speeds=(20, 60, 200), speed=60, jump=KEPT_EVERY),
        on_position=PLAYER.arrive,
        packed=[_packed(ADDRESS["rules"], config, grid, address.selected(), training)],
        save_as="nnviz-rules-or-learning-training",
    )
    return partial(offer_file, ADDRESS, LESSON, seen, marks=_MARKS)


def _say(text: str) -> None:
    st.markdown(text)


@cached(Config)
def _packed(
    rules: str, config: Config, grid: Grid, cell: int | None, _training: Training
) -> tuple[bytes, str]:
    """Return the moving marks of a training on one grid; the training follows from its config."""
    assert _training.measured is not None
    rule_set, possible = RULE_SETS[rules], answers(grid, rules)
    predictions = np.stack([probabilities(each, [grid])[0] for each in _training.parameters])
    judged = [verdicts(grid, prediction, possible, rule_set) for prediction in predictions]
    checkpoints = list(zip(judged, _training.measured.steps.tolist(), strict=True))
    sentences = [
        describe_network(grid, each, config.n_games, step, rule_set) for each, step in checkpoints
    ]
    boxes = [guessing.details(config, step, each, cell) for each, step in checkpoints]
    return packing.pack(
        training_tracks(grid, predictions, judged, _training.measured, boxes, sentences)
    )
