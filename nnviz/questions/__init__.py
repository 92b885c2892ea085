"""Questions made from the state on the screen, answered by the learner and judged by the core."""

from nnviz.questions.question import Question
from nnviz.questions.similarity import similarity_questions

__all__ = ["Question", "similarity_questions"]
