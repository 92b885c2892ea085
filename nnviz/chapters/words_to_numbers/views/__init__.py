"""The views of the page: `count` the words, `learn` the moods, `splits` with lemmas or not.

`vectors/` holds the view of word vectors, which has several parts.

`notes` holds what the tutorial says, for all; `work` keeps what several visitors share.
"""
