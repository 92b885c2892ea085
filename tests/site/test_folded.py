"""Tests of controls that are made only while they can be seen."""

from streamlit.testing.v1 import AppTest


def _page() -> None:
    import streamlit as st

    from nnviz.site.folded import folded

    st.session_state["made"] = 0
    n = st.session_state.setdefault("n", 1)

    def draw() -> None:
        st.session_state["made"] += 1
        st.button("More", on_click=lambda: st.session_state.update(n=n + 1))

    folded(f"{n} rows", draw, key="rows")


def _label(app: AppTest) -> str:
    (popover,) = app.get("popover")
    return str(popover.proto.popover.label)


def test_what_is_behind_a_button_is_made_only_while_that_is_open():
    app = AppTest.from_function(_page).run()
    assert (app.session_state["made"], _label(app)) == (0, "1 rows")
    app.session_state["rows"] = True
    app.run()
    assert app.session_state["made"] == 1


def test_an_open_one_keeps_its_label_so_that_it_stays_open():
    app = AppTest.from_function(_page).run()
    app.session_state["rows"] = True
    app.run()
    for n in (2, 3):
        app.button[0].click().run()
        assert (app.session_state["n"], app.session_state["made"], _label(app)) == (n, 1, "1 rows")
    app.session_state["rows"] = False
    app.run()
    assert (app.session_state["made"], _label(app)) == (0, "3 rows")
