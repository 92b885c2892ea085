"""How much work something may be, whatever else the machine has to do meanwhile."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

_YARDSTICK_SECONDS = 0.02
"""What `_yardstick` takes on the machine that the limits of the tests were measured on."""
_PATIENCE = 4
"""Memory that others fill slows down more than a loop: what a limit keeps out takes far longer."""


def _yardstick() -> float:
    begin, total = time.thread_time(), 0
    for i in range(400_000):
        total += i * i % 7
    return time.thread_time() - begin


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Fail when what is done inside takes this thread far more than so much of a processor's time.

    Waiting does not count. What takes longer is compared with a loop that is run right afterwards,
    so a machine that is slow, or busy with other things, is given more.
    """
    begin = time.thread_time()
    yield
    taken = time.thread_time() - begin
    if taken > seconds:
        slowness = _PATIENCE * max(1.0, max(_yardstick() for _ in range(5)) / _YARDSTICK_SECONDS)
        assert taken < seconds * slowness, f"{taken:.2f} s, more than {seconds} s x {slowness:.1f}"
