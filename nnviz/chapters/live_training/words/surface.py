"""What an error surface shows, in sentences."""

from typing import Final

from nnviz.chapters.live_training.surfaces import LARGEST_SHOWN, SurfaceScene
from nnviz.text.digits import digits, percent, told_apart, without_dust
from nnviz.training.maps.surface_axes import SurfaceAxes

_ALMOST_ALL: Final = 0.9
_HALF: Final = 0.5


def error_surface(scene: SurfaceScene, *, solid: bool = False) -> str:
    """Say what the axes are, how much they tell, and how the run's error compares with the rest.

    `solid`: whether the picture is a landscape, in which the run's way has a height.
    """
    sentences = [_axes(scene), _errors(scene)]
    if solid and len(scene.path) > 1:
        sentences.append(
            "The line is the run's way, as high as its error was then. It may run above or below "
            "the ground, because everything else was not yet what it is now."
        )
    return " ".join(sentences)


def _axes(scene: SurfaceScene) -> str:
    axes, updates = scene.axes, f"{scene.step:,} update{'s' if scene.step != 1 else ''}"
    when = f"after {updates}" if scene.step else "before training"
    if axes.shares is None:
        across, up = axes.names
        return (
            f"This is the error of all rows together for other values of “{across}” and “{up}”, "
            f"with everything else as it is {when}."
        )
    # What the other directions hold of nothing but rounding is nothing.
    first, both = (
        1.0 - without_dust(1.0 - held, 1.0) for held in axes.shares.cumsum()[:2].tolist()
    )
    of_first, of_both, *_ = percent(first, both, _ALMOST_ALL, _HALF)
    return (
        f"The run moves {len(axes.centre)} numbers at once, too many directions to draw. These are "
        f"the two in which it moved most: the first holds {of_first} of its movement, both "
        f"together hold {of_both}. {_worth(both)} Everything else is as it is {when}."
    )


def movement(axes: SurfaceAxes) -> str:
    """Say how main directions are found, for those who ask; an empty text for other axes."""
    if axes.shares is None:
        return ""
    return (
        "A direction says how much each weight and bias changes along it. The first main "
        "direction is the one in which the moments of the run lie farthest apart (the squares of "
        "their distances from the middle, added up, are largest); the second is the same among "
        "all directions at right angles to the first. Their percentages are their parts of that "
        "sum over all directions."
    )


def _worth(held: float) -> str:
    if held >= _ALMOST_ALL:
        return "So the picture shows nearly all of its way."
    if held > _HALF:
        return "So the picture shows most of its way, and leaves out the rest."
    if held == _HALF:
        return "So half of its way is left out."
    return "So more of its way is left out than shown."


def _errors(scene: SurfaceScene) -> str:
    if scene.error >= LARGEST_SHOWN:
        return f"The run's error is beyond {digits(LARGEST_SHOWN)} now."
    if scene.lowest_error >= scene.error:
        return f"The run's error is {digits(scene.error)} now; no point shown has a lower one."
    now, lowest = told_apart(scene.error, scene.lowest_error)
    (across, up), (x, y) = scene.axes.names, scene.lowest_place
    told = (
        f"The run's error is {now} now. The lowest error shown is {lowest}, "
        f"where “{across}” is {digits(x, 3)} and “{up}” is {digits(y, 3)}"
    )
    if scene.lowest_on_border:
        return f"{told}: that is on the border, so it may go down further beyond."
    return f"{told}."
