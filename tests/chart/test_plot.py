"""Figures as JSON: arrays as plotly.js reads them, and what is no number as null."""

import base64
import json

import numpy as np
import pytest

from nnviz.chart import plot


def written(**properties):
    (trace,) = json.loads(plot.to_json(plot.figure([plot.scatter(**properties)], {})))["data"]
    return trace


def read(spec):
    values = np.frombuffer(base64.b64decode(spec["bdata"]), spec["dtype"])
    return (
        values.reshape([int(n) for n in spec["shape"].split(", ")]) if "shape" in spec else values
    )


def test_short_arrays_travel_exactly():
    values = np.array([0.1, np.nan, -1e300, 5e-324])
    np.testing.assert_array_equal(read(written(y=values)["y"]), values)


@pytest.mark.parametrize("kept", [[0.1], [0.1, np.nan, -np.inf, 0.0]])
def test_curves_travel_with_seven_digits(kept):
    values = np.array([*np.linspace(-3, 7, 200), *kept])
    spec = written(y=values)["y"]
    assert spec["dtype"] == "f4"
    np.testing.assert_allclose(read(spec), values, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("extreme", [1e39, -1e300, 1e-46, 5e-324])
def test_no_curve_loses_its_largest_or_smallest_value(extreme):
    values = np.array([*np.linspace(1, 2, 200), extreme])
    np.testing.assert_array_equal(read(written(y=values)["y"]), values)


def test_integers_and_tables_keep_their_form():
    rows = np.arange(12).reshape(3, 4)
    spec = written(z=rows)["z"]
    assert spec["dtype"] == "i4"
    np.testing.assert_array_equal(read(spec), rows)
    assert written(x=np.array([2**40]))["x"] == [2**40]


def test_what_is_no_number_is_null_and_what_is_none_is_left_out():
    trace = written(x=[1.0, float("nan")], text=None, name="nan Infinity NaN", y=np.array([]))
    assert trace == {"type": "scatter", "x": [1.0, None], "name": "nan Infinity NaN", "y": []}


def test_a_property_that_does_not_exist_is_noticed():
    with pytest.raises(ValueError, match="colour"):
        plot.validated(plot.figure([plot.scatter(line={"colour": "red"})], {}))


def test_a_band_goes_there_on_one_curve_and_back_on_the_other():
    band = plot.band([1, 2, 3], [4.0, 5.0, 6.0], [0.4, 0.5, 0.6], fillcolor="red", **plot.on("2"))
    assert band["x"].tolist() == [1, 2, 3, 3, 2, 1]
    assert band["y"].tolist() == [4.0, 5.0, 6.0, 0.6, 0.5, 0.4]
    assert (band["xaxis"], band["yaxis"], band["line"]) == ("x2", "y2", {"width": 0})


def test_what_is_pointed_at_is_said_at_its_place_and_not_seen():
    said = plot.pointed_at([(1, 2), (3, 4)], ["a", "b"], "", size=20)
    assert (said["x"], said["y"], said["text"]) == ([1, 3], [2, 4], ["a", "b"])
    assert said["marker"] == {"size": 20, "opacity": 0}


def test_an_outline_closes():
    frame = plot.outline((1, 2), 8, "3", "red", 2.5)
    assert list(zip(frame["x"], frame["y"], strict=True)) == [
        (1, 2), (9, 2), (9, 10), (1, 10), (1, 2),
    ]  # fmt: skip
