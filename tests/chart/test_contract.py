"""Python sends exactly what static/nnviz/contract.d.ts says, by which `tsc` checks our modules."""

import importlib
import json
import pkgutil
import re
import struct
import zlib
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import nnviz.chapters
from nnviz.chart import tracks
from nnviz.chart.chart import Clock
from nnviz.chart.fields import Line
from nnviz.chart.gestures import Button, Handle
from nnviz.chart.network_tracks import error_form, network_form
from nnviz.chart.packing import pack
from nnviz.data import toys
from nnviz.room import seen
from nnviz.training.maps.heatmap import Plane
from nnviz.training.maps.surface_axes import two_parameters
from nnviz.training.model import Model
from nnviz.training.plan import Plan
from nnviz.walkthrough.figures.tracks import Card, Form, Item, Look

CONTRACT = Path(__file__).resolve().parents[2] / "static" / "nnviz" / "contract.d.ts"
TEXT = re.sub(r"/\*\*.*?\*/", "", CONTRACT.read_text(encoding="utf-8"), flags=re.DOTALL)
BLOCKS = {
    name: (bases or "", body)
    for name, bases, body in re.findall(
        r"export interface (\w+)(?:<\w+>)?(?: extends ([\w, ]+))? \{\n(.*?)\n\}", TEXT, re.DOTALL
    )
}


def keys(name: str) -> set[str]:
    """Return the keys of an interface and of all that it extends, but those the browser adds."""
    bases, body = BLOCKS[name]
    own = set(re.findall(r"^  (\w+)\??: ", body, re.MULTILINE))
    return own.union(*(keys(base) for base in bases.split(", ") if base and base != "Valued"))


def kind(name: str) -> str:
    """Return the kind of track that an interface describes."""
    found = re.search(r'^  kind: "(\w+)";', BLOCKS[name][1], re.MULTILINE)
    assert found
    return found[1]


def _app() -> None:
    from nnviz.chapters.room.page import ADDRESS, draw
    from nnviz.chart import plot
    from nnviz.chart.chart import Clock, chart
    from nnviz.chart.fields import Line, number_fields
    from nnviz.chart.gestures import Button, Handle
    from nnviz.chart.picture import Picture
    from nnviz.chart.pixels import pixel_board
    from nnviz.chart.slider import live_slider
    from nnviz.chart.tracks import Tracks
    from nnviz.site.address import Address
    from nnviz.site.course import course_map, keep_progress

    chart(
        Picture(plot.figure([], {"height": 300}), tracks=Tracks((), 5)),
        key="chart",
        words="Nothing.",
        handles=[Handle(name="a", label="A", x=0, y=0, low=(0, 0), high=(1, 1))],
        buttons=[Button(name="more", label="One more", text="+", x=0, y=0)],
        clock=Clock(0, "first"),
    )
    live_slider("rate", 1.0, key="s", values=(1, 2), marks=(1, 2), on_slide=lambda *_: None)
    line = Line(name="a", label="A", labels=("A, number 1",), values=(1.5,), colour="#000")
    number_fields([line], key="f", heads=("number 1",), on_type=lambda *_: None)
    pixel_board("Drawing", [0] * 64, key="p", on_draw=lambda _: None)
    address = Address("home", [])
    address.open()
    address.close()
    keep_progress(address)
    course_map("home")
    ADDRESS.reset()
    draw()


@pytest.fixture(scope="module")
def sent() -> list[dict[str, Any]]:
    """Return what each component on a page with all of them is sent, but for the bytes."""
    app = AppTest.from_function(_app, default_timeout=60).run()
    assert not app.exception
    return [json.loads(each.proto.json) for each in app.get("bidi_component") if each.proto.json]


def test_the_contract_is_read_whole() -> None:
    assert len(BLOCKS) == TEXT.count("export interface ")
    assert keys("Card") == {
        "name", "formula", "numbers", "result", "exact", "check", "code", "place"
    }  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "ChartMessage",
        "SliderMessage",
        "FieldsMessage",
        "PixelsMessage",
        "AddressMessage",
        "KeptMessage",
        "MapMessage",
        "RoomMessage",
    ],
)
def test_every_component_is_sent_these_keys(sent: list[dict[str, Any]], name: str) -> None:
    found = [message for message in sent if set(message) == keys(name)]
    assert len(found) == 1, (keys(name), [set(message) for message in sent])
    if name == "MapMessage":
        assert {frozenset(page) for page in found[0]["pages"]} == {frozenset(keys("CoursePage"))}
    if name == "RoomMessage":
        assert {frozenset(each) for each in found[0]["lessons"]} == {frozenset(keys("RoomLesson"))}
    if name == "ChartMessage":
        assert set(found[0]["clock"]) == keys("ClockMessage")
        assert [set(handle) for handle in found[0]["handles"]] == [keys("HandleMessage")]
        assert [set(button) for button in found[0]["buttons"]] == [keys("ButtonMessage")]


