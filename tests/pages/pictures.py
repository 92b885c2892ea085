"""What the tests of the page Pictures to numbers share."""

from typing import Any, Final

from streamlit.testing.v1 import AppTest

from nnviz.chapters.pictures_to_numbers.two_digits import examples
from tests.pages.on_screen import sent

PAGE: Final = "pictures_to_numbers"
THREE, EIGHT = (examples(0, digit)[0] for digit in (3, 8))


def choice(app: AppTest, name: str) -> Any:
    """Return a choice of the page."""
    return app.session_state[f"{PAGE}.{name}"]


def chart_words(app: AppTest) -> str:
    """Return the sentence under the picture of the page."""
    return str(sent(app, "save_as")["words"])
