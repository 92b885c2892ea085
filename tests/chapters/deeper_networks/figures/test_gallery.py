"""The small pictures of the gallery."""

from base64 import b64decode
from xml.etree import ElementTree

from nnviz.chapters.deeper_networks.figures.gallery import SIDE, small_picture
from nnviz.chapters.deeper_networks.presets import PRESETS
from nnviz.chart import theme


def test_each_preset_has_a_picture_of_its_rows_and_its_units() -> None:
    for preset in PRESETS.values():
        head, _, body = small_picture(preset).partition(",")
        assert head == "data:image/svg+xml;base64"
        circles = [
            node.attrib
            for node in ElementTree.fromstring(b64decode(body))
            if node.tag.endswith("circle")
        ]
        plan = preset.plan()
        rows = [mark for mark in circles if float(mark["cx"]) <= SIDE]
        assert len(circles) - len(rows) == sum(plan.sizes), preset.name
        kinds = plan.sample.n_classes if plan.sample.classes else 2
        assert len({mark["fill"] for mark in rows}) == kinds, preset.name
        assert {mark["fill"] for mark in rows} <= {*theme.SEVERAL_COLOURS, theme.ORANGE, theme.BLUE}
        for mark in circles:
            assert 0 <= float(mark["cx"]) <= 2 * SIDE
            assert 0 <= float(mark["cy"]) <= SIDE
