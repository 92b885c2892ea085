"""A multiple-choice question, its answer and the reason for it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """A question to answer before the step is seen."""

    prompt: str  # the question, in a sentence
    options: tuple[str, ...]  # what can be answered; the first fits on a button
    answer: str  # the right one of them
    reason: str  # why, with the numbers that show it
    # names the state that the question was made from: the same text is the same question
    about: str

    def __post_init__(self) -> None:
        if self.answer not in self.options:
            raise ValueError(f"The answer {self.answer!r} must be one of {self.options}.")
        if len(set(self.options)) < 2:
            raise ValueError("A question needs at least two different options.")

    def verdict(self, choice: str) -> bool:
        """Return whether the choice is right."""
        if choice not in self.options:
            raise ValueError(f"The choice {choice!r} must be one of {self.options}.")
        return choice == self.answer


def choice(options: tuple[str, ...], answer: str, reason: str) -> Question:
    """Return the question of a task of a lesson: the task itself is what is asked, and about."""
    return Question("", options, answer, reason, "")


def by_sign(value: float, options: tuple[str, str, str]) -> str:
    """Return the option for a value above 0, exactly 0 or below 0, in this order."""
    return options[1 if value == 0 else 0 if value > 0 else 2]
