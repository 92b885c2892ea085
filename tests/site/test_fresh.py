"""A widget that others can change is another one after they have."""

from streamlit.testing.v1 import AppTest


def _app() -> None:
    import streamlit as st

    from nnviz.site.fresh import fresh

    st.session_state.setdefault("row", 1)
    st.session_state.setdefault("update", 1)

    def changed(row: int) -> None:
        st.session_state["row"] = row

    key, on_change = fresh("page.row", st.session_state["update"], st.session_state["row"], changed)
    st.session_state["listeners"] = [*st.session_state.get("listeners", []), on_change]
    st.number_input("Row", 0, 9, key=key, on_change=on_change)
    st.button("late", on_click=lambda: st.session_state["listeners"][0]())


def test_it_stays_the_same_while_only_the_person_changes_it() -> None:
    app = AppTest.from_function(_app, default_timeout=60).run()
    key = app.number_input[0].key
    app.number_input[0].set_value(5).run()
    assert app.session_state["row"] == 5
    assert (app.number_input[0].key, app.number_input[0].value) == (key, 5)
    app.run()
    assert (app.number_input[0].key, app.number_input[0].value) == (key, 5)


def test_it_is_another_one_after_somebody_else_has_changed_it() -> None:
    app = AppTest.from_function(_app, default_timeout=60).run()
    keys = [app.number_input[0].key]
    for name, value in (("row", 3), ("update", 2), ("row", 1), ("update", 1)):
        app.session_state[name] = value
        app.run()
        assert not app.exception
        assert app.number_input[0].value == app.session_state["row"]
        keys.append(app.number_input[0].key)
    assert len(set(keys)) == len(keys)


def test_what_still_comes_from_the_one_before_is_not_listened_to() -> None:
    app = AppTest.from_function(_app, default_timeout=60).run()
    old = app.number_input[0].key
    app.session_state["row"] = 3
    app.run()
    app.session_state[old] = 7
    app.button[0].click().run()
    assert not app.exception
    assert app.session_state["row"] == 3
