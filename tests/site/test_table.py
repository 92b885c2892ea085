"""The table of numbers: digits in the cells, full precision on hover, nothing that is run."""

import re

import numpy as np
from streamlit.testing.v1 import AppTest

from nnviz.site.table import Shown, _cell, fractions
from nnviz.training.study_results import band


def _app() -> None:
    from nnviz.site.table import Shown, table

    table(
        ("step", "step\ntaken"),
        [
            ("start", None),
            ("<b>", -0.1234567890123),
            ("none", "no\n<i>"),
            ("dust", Shown(1e-17, "0°")),
        ],
        label='Steps & "more"',
        height=90,
    )


def test_the_table():
    app = AppTest.from_function(_app, default_timeout=60).run()
    assert not app.exception
    (html,) = app.get("html")
    body = html.proto.body
    assert '<th scope="col">step<br>taken</th>' in body
    assert '<th scope="row">start</th><td></td>' in body
    assert '<th scope="row">&lt;b&gt;</th>' in body
    assert '<td title="-0.1234567890123">−0.1235</td>' in body
    assert '<th scope="row">none</th><td>no<br>&lt;i&gt;</td>' in body
    assert '<td title="1e-17">0°</td>' in body
    assert 'tabindex="0" aria-label="Steps &amp; &quot;more&quot;" style="max-height:90px"' in body


def _numbers() -> None:
    from nnviz.site.table import table

    values = (0.6968, -0.0002239, -0.00001078, -1.8823e6, 3.5432e12, -2.1613e-11, -1.234e-150)
    table(("x",), [(value,) for value in values], label="Numbers")


def test_long_numbers_are_shortened_until_a_column_has_room():
    (html,) = AppTest.from_function(_numbers, default_timeout=60).run().get("html")
    assert re.findall(r'title="(.*?)">(.*?)</td>', html.proto.body) == [
        ("0.6968", "0.6968"),
        ("-0.0002239", "−0.000224"),
        ("-1.078e-05", "−0.000011"),
        ("-1882300.0", "−1.88×10⁶"),
        ("3543200000000.0", "3.54×10¹²"),
        ("-2.1613e-11", "−2.2×10⁻¹¹"),
        ("-1.234e-150", "−1.2×10⁻¹⁵⁰"),
    ]


def test_a_number_of_numpy_is_written_as_a_number():
    for value in (np.float64(0.1), np.float32(0.5), np.int64(3)):
        assert f'title="{value.item()!r}"' in _cell(value, 1)
        assert f'title="{value.item()!r}"' in _cell(Shown(value, "some"), 1)


def test_the_middle_of_repeats_and_its_half_are_two_cells():
    found = band(np.array([[0.5, 0.7, 0.9], [np.nan, np.nan, np.nan]]))
    assert fractions(found.median, found) == [(Shown(0.7, "70.0%"), "60.0% to 80.0%"), (None, None)]
