"""The drawing of the network: a place for everything, what moves in it, and its buttons."""

import numpy as np

from nnviz.chapters.live_training.figures.network import (
    SIDE,
    NetworkPanel,
    network_buttons,
    panel_tracks,
    pressed,
)
from nnviz.training.model import ADDABLE, HIDDEN_ACTIVATIONS, MOST_HIDDEN_UNITS, Model
from nnviz.training.parameter_names import parameter_names
from nnviz.training.playback import view
from tests.runs import run_of

MODELS = [
    Model(features, units)
    for features in ((), ("sin x1",), ADDABLE)
    for units in (0, 1, 3, MOST_HIDDEN_UNITS)
]


def test_everything_has_a_place_of_its_own_in_the_drawing() -> None:
    for model in MODELS:
        for height, offers in ((1.6, True), (1.0, False)):
            panel = NetworkPanel(model, height, offers)
            assert [len(layer) for layer in panel.layers[:1]] == [2 + len(model.features)]
            boxes = [box for layer in panel.layers for box in layer]
            for i, (x, y, side) in enumerate(boxes):
                half = side / 2
                assert half <= x <= SIDE - half
                assert half / height <= y <= SIDE - half / height
                for other_x, other_y, other_side in boxes[:i]:
                    apart = max(abs(x - other_x), height * abs(y - other_y))
                    assert apart >= (side + other_side) / 2 - 1e-9


def test_edges_and_biases_are_their_parameters() -> None:
    seen = view(run_of(steps=300, hidden=((3, "tanh"),), features=("sin x1",)), stride=100)
    panel = NetworkPanel(Model(("sin x1",), 3), 1.0, offers_inputs=False)
    units, answer, edges, biases = panel_tracks(panel, seen, until=None).tracks
    names = parameter_names(seen.run.plan)
    for track, wanted in ((edges, "→"), (biases, "bias")):
        style = track.style()
        assert style["which"] == tuple(i for i, name in enumerate(names) if wanted in name)
        assert len(style["which"]) == len(style["places"])
    # The maps of inputs and hidden units are grey, that of the answer has the colours of classes.
    assert len(units.style()["boxes"]) == answer.style()["skip"] == 6
    assert len(answer.style()["boxes"]) == 1
    for track in (units, answer, edges, biases):
        np.testing.assert_array_equal(track.values, seen.parameters)
        assert (track.start, track.stride, track.until) == (0, 100, None)


def test_a_button_does_what_it_says_and_the_ends_are_off() -> None:
    for model in MODELS:
        panel = NetworkPanel(model, 1.6, offers_inputs=True)
        buttons = {button.name: button for button in network_buttons(panel, inputs=True)}
        assert buttons["-unit"].off is (model.units == 0)
        assert buttons["+unit"].off is (model.units == MOST_HIDDEN_UNITS)
        assert set(ADDABLE) <= set(buttons)
        assert f"now {model.units} hidden unit" in buttons["+unit"].label
        for name, button in buttons.items():
            after = pressed(model, name)
            assert 0 <= after.units <= MOST_HIDDEN_UNITS
            if name in ADDABLE:
                assert button.label.startswith("Take" if name in model.features else "Add")
                assert set(after.features) ^ set(model.features) == {name}
                assert Model.parse(after.text) == after
            else:
                assert (after == model) is button.off
        assert len(network_buttons(panel, inputs=False)) == 2


def test_the_activation_goes_round() -> None:
    model = Model((), 2, HIDDEN_ACTIVATIONS[0])
    seen = []
    for _ in HIDDEN_ACTIVATIONS:
        seen.append(model.activation)
        model = pressed(model, "activation")
    assert tuple(seen) == HIDDEN_ACTIVATIONS
    assert model.activation == HIDDEN_ACTIVATIONS[0]
