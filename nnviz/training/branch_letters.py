"""What a run and its branches are called, and what is said where one cannot begin."""

LETTERS = "ABCDE"


def begun_already(number: int) -> str:
    """Say why a branch is not made twice, as two quick presses of a button would."""
    return f"{LETTERS[number]} begins at this update, and nothing about it is changed yet."
