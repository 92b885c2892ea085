"""Rules or learning: one game, filled by rules that a person wrote and by a network.

`grids` holds the cells, the rule sets and every solved grid of a Sudoku of four by four. From there
two sides: `rules` and `walk` fill a grid move by move; `games`, `learning` and `study` train a
network on solved games, without knowing a rule. `verdicts` judges the network's choices, `puzzles`
makes puzzles for a person.

`words`, `questions` and `script` are pure functions of these results, and so is `figures/`. `page`
puts the views of `views/` together; `address` declares what a link holds.
"""
