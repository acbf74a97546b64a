"""Diagnostics made readable: as text for people, a line for lists, JSON for programs. Only formats; prints nothing."""
