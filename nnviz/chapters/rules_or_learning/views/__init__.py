"""The controls and pictures of the page.

`solving` is the side of the rules and its moves, `guessing` the side of the network, `parts` what
is shown below the picture, `trainings` keeps the trainings that several visitors share.
"""
