"""Charts that are updated in place, dragged, clicked and played: the Python side.

A figure module of a chapter returns a `picture.Picture`: a Plotly figure, what changes on a narrow
screen, and the tracks that move over it. A page passes that to `chart.chart`, with the sentence
under it and callbacks for what a person does. ``static/nnviz/chart.js`` draws it.

Start with `chart`. Then, in the order in which a picture is made:

- `theme`: the palette, and the layout that every figure starts from. `strands` are the pens of the
  lines of a branching run, `study_marks` the marks of repeated runs, `solid` what is drawn in three
  dimensions.
- `tracks`: one array of values for each mark that moves with the clock, `network_tracks` those of a
  network; `packing` turns them into bytes. The browser looks values up and computes nothing.
- `picture`: what a chart shows.
- `chart`: the component, and `Clock` for its player; `gestures` reads what the browser reports and
  ignores what our JavaScript would not send; `slider` answers while it is dragged.
- `assets`: copies our JavaScript and plotly.js to where the browser finds them.

Not to change on one side only: the messages. ``static/nnviz/contract.d.ts`` writes them down, and
tests/chart/test_contract.py holds Python to it.
"""
