"""What forty links of earlier versions show: their texts, and the numbers of their pictures.

``python -m tests.pages.old_links FILE`` opens every link and writes down what it shows.
`old_links.json` was written so by the version before the code was laid out anew (0.1.0).
"""

import base64
import json
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np
from streamlit.testing.v1 import AppTest

from nnviz.chart.plot import unpacked
from tests.tracks import opened

ROOT = Path(__file__).resolve().parents[2]
KEPT = Path(__file__).with_suffix(".json")

_INPUTS = "inputs:x1,x2,sin x1,sin x2"
_SPIRAL = f"data:spiral;rows:300;test:0.3;{_INPUTS};hidden:8 tanh;optimizer:adam;rate:0.01"
LINKS: tuple[tuple[str, dict[str, str]], ...] = (
    ("", {}),
    ("", {"lesson": "home.1", "at": "2", "part": "predict"}),
    ("", {"lesson": "home.1", "view": "darts", "throws": "210,12;230,12.5", "correction": "0.5"}),
    ("rules_or_learning", {}),
    ("rules_or_learning", {"games": "256", "rules": "boxes", "step": "2"}),
    ("words_to_numbers", {}),
    ("words_to_numbers", {"view": "learn", "step": "40"}),
    ("words_to_numbers", {"view": "learn", "rate": "1", "seed": "3", "part": "numbers"}),
    ("vector_similarity", {}),
    ("vector_similarity", {"weights_1": "2.52,0", "part": "tutorial"}),
    ("linear_regression", {}),
    ("linear_regression", {"view": "descent", "updates": "1000", "step": "40", "rate": "0.00005"}),
    ("linear_regression", {"view": "descent", "scaled": "1", "rate": "0.5", "step": "20"}),
    ("prediction", {}),
    (
        "prediction",
        {
            "lesson": "prediction.1",
            "rows": "1,2,1;3,-1,0",
            "row": "2",
            "weights": "0.5,-1.5",
            "bias": "0.25",
            "threshold": "0.3",
            "at": "5",
        },
    ),
    ("prediction", {"view": "layers", "at": "2"}),
    ("error_curve", {}),
    ("error_curve", {"rates": "0.9,0.9,0.5", "rate": "0.1"}),
    ("error_curve", {"view": "weight", "along": "weight_1", "rate": "0.1"}),
    ("error_curve", {"view": "rules"}),
    ("backpropagation", {"taken": "2:0.1;1;2", "at": "17"}),
    (
        "backpropagation",
        {
            "lesson": "backpropagation.1",
            "net": "2-2-2-1",
            "rows": "1,2,0;3,-1,1",
            "taken": "2:0.5;1:0.1;1",
            "at": "77",
        },
    ),
    ("backpropagation", {"net": "2-2-1", "taken": "1:0.1", "at": "12", "part": "numbers"}),
    ("live_training", {"step": "3400"}),
    ("live_training", {"step": "3449"}),
    ("live_training", {"seed": "42", "rate": "0.01", "step": "10000", "part": "ledger"}),
    ("live_training", {"order": "shuffled", "seed": "7", "step": "2500"}),
    ("live_training", {"order": "in turn", "rate": "1", "step": "9900", "part": "surface"}),
    ("live_training", {"model": "sin x1,standardised", "step": "10000"}),
    ("live_training", {"model": "4 tanh,standardised", "updates": "100000", "step": "50000"}),
    (
        "live_training",
        {
            "lesson": "live_training.1",
            "rate": "0.03",
            "branches": "0:2500,rate:0.5,name:fast",
            "line": "B",
            "step": "4000",
        },
    ),
    (
        "live_training",
        {"branches": "0:2000,order:in turn;1:3000,model:4 tanh", "line": "C", "step": "5000"},
    ),
    ("live_training", {"rate": "10", "seed": "5", "step": "300", "part": "predict"}),
    ("compare_runs", {"seeds": "10", "updates": "1000"}),
    ("compare_runs", {"seeds": "5", "model": "4 tanh", "judge": "last"}),
    ("generalization", {"epochs": "100", "seeds": "3"}),
    ("generalization", {"experiment": "stopping", "epochs": "100", "seeds": "3", "patience": "20"}),
    ("generalization", {"experiment": "shift", "moved": "1,0.5"}),
    ("deeper_networks", {"step": "500"}),
    ("deeper_networks", {"with": _SPIRAL, "step": "2000", "epochs": "200"}),
    ("deeper_networks", {"with": "data:plane;hidden:4 relu;rate:1", "step": "13"}),
    ("deeper_networks", {"step": "300", "picked": "u.1.2"}),
    ("deeper_networks", {"with": "data:xor;hidden:4 tanh;rate:0.3", "part": "why", "step": "100"}),
)


