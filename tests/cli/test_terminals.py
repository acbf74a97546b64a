"""What is shown on real terminals: narrow and wide, with and without colour, and where only ASCII can be shown."""

from __future__ import annotations

import os
import re
import struct
import sys
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="terminals as POSIX has them")
import fcntl  # noqa: E402
import termios  # noqa: E402

ROOT = Path(__file__).parents[2]
FAMILIES = "contracts/troubled-families"
BOROUGHS = "contracts/tri-borough-reducing-reoffending"
SEEN = {
    "evaluate": ("evaluate", f"{BOROUGHS}/contract.outcome", "--events", f"{BOROUGHS}/x1/events.csv"),
    "status": ("status", f"{FAMILIES}/contract.outcome", "--events", f"{FAMILIES}/x1/events.csv"),
    "why": ("why", f"{FAMILIES}/contract.outcome", "F082", "--events", f"{FAMILIES}/x1/events.csv"),
    "read": ("read", f"{FAMILIES}/contract.outcome"),
    "test": ("test", f"{FAMILIES}/contract.outcome"),
    "check": ("check", "bad.outcome"),
}
UTF8 = {"LANG": "C.UTF-8", "NO_COLOR": "1"}
ASCII = ({"LC_ALL": "C"}, {"LANG": "C.UTF-8", "PYTHONIOENCODING": "ascii"}, {"LANG": "C"})
BROKEN = (
    'contract "Homes"\n'
    "commissioner Council\n"
    "payment Grant: the Council pays the Council £12,00 for each Zoë “of” those who are named in a very long line\n"
)


def terminal(words: tuple[str, ...], width: int, folder: Path, **env: str) -> tuple[str, int]:
    """What a person sees, and the exit code."""
    code = (
        "import fcntl, struct, termios\n"
        f"fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack('HHHH', 40, {width}, 0, 0))\n"
        "from outcomelang.cli import main; raise SystemExit(main())"
    )
    away = ("LC_", "LANG", "PYTHON", "COLUMNS", "NO_COLOR", "TERM")
    given = {name: value for name, value in os.environ.items() if not name.startswith(away)}
    child, screen = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execve(sys.executable, [sys.executable, "-c", code, *words], {**given, "TERM": "xterm", **env})
    fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    seen = b""
    while True:
        try:
            read = os.read(screen, 65536)
        except OSError:  # how Linux says that the other side has closed
            break
        if not read:
            break
        seen += read
    os.close(screen)
    return seen.replace(b"\r\n", b"\n").decode("utf-8"), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def show(name: str, width: int, broken: Path, **env: str) -> str:
    seen, code = terminal(SEEN[name], width, broken if name == "check" else ROOT, **env)
    assert code == (1 if name == "check" else 0), seen
    assert "Traceback" not in seen
    return seen


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    (tmp_path / "bad.outcome").write_text(BROKEN, "utf-8")
    return tmp_path


@pytest.mark.parametrize("name", SEEN)
@pytest.mark.parametrize("width", [60, 80, 140])
def test_no_line_is_wider_than_the_screen(name: str, width: int, broken: Path) -> None:
    lines = show(name, width, broken, **UTF8).splitlines()
    words = [line for line in lines if len(line) > width and len(line.split()) > 2]  # a long file name stays whole
    assert words == []


@pytest.mark.parametrize("name", SEEN)
@pytest.mark.parametrize("env", ASCII, ids=["all", "told", "language"])
def test_a_terminal_that_shows_ascii_gets_ascii(name: str, env: dict[str, str], broken: Path) -> None:
    assert show(name, 80, broken, NO_COLOR="1", **env).isascii()


def test_amounts_without_a_sign_stand_in_line() -> None:
    lines = terminal(SEEN["evaluate"], 80, ROOT, LC_ALL="C", NO_COLOR="1")[0].splitlines()
    assert len({len(line) for line in lines if re.search(r"GBP [\d,.]+$", line)}) == 1
    assert "GBP 1,125,000.00" in "\n".join(lines)


def test_a_mark_stands_below_what_it_marks_where_the_sign_is_written_out(broken: Path) -> None:
    lines = show("check", 80, broken, LC_ALL="C", NO_COLOR="1").splitlines()
    at = next(number for number, line in enumerate(lines) if line.lstrip().startswith("3 |"))
    mark = re.search("-+", lines[at + 1])
    assert mark is not None
    assert lines[at][mark.start() : mark.end()] == "GBP 12,00"


@pytest.mark.parametrize("name", ["evaluate", "status", "check"])
def test_colour_is_all_that_no_color_takes_away(name: str, broken: Path) -> None:
    plain = show(name, 80, broken, LANG="C.UTF-8", NO_COLOR="1")
    coloured = show(name, 80, broken, LANG="C.UTF-8")
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_a_date_of_the_account_is_not_torn_apart() -> None:
    lines = terminal(SEEN["evaluate"], 60, ROOT, **UTF8)[0].splitlines()
    assert lines[1:3] == ["Final account as of 31 March 2017;", "the log ends on 30 September 2015"]


def test_columns_move_together_on_a_narrow_screen() -> None:
    narrow, wide = (terminal(SEEN["evaluate"], width, ROOT, **UTF8)[0].splitlines() for width in (60, 80))
    assert [line.split() for line in narrow[6:20]] == [line.split() for line in wide[5:19]]
    assert max(map(len, narrow)) <= 60


def test_why_stops_at_the_end_of_a_line_of_its_own() -> None:
    shown, everything = (terminal((*SEEN["why"], *more), 60, ROOT, **UTF8)[0].splitlines() for more in ((), ("--all",)))
    assert shown[-1].endswith("more lines with --all.")
    following = everything[len(shown) - 1]
    assert shown[:-1] == everything[: len(shown) - 1]
    assert not following.startswith("      ")
