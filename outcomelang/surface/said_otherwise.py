"""The words of others for the words of the language."""

from __future__ import annotations

SAID_OTHERWISE = {
    "begins": ("beginning",),
    "cap": ("limit",),
    "capped": ("up to",),
    "chosen": ("selected", "set"),
    "confirmed": ("verified",),
    "at": ("on",),
    "each": ("in each", "every"),
    "ended": ("ending",),
    "ends": ("ending",),
    "equals": ("exactly",),
    "every": ("each",),
    "gets": ("pays",),
    "happens": ("occurs",),
    "if": ("when",),
    "in every": ("in each",),
    "maximum": ("at most",),
    "minimum": ("at least",),
    "minus": ("less",),
    "multiplied": ("times",),
    "over": ("above",),
    "payable": ("due",),
    "picked": ("selected", "chosen"),
    "proved": ("evidenced",),
    "provided": ("when",),
    "receives": ("pays",),
    "registered": ("recorded",),
    "starting": ("beginning",),
    "starts": ("beginning",),
    "total": ("all",),
    "under": ("below",),
}
"""What people write instead of a word of the language; offered only where that word may stand."""
