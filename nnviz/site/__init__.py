"""What all pages have in common: the frame, the address as state, the parts below a picture.

A page is a function that draws its lesson, and `frame.show` calls it inside the frame: navigation,
title, the task of a teacher's link, *Copy link*, and a sentence instead of a traceback. The lesson
reads what the person chose from its `address.Address`, computes what follows (`caching`,
`background`), passes a picture to `nnviz.chart.chart.chart`, and shows its `parts`.

Start with `address` and `frame`. Then:

- `parameters`: how one choice is written in a link and read back. `course`: the pages in order.
- `caching`: what is computed once for everybody. `background`: long computations in slices, shown
  while they are partial, and studies made of trainings; `stopping`: the button that stops one.
  `player`: where the player of a recorded run stands, and jumps that a page orders.
- `parts`, `predict_first`, `table`: what stands below a picture. `plain`: a person's words, safe in
  Markdown. `fresh`: widgets whose value others may change as well. `undo`: buttons that delete.
  `offer`: files to take along. `model_chooser`: one control that several pages show.
- `room`: what a pupil's page reports to its room; `room_routes`: what browsers ask for a room.
- `fair_shares`: who waits when many ask at once. `rows`: editing and reading rows of one's own.

Not to change: the names and the form of what is in an address. Links that people have must open
the same picture.
"""

import os

# Before NumPy comes: else the matrices of one person take every processor, and on a busy machine
# threads that wait for each other cost ten times the work itself.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
