"""Read files of rows as people have them, and refuse what cannot be used with a sentence.

`file.read_csv` is the way in, `file.as_csv` the way out. A file passes through `lines` (bytes to
text to cells), `guess` (delimiter, decimal mark, header; which column is the target), `columns`
(numbers or text) and `table` (what was found, what a person corrects, and the sample). `cells`
judges single cells. Every refusal is a `problem.CsvProblem`: the line, what is wrong, the remedy.
"""
