"""The contract in plain legal English, from the core alone: an explanation, and the words for what the core says.

`reading.read` makes a whole `Reading`, `layout` writes it out. `english` holds every English word; its functions
`condition`, `quantity`, `select` and `window` say a single part wherever one has to be named.
"""
