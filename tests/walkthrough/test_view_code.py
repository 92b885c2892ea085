"""The source of a function with one of its lines lit."""

import re

from streamlit.testing.v1 import AppTest

from nnviz.walkthrough.view_code import breakable


def _app() -> None:
    from nnviz.nn.activations import ACTIVATIONS
    from nnviz.walkthrough.source_lines import SourceLine
    from nnviz.walkthrough.view_code import highlighted_code

    function = ACTIVATIONS["sigmoid"].array_value
    highlighted_code(SourceLine(function, 0, "", "nnviz/nn/activations.py:42"))


def test_one_line_is_lit_and_nothing_becomes_markup() -> None:
    app = AppTest.from_function(_app).run()
    assert not app.exception
    body = app.get("html")[0].proto.body
    assert re.findall(r"<mark.*?>(.*?)</mark>", body) == [
        "def _sigmoid(z: FloatArray) -&gt; FloatArray:"
    ]
    assert "nnviz/nn/activations.py:42" in body
    assert "np.where(z &gt;= 0" in body


def test_formulas_may_break_behind_their_signs() -> None:
    assert breakable("a<b = 2 · 3") == "a&lt;b =<wbr> 2 ·<wbr> 3"
