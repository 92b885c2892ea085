"""The buttons on the picture of a deeper network, pressed as the chart's callback does it."""

from streamlit.testing.v1 import AppTest


def _app() -> None:
    import streamlit as st

    from nnviz.chapters.deeper_networks.address import ADDRESS, PLAYER, Chosen
    from nnviz.chapters.deeper_networks.items import Unit
    from nnviz.chapters.deeper_networks.lines import timeline_of
    from nnviz.chapters.deeper_networks.views.on_picture import on_picture
    from nnviz.training.record import record

    ADDRESS.open()
    chosen = Chosen(ADDRESS, PLAYER)

    def offered():
        plan = chosen.settings.plan()
        run = record(timeline_of(chosen.base, chosen.lines, 0, None, 10))
        return on_picture(chosen, plan, run.parameters_at(ADDRESS["step"]), Unit(1, 0))

    for name in st.session_state["presses"]:
        (act,) = (act for button, act in offered().items() if button.name == name)
        act()
    st.session_state["seen"] = {each.name: each for each in offered()}
    st.session_state["plan"] = chosen.settings.plan()


def after(*presses):
    """Return the buttons, and the plan, after some of them have been pressed."""
    app = AppTest.from_function(_app, default_timeout=60)
    app.session_state["presses"] = presses
    app.run()
    assert not app.exception
    return app.session_state["seen"], app.session_state["plan"]


def test_units_layers_and_inputs_are_added_and_taken_away() -> None:
    buttons, plan = after()
    assert plan.sizes == (2, 4, 2, 1)
    assert buttons["more units 2"].label == "Add a unit to hidden layer 2"
    assert buttons["more inputs"].label == "Add the input x1²"
    assert not any(each.off for each in buttons.values())
    cases = {
        ("more units 1",): (2, 5, 2, 1),
        ("fewer units 2", "fewer layers"): (2, 4, 1),
        ("more layers",): (2, 4, 2, 2, 1),
        ("more inputs", "more inputs"): (4, 4, 2, 1),
        ("fewer inputs",): (1, 4, 2, 1),
    }
    for presses, sizes in cases.items():
        assert after(*presses)[1].sizes == sizes, presses


def test_at_its_limits_a_button_cannot_be_pressed() -> None:
    buttons, plan = after(*["fewer layers"] * 2, "fewer inputs")
    assert plan.sizes == (1, 1)
    assert buttons["fewer layers"].off
    assert buttons["fewer inputs"].off
    buttons, plan = after(*["more units 1"] * 4, *["more layers"] * 4, *["more inputs"] * 5)
    assert plan.sizes[1] == 8
    assert len(plan.sizes) == 8
    assert buttons["more units 1"].off
    assert buttons["more layers"].off
    assert buttons["more inputs"].off


def test_the_picked_unit_is_switched_off_and_on_again() -> None:
    buttons, _ = after("switch 1 0")
    assert buttons["switch 1 0"].label == "Switch on unit 1 of layer 1"
    buttons, _ = after("switch 1 0", "switch 1 0")
    assert buttons["switch 1 0"].label == "Switch off unit 1 of layer 1"
    assert "switch 1 1" not in buttons  # in free play only where one is picked
