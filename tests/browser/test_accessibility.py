"""Every page can be used by everybody: wide and narrow, its views and parts, light and dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from nnviz.site.course import COURSE
from tests.browser.app_page import open_page, usability_problems, wait_until_ready
from tests.browser.gestures import wait_for_address

CODE, PREDICT = ("In code", "part=code"), ("Predict first", "part=predict")
PARTS = (CODE, PREDICT, ("The tutorial says", "part=tutorial"))
FEW = "repeats=2&epochs=100&experiment"
DEEPER = "part=numbers&step=700&picked=e.1.0.2&probe=1,1&lines=300,rate:1~0,600,|600,rate:0.01"

# An address, and what is chosen there one after the other, with what the address holds then.
VISITS = [
    ("/", ()),
    ("/?view=darts&throws=210@12,0.5*3&wind=2", (PREDICT,)),
    ("/rules_or_learning?part=numbers&cell=1&moves=%2B%2B&code=rules", PARTS),
    ("/rules_or_learning?view=learn&step=150", ()),
    ("/words_to_numbers?view=count&chosen=all&lemmas=on", ()),
    ("/words_to_numbers?view=learn&step=300", PARTS),
    ("/words_to_numbers?view=splits&splits=1", ()),
    ("/vector_similarity", PARTS),
    ("/linear_regression?answer=on", (PREDICT,)),
    ("/linear_regression?view=descent&step=5&part=solid", (CODE,)),
    (f"/prediction?at=5&part=code&read=answer&row=9&rows={';'.join(['1,2,0'] * 9)}", (PREDICT,)),
    ("/prediction?view=layers&depth=3&units=4&between=relu", PARTS[-1:]),
    ("/error_curve", PARTS),
    ("/backpropagation?net=2-2-2-1&at=29&read=bias.0.0&taken=2:0.1;1", PARTS),
    ("/live_training?part=ledger&edit=on&step=100", PARTS),
    ("/compare_runs?low=0.01&high=1&rates=3&seeds=20", PARTS),
    (f"/generalization?{FEW}=capacity", (CODE,)),
    (f"/generalization?{FEW}=stopping", (PREDICT,)),
    (f"/generalization?{FEW}=shift", PARTS[-1:]),
    (f"/deeper_networks?{DEEPER}", (("What to try", "part=why"), CODE, PREDICT)),
    ("/deeper_networks?part=solid&step=700&tool=move&with=rows:20", ()),
    ("/deeper_networks?part=export&with=data:blobs;classes:5&step=9", PARTS[-1:]),
]


def test_every_page_is_visited() -> None:
    """No page of the course is left out, as it opens or with an address of its own."""
    pages = {address.partition("?")[0].strip("/") or "home" for address, _ in VISITS}
    assert pages == {*COURSE}


@pytest.mark.parametrize(("address", "chosen"), VISITS, ids=[address for address, _ in VISITS])
def test_a_page_can_be_used_by_everybody(
    new_page: Callable[..., Page], address: str, chosen: tuple[tuple[str, str], ...]
) -> None:
    # So high that nothing is below the fold, where axe cannot see its colours.
    page = new_page(width=1280, height=4000)
    open_page(page, address)
    problems = usability_problems(page)
    for name, part in chosen:
        page.get_by_role("radio", name=name, exact=True).click()
        wait_for_address(page, part)
        wait_until_ready(page)
        problems += [f"{name}: {problem}" for problem in usability_problems(page, turn=False)]
    page.set_viewport_size({"width": 390, "height": 844})
    wait_until_ready(page)
    problems += [
        f"narrow: {problem}" for problem in usability_problems(page, colours=False, turn=False)
    ]
    assert not problems, "\n".join(problems)


def test_a_text_that_is_hard_to_read_is_a_problem_in_either_scheme(page: Page) -> None:
    """What is looked at is two texts of each look; one more look is not overlooked."""
    open_page(page, "/error_curve")
    for colour, scheme in (("#ccc", "light"), ("#333", "dark")):
        page.evaluate(
            """(colour) => {
              const grey = document.createElement("span");
              Object.assign(grey, { textContent: "grey", id: "grey" });
              grey.style.color = colour;
              document.querySelector(".nv-words").append(grey);
            }""",
            colour,
        )
        (problem,) = usability_problems(page)
        assert problem.startswith(f"{scheme}: serious: ")
        assert "color-contrast" in problem
        assert "#grey" in problem
        page.locator("#grey").evaluate("(grey) => grey.remove()")
