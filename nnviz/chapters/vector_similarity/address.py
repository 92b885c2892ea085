"""What the link of the page holds: the tips of the three arrows, and the part that is open."""

from types import MappingProxyType
from typing import Final

from nnviz.chapters.vector_similarity.vectors import X_RANGE, Y_RANGE
from nnviz.data import tutorial
from nnviz.site.address import Address
from nnviz.site.parameters import Custom, Numbers
from nnviz.site.parts import PART
from nnviz.text.digits import digits

PAGE: Final = "vector_similarity"

ARROWS: Final = MappingProxyType(
    {
        "input_vector": tutorial.INPUT_VECTOR,
        "weights_1": tutorial.WEIGHTS_1,
        "weights_2": tutorial.WEIGHTS_2,
    }
)
"""The arrows by name, with the tips that they start with."""


def _tip(name: str) -> Custom:
    """Return the parameter of one arrow: two numbers with a comma between them."""
    numbers = Numbers(name, ARROWS[name], *X_RANGE, count=2)

    def parse(text: str) -> tuple[float, ...]:
        x, y = numbers.parse(text)
        if not Y_RANGE[0] <= y <= Y_RANGE[1]:
            raise ValueError(
                f"the second must lie between {digits(Y_RANGE[0])} and {digits(Y_RANGE[1])}"
            )
        return x, y

    return Custom(name, ARROWS[name], parse, numbers.format)


ADDRESS: Final = Address(PAGE, [*map(_tip, ARROWS), PART])
