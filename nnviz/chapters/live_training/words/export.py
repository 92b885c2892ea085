"""What can be taken along of a run, and how exactly another computation repeats it."""

from nnviz.training.sensitivity import Sensitivity


def repeatable(found: Sensitivity) -> str:
    """Say how far a change of the last bit has grown, and what that means for a PyTorch script."""
    change = found.described("run")
    if found.chaotic:
        return (
            f"{change}: at this rate the run is chaotic, so only arithmetic in the very same order "
            "repeats it. The NumPy script and the notebook do; PyTorch cannot."
        )
    return f"{change}, so PyTorch prints the same to {found.digits_in_words}."


def moments_kept(n_moments: int, distance: int) -> str:
    """Say which steps of the run the record holds; `distance` in updates."""
    if distance == 1:
        return f"all {n_moments:,} moments of the run"
    return f"{n_moments:,} moments, one every {distance:,} updates and the last"
