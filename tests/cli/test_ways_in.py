"""Every command line ends in one of the documented exit codes with a sentence, and never in a trace."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from outcomelang.cli.verbs import VERBS

Done = subprocess.CompletedProcess[bytes]
Command = Callable[..., Done]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(verb: str, outcomelang: Command) -> None:
    done = outcomelang(verb, "--help")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(f"usage: outcomelang {verb} ".encode())
    assert VERBS[verb].removeprefix("w")[1:40].encode() in done.stdout


def test_every_verb_stands_in_the_overview_and_in_the_readme(outcomelang: Command) -> None:
    overview = outcomelang("--help").stdout.decode()
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    assert [verb for verb in VERBS if f"\n  {verb} " not in overview or f"`outcomelang {verb} " not in readme] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "usage: outcomelang COMMAND"),
        (["chekc", "a"], "There is no command “chekc”. Did you mean “check”?"),
        (["frobnicate"], "There is no command “frobnicate”.\n"),
        (["check"], "The following arguments are required: PATH."),
        (["check", "a", "--fromat", "json"], "“--fromat” is no option of this command. Did you mean “--format”?"),
        (["check", "a", "--format", "jsn"], "gitlab, junit, markdown. Did you mean “json”?"),
        (["check", "a", "--fail-on=warnings"], "Did you mean “warning”?"),
        (["evaluate", "a"], "The following arguments are required: --events."),
        (["evaluate", "a", "b", "--events", "c"], "“b” is no further word of this command."),
        (["evaluate", "a", "--events", "b", "--as-of", "03/05/2026"], "“03/05/2026” is not a day. Write 2026-05-03"),
        (["evaluate", "a", "--events", "b", "--as-of", "31 February 2026"], "is not a day"),
        (["explain", "unheard-of-thing"], "No finding is called “unheard-of-thing”."),
        (["check", "nowhere.outcome"], "nowhere.outcome"),
        (["check", "."], ".: There is no *.outcome file in this directory."),
        (["evaluate", "nowhere.json", "--events", "x"], "nowhere.json: No such file or directory."),
        (["check", "a\x1b]0;title\x07"], "\\x1b]0;title\\x07"),
    ],
)
def test_a_command_line_that_says_nothing_to_do_exits_with_two(
    words: list[str], said: str, outcomelang: Command
) -> None:
    done = outcomelang(*words)
    assert done.returncode == 2
    assert said in (done.stderr or done.stdout).decode()
    assert b"Traceback" not in done.stderr
    assert b"\x1b" not in done.stderr


FAULTY = (
    "import outcomelang.cli as cli\ndef broken(argv, screen): {0}\ncli.dispatch = broken\nraise SystemExit(cli.main())"
)


def test_a_fault_of_ours_exits_with_three_and_says_how_to_report_it(outcomelang: Command) -> None:
    done = outcomelang(code=FAULTY.format("raise KeyError('secret')"))
    assert (done.returncode, done.stdout) == (3, b"")
    message = done.stderr.decode()
    assert message.startswith("This is a fault of outcomelang")
    assert "KeyError: 'secret'" in message
    assert "Traceback" not in message


def test_a_fault_shows_its_trace_only_when_asked(outcomelang: Command) -> None:
    done = outcomelang(code=FAULTY.format("1 / 0"), OUTCOMELANG_DEBUG="1")
    assert done.returncode == 3
    assert b"Traceback" in done.stderr


def test_running_out_of_stack_is_a_fault_too(outcomelang: Command) -> None:
    done = outcomelang(code=FAULTY.format("broken(argv, screen)"))
    assert (done.returncode, b"RecursionError" in done.stderr) == (3, True)


def test_interrupting_ends_with_130_and_no_trace(tmp_path: Path) -> None:
    code = FAULTY.format("print('ready', flush=True); import time; time.sleep(60)")
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (130, b"Interrupted.\n")


@pytest.mark.parametrize("words", [["--help"], ["explain", "OL901"]])
def test_a_reader_that_goes_away_is_no_fault(words: list[str]) -> None:
    code = "import sys; from outcomelang.cli import main; sys.stdin.readline(); raise SystemExit(main())"
    reading, writing = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-c", code, *words], stdin=subprocess.PIPE, stdout=writing, stderr=subprocess.PIPE
    )
    os.close(writing)
    os.close(reading)
    _, errors = process.communicate(b"go\n", timeout=30)
    assert (process.returncode, errors) == (141, b"")


def test_a_full_disk_is_said_and_no_fault(outcomelang: Command) -> None:
    code = "import sys; sys.stdout = open('/dev/full', 'w'); from outcomelang.cli import main; raise SystemExit(main())"
    done = outcomelang("--help", code=code)
    assert (done.returncode, done.stderr) == (2, b"No space left on device.\n")


def test_output_is_utf8_even_where_the_locale_is_not(outcomelang: Command) -> None:
    for env in ({"LC_ALL": "C"}, {"PYTHONIOENCODING": "latin-1"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}):
        assert "“chekc”" in outcomelang("chekc", **env).stderr.decode("utf-8")


def test_a_path_that_is_no_unicode_can_be_named(outcomelang: Command) -> None:
    assert outcomelang("check", os.fsdecode(b"\xff.outcome")).returncode == 2


def test_module_and_script_are_one_command(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "outcomelang", "--version"], cwd=tmp_path, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout.partition(" ")[0]) == (0, "outcomelang")
