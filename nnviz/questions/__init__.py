"""Questions made from the state on the screen, answered by the learner and judged by the core."""

from nnviz.questions.backprop import backprop_questions
from nnviz.questions.descent import descent_questions
from nnviz.questions.folding import folding_questions
from nnviz.questions.four_steps import four_steps_questions
from nnviz.questions.prediction import prediction_questions
from nnviz.questions.question import Question
from nnviz.questions.similarity import similarity_questions
from nnviz.questions.training import next_update_questions
from nnviz.questions.update_rules import update_rule_questions

__all__ = [
    "Question",
    "backprop_questions",
    "descent_questions",
    "folding_questions",
    "four_steps_questions",
    "next_update_questions",
    "prediction_questions",
    "similarity_questions",
    "update_rule_questions",
]
