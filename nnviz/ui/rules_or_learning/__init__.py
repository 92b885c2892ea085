"""The page "Rules or learning": one game, filled by rules and by a network that learned it."""
