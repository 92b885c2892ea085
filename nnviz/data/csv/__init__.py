"""Read files of rows as people have them, and refuse what cannot be used with a sentence.

`file.read_csv` is the way in, `file.as_csv` the way out. A spreadsheet passes through `sheets`, a
format with a grammar of its own through `formats`, and other text through `text` (bytes to
characters), `lines` (characters to cells) and `layout` with `headers` (which lines are rows, which
name the columns). `marks` decides what point and comma mean, `packed` keeps the cells of a column
as one text and reads its numbers, `columns` says what it holds, `target` which column is to be
predicted and from which; `table` holds all that was understood and can be corrected, and `rows`
with `classes` makes the sample. `cells` judges single cells, `notes` is what nnviz writes itself.
Every refusal is a `problem.CsvProblem`: the line, what is wrong, the remedy. No pattern may match a
text in two ways: one pass over each cell, whatever is in it.
"""
