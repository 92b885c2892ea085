"""Ten digits: a softmax of ten outputs, with up to 32 hidden units in between.

`network` trains it and records every step; `reading` says what it makes of a drawing, and what a
unit was for; `mistakes` counts what it takes for what, and finds where it is surest and wrong;
`study` repeats the training with other numbers of pictures and units, and with other hands.
`words`, `questions` and `script` are pure functions of these results.
"""
