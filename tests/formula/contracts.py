"""Small contracts for tests of formulas."""

from ..homes import homes

HOMES = homes("limit Home Fee to £50,000; earliest first; the excess is not paid")
