"""How an engine gives its work back."""

from __future__ import annotations


class HandedBack(Exception):
    """The engine cannot do this exactly: the reference has to. The words say why, in one line."""
