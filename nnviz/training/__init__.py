"""Training: what is trained, how, and every step of it again.

- `plan`, `hyperparameters`, `timeline`: pure values. A `Plan` holds rows, layers, hyperparameters
  and seed; a `Timeline` is a plan with what is changed on the way. Start here.
- `record`: `record(timeline)` trains and returns a `Record`: checkpoints with the state of the
  optimizer, from which every step in between is repeated exactly. `recording` trains one stage of
  it, `segment` holds what came of it, `row_order` says which rows each update is made with,
  `transfer` what a changed network keeps of its parameters.
- `kernels`: the updates themselves, as plain loops that are compiled. Every run is made with them.
- `evaluation`, `scores`: predictions, losses and gradients at many checkpoints at once.
- `learning_curve`, `study`, `study_results`: one training measured after every epoch, and many.
  `trials`: any training repeated over seeds and variants, one number each.
- `model`, `parameter_names`: the plans of Live training and Compare runs, one row at a time in
  the tutorial's order, and what their parameters are called. `playback`: what is seen of such runs.
- `sensitivity`: whether a run is chaotic. `update_rules`: the tutorial's first update beside true
  gradient steps.
- `baselines`: the best that a model could do. `maps`: predictions and errors over two axes.
  `export`: the files that repeat a training.

Whoever changes the order of a sum in `kernels.loops` breaks the scripts that repeat a run to the
last bit; the tests of `export` notice.
"""
