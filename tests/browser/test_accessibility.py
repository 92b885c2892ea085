"""Every page can be used by everybody: wide and narrow, its views and parts, light and dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize

from nnviz.site.course import COURSE
from tests.browser.app_page import open_page, usability_problems, wait_until_ready
from tests.browser.gestures import wait_for_address

CODE, PREDICT = ("In code", "part=code"), ("Predict first", "part=predict")
TUTORIAL = ("The tutorial says", "part=tutorial")
PARTS = (CODE, PREDICT, TUTORIAL)
GROWING = "/generalization?repeats=2&epochs=100"
DEEPER = "part=numbers&step=700&picked=e.1.0.2&probe=1,1&lines=300,rate:1~0,600,|600,rate:0.01"

# An address, and what is chosen there one after the other, with what the address holds then. What
# is no part is a view: it is looked at as a page is, in both themes and on a phone.
VISITS = [
    ("/?throws=210@12,0.5*3&wind=2", (("Darts", "view=darts"), PREDICT)),
    (
        "/rules_or_learning?part=numbers&cell=1&moves=%2B%2B&code=rules&step=150",
        (*PARTS, ("Watch it learn", "view=learn")),
    ),
    (
        "/words_to_numbers?chosen=all&lemmas=on&splits=1&step=300",
        (("Learn moods", "view=learn"), *PARTS, ("Lemmas or not", "view=splits")),
    ),
    (
        "/pictures_to_numbers?view=digits&update=300&units=8&off=3",
        (
            *(CODE, TUTORIAL, ("Its mistakes", "look=mistakes"), ("What it takes", "look=study")),
            *(("A first convolution", "view=filter"), ("Does it know me?", "view=sign")),
        ),
    ),
    (
        "/words_to_numbers?view=vectors&placed=1,1,4,7,2,0.5,7,3,8,9,9.5,5",
        (
            ("Directions", "about=directions"),
            ("Nearest words", "about=near"),
            CODE,
            ("Taken over", "about=taken"),
        ),
    ),
    ("/vector_similarity", PARTS),
    (
        "/linear_regression?answer=on&step=5",
        (PREDICT, ("Gradient descent", "view=descent"), ("In 3-D", "part=solid"), CODE),
    ),
    (
        f"/prediction?at=5&part=code&read=answer&row=9&rows={';'.join(['1,2,0'] * 9)}"
        "&depth=3&units=4&between=relu",
        (PREDICT, ("Stacked layers", "view=layers"), TUTORIAL),
    ),
    ("/error_curve", PARTS),
    ("/backpropagation?net=2-2-2-1&at=29&read=bias.0.0&taken=2:0.1;1", PARTS),
    ("/live_training?part=ledger&edit=on&step=100", PARTS),
    ("/compare_runs?low=0.01&high=1&rates=3&seeds=20", PARTS),
    (
        GROWING,
        (
            *(CODE, ("L2 and early stopping", "experiment=stopping"), PREDICT),
            *(("The world moves", "experiment=shift"), TUTORIAL),
        ),
    ),
    (f"/deeper_networks?{DEEPER}", (("What to try", "part=why"), CODE, PREDICT)),
    ("/deeper_networks?part=solid&step=700&tool=move&with=rows:20", ()),
    ("/deeper_networks?part=export&with=data:blobs;classes:5&step=9", (TUTORIAL,)),
]


# So high that nothing is below the fold, where axe cannot see its colours.
HIGH: ViewportSize = {"width": 1280, "height": 4000}


def test_every_page_is_visited() -> None:
    """No page of the course is left out, as it opens or with an address of its own."""
    pages = {address.partition("?")[0].strip("/") or "home" for address, _ in VISITS}
    assert pages == {*COURSE}


@pytest.mark.parametrize(("address", "chosen"), VISITS, ids=[address for address, _ in VISITS])
def test_a_page_can_be_used_by_everybody(
    new_page: Callable[..., Page],
    request: pytest.FixtureRequest,
    address: str,
    chosen: tuple[tuple[str, str], ...],
) -> None:
    if address.startswith("/rules_or_learning"):
        request.getfixturevalue("games_studied")
    page = new_page()
    open_page(page, address)
    page.set_viewport_size(HIGH)
    wait_until_ready(page)
    problems = usability_problems(page)
    for name, choice in chosen:
        view = not choice.startswith("part=")
        if view:
            problems += _problems_on_a_phone(page)
            page.set_viewport_size(HIGH)
        page.get_by_role("radio", name=name, exact=True).click()
        wait_for_address(page, choice)
        wait_until_ready(page)
        found = usability_problems(page, turn=view, changed=True)
        problems += [f"{name}: {problem}" for problem in found]
    problems += _problems_on_a_phone(page)
    assert not problems, "\n".join(problems)


def _problems_on_a_phone(page: Page) -> list[str]:
    page.set_viewport_size({"width": 390, "height": 844})
    wait_until_ready(page)
    found = usability_problems(page, colours=False)
    return [f"narrow: {problem}" for problem in found]


def test_what_is_hard_to_use_is_a_problem_as_soon_as_it_comes(page: Page) -> None:
    """What is looked at is two texts of each look, and what has changed: nothing new is missed."""
    open_page(page, "/error_curve")
    assert not usability_problems(page)
    for colour, scheme in (("#ccc", "light"), ("#333", "dark")):
        page.evaluate(
            """(colour) => {
              const grey = document.createElement("span");
              Object.assign(grey, { textContent: "grey", id: "grey" });
              grey.style.color = colour;
              document.querySelector(".nv-figure").append(grey);
            }""",
            colour,
        )
        for changed in (True, False):
            (problem,) = usability_problems(page, changed=changed)
            assert problem.startswith(f"{scheme}: serious: ")
            assert "color-contrast" in problem
            assert "#grey" in problem
        page.locator("#grey").evaluate("(grey) => grey.remove()")
    page.get_by_role("button", name="Copy link").evaluate(
        "(button) => { button.textContent = ''; button.removeAttribute('title'); }"
    )
    (problem,) = usability_problems(page, colours=False, changed=True)
    assert "button-name" in problem
    assert not usability_problems(page, colours=False, changed=True)
