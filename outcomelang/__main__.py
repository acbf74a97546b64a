"""`python -m outcomelang`."""

from outcomelang.cli import entry

entry()
