"""The slider of a learning rate: over a logarithmic scale."""

from collections.abc import Callable, Sequence

from nnviz.chart.slider import live_slider


def logarithmic_values(low_exponent: int, high_exponent: int) -> tuple[float, ...]:
    """Return 1.0, 1.1 ... 9.9 times each power of ten, and the last power itself."""
    values = [
        float(f"{mantissa / 10}e{exponent}")
        for exponent in range(low_exponent, high_exponent)
        for mantissa in range(10, 100)
    ]
    return (*values, float(f"1e{high_exponent}"))


def rate_slider(
    label: str,
    value: float,
    *,
    key: str,
    values: Sequence[float],
    marks: Sequence[float],
    on_slide: Callable[[float, bool], None],
) -> None:
    """Show a `live_slider` over positive ``values``, placed by their logarithm."""
    live_slider(
        label, value, key=key, values=values, marks=marks, on_slide=on_slide, scale="logarithmic"
    )
