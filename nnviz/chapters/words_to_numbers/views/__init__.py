"""The views of the page: `count` the words, `learn` the moods, and the `splits` with lemmas or not.

`notes` holds what the tutorial says, for all three; `work` keeps what several visitors share.
"""