def name(link: tuple[str, dict[str, str]]) -> str:
    """Return a link as it stands in the address bar."""
    page, query = link
    return f"{page or 'home'}?{'&'.join(f'{key}={value}' for key, value in query.items())}"


def shown(page: str, query: dict[str, str]) -> dict[str, Any]:
    """Return what a link shows when all that it computes has arrived."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    if page:
        app.switch_page(f"pages/{page}.py")
    # A page's bare address, which showed its picture then, opens its lesson now.
    for key, value in (query or {"mode": "free"}).items():
        app.query_params[key] = value
    app.run()  # to the end: a page that is still at work draws itself once more
    assert not app.exception, app.exception
    return {"texts": _texts(app), "pictures": _pictures(app)}


def _texts(app: AppTest) -> list[str]:
    kinds = ("title", "markdown", "latex", "caption", "info", "warning", "error", "html")
    found = []
    for kind in kinds:
        for element in app.get(kind):
            text = str(getattr(element, "value", "") or getattr(element.proto, "body", ""))
            text = re.sub(r"<style>.*?</style>|<[^>]*>", " ", text, flags=re.DOTALL)
            # One element may hold several formulas; a style says nothing.
            for part in text.split("$$\n\n$$"):
                if kind == "latex":
                    part = f"$${part.strip('$')}$$"
                if part.strip():
                    found.append(f"{kind}: {' '.join(part.split())}")
    return found


def _pictures(app: AppTest) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for part in app.get("bidi_component"):
        if part.proto.bytes:
            found.append({"tracks": _tracks(part.proto.bytes)})
        elif part.proto.json:
            sent = json.loads(part.proto.json)
            if "figure" in sent:
                figure = json.loads(unpacked(sent["figure"]))
                found.append(
                    {
                        "words": sent["words"],
                        "handles": len(sent["handles"]),
                        "traces": [_trace(trace) for trace in figure["data"]],
                    }
                )
            elif "query" in sent:
                bare = re.fullmatch(r"lesson=\w+\.1&mode=free", sent["query"])
                found.append({"query": "" if bare else sent["query"]})
    return found


def _trace(trace: dict[str, Any]) -> dict[str, Any]:
    return {key: _summary(_numbers(trace[key])) for key in ("x", "y", "z") if key in trace}


def _numbers(values: Any) -> list[float]:
    if isinstance(values, dict):
        raw = base64.b64decode(values["bdata"])
        return np.frombuffer(raw, np.dtype(values["dtype"])).astype(float).tolist()
    if isinstance(values, list):
        return [number for value in values for number in _numbers(value)]
    return [float(values)] if isinstance(values, (int, float)) else []


def _tracks(packed: bytes) -> list[list[Any]]:
    header, arrays = opened(packed)
    return [
        [track["kind"], *_summary(array.astype(float).tolist())]
        for track, array in zip(header["tracks"], arrays, strict=True)
    ]


def _summary(values: list[float]) -> list[float]:
    """Return how many numbers there are, and four sums in which any of them would be noticed."""
    array = np.nan_to_num(np.array(values, dtype=float), nan=-7.0, posinf=1e9, neginf=-1e9)
    where = np.arange(1, len(array) + 1)
    sums = (array.sum(), np.abs(array).sum(), (array * np.sqrt(where)).sum(), (array / where).sum())
    return [float(len(array)), *(float(f"{total:.7g}") for total in sums)]


if __name__ == "__main__":
    seen = {}
    for link in LINKS:
        seen[name(link)] = shown(*link)
        print(name(link), len(json.dumps(seen[name(link)])), file=sys.stderr)
    Path(sys.argv[1]).write_text(json.dumps(seen, indent=0, ensure_ascii=False), "utf-8")
