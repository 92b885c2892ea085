"""Deleting by a button: of what the button named, once, and it can be brought back."""

from streamlit.testing.v1 import AppTest

from nnviz.site.undo import key_of


def _app():
    import streamlit as st

    from nnviz.site.undo import bring_back_button, delete, key_of

    class Address:
        page = "page"

        def __getitem__(self, name):
            return st.session_state.setdefault(name, "abc" if name == "things" else 0)

        def set(self, name, value):
            st.session_state[name] = value

    address = Address()
    things = address["things"]

    def act():
        address.set("things", address["things"].replace(things[0], "", 1))
        address.set("place", 1)

    def there():
        return address["things"] == things

    # As when a second press comes before the first one has been answered.
    st.session_state.press = lambda: delete(address, ("things", "place"), "it", there, act)

    key = key_of("page_delete", things[0], len(things))
    st.button("Delete the first", key=key, on_click=delete,
              args=(address, ("things", "place"), f"“{things[0]}”", there, act))  # fmt: skip
    st.text_input("things", key="things")
    bring_back_button(address)


def labels(app):
    return [button.label for button in app.button]


def test_what_is_deleted_can_be_brought_back_until_something_else_is_changed():
    app = AppTest.from_function(_app, default_timeout=60).run()
    app.button[0].click().run()
    assert (app.session_state["things"], app.session_state["place"]) == ("bc", 1)
    assert labels(app)[1] == "Bring back “a”"
    app.button[1].click().run()
    assert (app.session_state["things"], app.session_state["place"]) == ("abc", 0)
    assert len(labels(app)) == 1
    app.button[0].click().run()
    app.text_input[0].set_value("bcd").run()
    assert len(labels(app)) == 1


def test_a_second_press_does_not_reach_what_has_come_in_its_place():
    app = AppTest.from_function(_app, default_timeout=60).run()
    first, press = app.button[0].key, app.session_state["press"]
    app.button[0].click().run()
    press()
    assert app.session_state["things"] == "bc"
    assert app.button[0].key != first
    assert key_of("a", "b", 2) == key_of("a", "b", 2) != key_of("a", "b", 1)
