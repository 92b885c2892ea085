"""Generalization: what a trained network makes of rows that it has never seen.

Start with `studies` (growing networks, growing penalties, memorisation counted), `early_stop`
and `distribution_shift`; `views` shows one experiment each, `figures` draws them.
"""
