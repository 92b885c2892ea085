"""Every colour that a picture uses."""

import json

from nnviz.chart import theme

NOTHING = "rgba(0,0,0,0)"
HOUSE = {NOTHING} | {
    value for name, value in vars(theme).items() if name.isupper() and isinstance(value, str)
}


def used(value, of_colour=False):
    """Yield the colours anywhere within figures, layouts and styles of tracks."""
    if isinstance(value, str):
        if of_colour:
            yield value
    elif isinstance(value, dict):
        for name, item in value.items():
            named = "color" in name or "colour" in name or name == "stops"
            yield from used(item, named or (of_colour and isinstance(item, str)))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from used(item, of_colour)


def of_picture(picture):
    """Return the colours of a whole picture: figure, narrow layout, moving marks."""
    found = {*used(picture.figure.to_plotly_json()), *used(dict(picture.narrow))}
    if picture.tracks is not None:
        for track in picture.tracks.tracks:
            found |= set(used(json.loads(json.dumps(track.style(), default=vars))))
    return found
