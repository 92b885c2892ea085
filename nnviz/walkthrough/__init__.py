"""One update of a network, step by step: shared by Prediction, Backpropagation and Live training.

Start with `steps`, which cuts an update into steps: which value is computed when. `values` reads
the numbers of a step from the trace (`nnviz.nn.trace`) and names them; `finite_differences` checks
its derivative; `source_lines` finds the line of our source that computed it. `update_effect` holds
the error of every row before and after an update, and `walk` makes update after update.

`words` holds the text: `words.sentences` says what a step does, `words.workings` its formula in
names and numbers, `words.meanings` what each box of the graph is. `figures` draws: `figures.plan`
and `figures.layouts` place the boxes, `figures.tracks` is the format that the browser reads,
`figures.texts` and `figures.update` fill it for one update, `figures.looks` has the colours, and
`figures.update_effect` draws the rows beside the graph. `view_code` shows source in Streamlit, and
`view_boxes` the list of the boxes.

Everything outside `figures` and the views runs without Plotly and Streamlit. The strings of
`steps.PHASE_OF` and the keys of boxes stand in links and in the browser's code: do not rename them.
"""
