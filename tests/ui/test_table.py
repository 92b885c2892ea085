"""The table of numbers: digits in the cells, full precision on hover, nothing that is run."""

from streamlit.testing.v1 import AppTest


def _app() -> None:
    from nnviz.ui.table import table

    table(
        ("step", "step\ntaken"),
        [("start", None), ("<b>", -0.1234567890123)],
        label='Steps & "more"',
        height=90,
    )


def test_the_table():
    app = AppTest.from_function(_app).run()
    assert not app.exception
    (html,) = app.get("html")
    body = html.proto.body
    assert '<th scope="col">step<br>taken</th>' in body
    assert '<th scope="row">start</th><td></td>' in body
    assert '<th scope="row">&lt;b&gt;</th>' in body
    assert '<td title="-0.1234567890123">−0.1235</td>' in body
    assert 'tabindex="0" aria-label="Steps &amp; &quot;more&quot;" style="max-height:90px"' in body
