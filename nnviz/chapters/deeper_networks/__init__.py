"""Deeper networks: build a network, train it on any rows, and read every mark of it.

Start with `settings` (what can be chosen), `lines` (a run, its changes, its branches), `address`
(both in a link) and `record_view` (what a picture shows of a record). `diagnosis` says what is the
matter with a training and what to try, `reading` works out one unit or weight, `export` writes
scripts and files, `figures` draws, `views` holds controls and parts, `page` puts them together.
"""