@pytest.mark.parametrize(
    ("name", "source"),
    [("ClockMessage", Clock), ("HandleMessage", Handle), ("ButtonMessage", Button),
     ("FieldsLine", Line),
     ("BoardItem", Item), ("BoardForm", Form),
     ("BoardLook", Look), ("Card", Card),
     ("RoomLook", seen.Look), ("RoomShown", seen.Shown), ("RoomDesk", seen.Desk),
     ("RoomPupil", seen.Pupil)],
)  # fmt: skip
def test_what_is_sent_as_it_is_has_these_fields(name: str, source: type) -> None:
    # Which tasks the link of a room gives is known to the page, not to the store.
    more = {"given"} if name == "RoomDesk" else set()
    assert {field.name for field in fields(source)} | more == keys(name)


def test_dashes_have_the_same_names() -> None:
    names = re.search(r"export type Dash = (.*?);", TEXT)
    assert names
    assert re.findall(r'"(\w+)"', names[1]) == list(get_args(tracks.Dash))


def kinds_of(base: type[tracks.Track]) -> dict[str, type[tracks.Track]]:
    """Return all kinds of tracks in the product, wherever they are defined."""
    found = {base.kind: base} if base.kind else {}
    for each in base.__subclasses__():
        found |= kinds_of(each)
    return found


SHAPES = {"map": (2, 3, 4), "line": (2, 5, 2), "trail": (2, 2), "dot": (2, 2), "bars": (2, 3),
          "board": (2, 1, 2)}  # fmt: skip
PLAN = Plan(toys.make("circle", 20, 0.1, 0))
OPTIONS = {"plane": Plane(0, 1, 0, 1, 2), "surface": two_parameters(PLAN, 0, 1)}


def test_every_kind_of_track_has_these_keys() -> None:
    for module in pkgutil.walk_packages(nnviz.chapters.__path__, "nnviz.chapters."):
        if ".figure" in module.name:  # where a chapter may define tracks of its own
            importlib.import_module(module.name)
    known = {kind(name): name for name in BLOCKS if name.endswith("Track")}
    classes = kinds_of(tracks.Track)
    assert set(classes) == set(known)
    for name, each in classes.items():
        options = {
            field.name: () for field in fields(each) if field.name not in {
                f.name for f in fields(tracks.StrokeTrack)
            } and field.default is field.default_factory  # no default of its own
        }  # fmt: skip
        if "label" in options:
            options["label"] = "label"  # type: ignore[assignment]
        options |= {option: value for option, value in OPTIONS.items() if option in options}
        usual = (
            (2, 3) if {"network", "rows", "which"} & set(options) else 2
        )  # parameters, or numbers
        track = each(values=np.zeros(SHAPES.get(name, usual)), **options)
        packed, _ = pack(tracks.Tracks((track,), 1))
        (length,) = struct.unpack_from("<I", packed)
        header = json.loads(zlib.decompress(packed[20 : 20 + length]))
        assert set(header) == keys("PackHeader")
        (sent,) = header["tracks"]
        assert set(sent) == keys(known[name]), name
        assert sent["kind"] == name


def test_looks_and_places_of_a_board_are_sent_as_they_are() -> None:
    form = Form(((0.0, 0.0),), (0.0, 0.0))
    sent = asdict(Item("a", "about", True, form, form))
    assert set(sent["wide"]) == set(sent["narrow"]) == keys("BoardForm")


def test_networks_and_rows_are_sent_with_these_keys() -> None:
    plan = Model((), 2).plan(PLAN.sample)
    assert set(network_form(plan)) == keys("NetworkForm")
    assert set(network_form(plan)["inputs"][0]) == set(re.findall(r"(\w+): (?:string|number)", (
        re.search(r"inputs: \{(.*?)\}", BLOCKS["NetworkForm"][1])[1]  # type: ignore[index]
    )))  # fmt: skip
    assert set(error_form(plan)) == keys("ErrorForm")
