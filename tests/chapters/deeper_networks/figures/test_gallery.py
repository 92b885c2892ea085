"""The small pictures of the gallery."""

import re
from base64 import b64decode
from itertools import pairwise
from xml.etree import ElementTree

from nnviz.chapters.deeper_networks.figures.gallery import SIDE, small_picture
from nnviz.chapters.deeper_networks.presets import PRESETS
from nnviz.chart import theme


def test_each_preset_has_a_picture_of_its_rows_and_its_units() -> None:
    for preset in PRESETS.values():
        head, _, body = small_picture(preset).partition(",")
        assert head == "data:image/svg+xml;base64"
        paths = [node.attrib for node in ElementTree.fromstring(b64decode(body))]
        *rows, edges, units = paths
        plan = preset.plan()
        places = [(path["stroke"], float(x), float(y)) for path in (*rows, units)
                  for x, y in re.findall(r"M([\d.]+) ([\d.]+)h0", path["d"])]  # fmt: skip
        assert len([x for _, x, _ in places if x > SIDE]) == sum(plan.sizes), preset.name
        assert edges["d"].count("L") == sum(a * b for a, b in pairwise(plan.sizes))
        kinds = plan.sample.n_classes if plan.sample.classes else 2
        assert len({path["stroke"] for path in rows}) == len(rows) == kinds, preset.name
        assert {path["stroke"] for path in rows} <= {
            *theme.SEVERAL_COLOURS, theme.ORANGE, theme.BLUE,
        }  # fmt: skip
        assert len(places) - sum(plan.sizes) == min(plan.sample.n_rows, 90)
        for _, x, y in places:
            assert 0 <= x <= 2 * SIDE
            assert 0 <= y <= SIDE
    # All of them are in every message of the page.
    assert sum(len(small_picture(preset)) for preset in PRESETS.values()) < 80_000
