"""Stacked layers, and the one layer that they fold into, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from nnviz.chapters.prediction.linear_collapse import collapse_layers, compare, random_stack
from nnviz.chapters.prediction.words import describe_collapse
from nnviz.data.tutorial import eight_rows
from tests.browser.app_page import open_page
from tests.browser.gestures import query_of, wait_for_address, words

PAGE = "/prediction?view=layers"

_OUTPUTS = """() => {
  const { data } = document.querySelector('.nv-plot');
  const named = (start) => data.find((trace) => (trace.name ?? '').startsWith(start));
  return ['stack', 'folded'].map((start) => Array.from(named(start).x));
}"""


def printed(page: Page) -> list[tuple[list[str], list[str]]]:
    """Return of every row what stands in its cells, and what is shown of it on hover."""
    rows = page.locator(".nv-table tbody tr")
    return [
        (row.locator("td").all_inner_texts(), [
            cell.get_attribute("title") or "" for cell in row.locator("td").all()
        ])
        for row in rows.all()
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("depth", "units", "between", "last"),
    [(3, 4, "linear", "linear"), (3, 2, "tanh", "sigmoid")],
)
def test_both_outputs_are_the_cores(
    page: Page, depth: int, units: int, between: str, last: str
) -> None:
    open_page(page, f"{PAGE}&depth={depth}&units={units}&between={between}&last={last}")
    collapse = collapse_layers(random_stack(depth, units, between, last, seed=2))
    comparison = compare(collapse, eight_rows().X)
    rows = printed(page)
    assert len(rows) == 8
    for i, (texts, exact) in enumerate(rows):
        stacked, other = float(comparison.stacked[i]), float(comparison.collapsed[i])
        assert [float(title) for title in exact[:2]] == [stacked, other]
        assert (texts[0] == texts[1]) is (between == "linear")
    # The picture has the same numbers.
    drawn = page.evaluate(_OUTPUTS)
    assert drawn[0] == comparison.stacked.tolist()
    assert drawn[1] == comparison.collapsed.tolist()
    assert words(page).inner_text() == describe_collapse(collapse, comparison)


def test_an_activation_between_the_layers_parts_them_and_views_keep_what_was_chosen(
    page: Page,
) -> None:
    open_page(page, "/prediction?weights=0.5,-1.5&at=5")
    told = words(page).inner_text()
    page.get_by_role("radio", name="Stacked layers").click()
    expect(words(page)).to_contain_text("fold into one layer with 2 weights and 1 bias")
    assert all(texts[0] == texts[1] for texts, _ in printed(page))
    page.get_by_role("combobox", name="Between the layers").click()
    page.get_by_role("option", name="tanh").click()
    wait_for_address(page, "between=tanh")
    expect(words(page)).to_contain_text("no longer the same")
    assert all(texts[0] != texts[1] for texts, _ in printed(page))
    page.get_by_role("radio", name="3", exact=True).first.click()
    wait_for_address(page, "depth=3")
    page.get_by_role("radio", name="One row, one neuron").click()
    expect(words(page)).to_have_text(told)
    assert query_of(page)["depth"] == "3"
