"""What can be taken along of a run, and how exactly another computation repeats it."""

from nnviz.text.digits import digits
from nnviz.training.sensitivity import Sensitivity

_COUNT = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
# Two last bits: a float64 and its neighbour are at most 2.2e-16 apart.
_GROWN = 4.5e-16


def repeatable(found: Sensitivity) -> str:
    """Say how far a change of the last bit has grown, and what that means for a PyTorch script."""
    change = "A change in the last bit"
    if found.difference <= _GROWN:
        how = "has not grown by here"
    elif found.difference == float("inf"):
        how = "makes this run leave the range of numbers"
    else:
        how = f"grows to {digits(found.difference, 1)} of a parameter by here"
    if found.chaotic:
        return (
            f"{change} {how}: at this rate the run is chaotic, so only arithmetic in the very same "
            "order repeats it. The NumPy script and the notebook do; PyTorch cannot."
        )
    return f"{change} {how}, so PyTorch prints the same to {_COUNT[found.digits_kept]} digits."


def moments_kept(n_moments: int, distance: int) -> str:
    """Say which moments of the run the record holds; `distance` in updates."""
    if distance == 1:
        return f"all {n_moments:,} moments of the run"
    return f"{n_moments:,} moments, one every {distance:,} updates and the last"
