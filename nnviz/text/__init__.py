"""Text that the rest of the project reads and writes.

`digits` writes numbers as sentences, formulas and tables show them; `calculator` computes what is
printed, so that it can be checked. `scripts` writes the short
programs that a page offers under *In code*. `question` is a question with its options, answer and
reason, which every chapter's `questions` make.

This is the lowest part: it imports no other part of nnviz.
"""
