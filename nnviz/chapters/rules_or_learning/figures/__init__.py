"""The pictures of the page.

`board` knows where cells stand and draws their lines. `rules_board` and `guess_board` draw what the
rules and what the network make of a grid, `curve` the study over numbers of games, `workflow` the
rows of boxes. `side_by_side` puts these together; `training` is the picture that plays.
"""
