"""The verbs on a real contract: the one that `new` writes."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from outcomelang.cli.why import fitted
from outcomelang.resources import clean_text

Done = subprocess.CompletedProcess[bytes]
Command = Callable[..., Done]

LOG = """\
id,participant,event,date,source
E1,A,Referral,2026-05-01,Council
E2,A,Moving In,2026-06-01,Council
E3,A,Moving Out,2027-03-01,Council
E4,B,Referral,2026-05-01,Council
E5,B,Moving In,2026-06-01,Council
E6,B,Moving Out,2026-11-01,Council
"""


@pytest.fixture
def started(outcomelang: Command, tmp_path: Path) -> Path:
    assert outcomelang("new", "a.outcome").returncode == 0
    (tmp_path / "log.csv").write_text(LOG, "utf-8")
    return tmp_path


def ended(done: Done, code: int) -> str:
    """Standard output of a command that must have ended with this exit code and without a trace."""
    assert (done.returncode, b"Traceback" in done.stderr) == (code, False), (done.stdout + done.stderr).decode()
    return done.stdout.decode("utf-8")


def broken(place: Path) -> None:
    text = (place / "a.outcome").read_text("utf-8").replace("Council pays Charity", "Council pays Charitee")
    (place / "b.outcome").write_text(text, "utf-8")


# ---------------------------------------------------------------- new, check, test


def test_the_starter_checks_clean_in_silence_and_its_example_passes(started: Path, outcomelang: Command) -> None:
    done = outcomelang("check", "a.outcome")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    done = outcomelang("test", "a.outcome")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"1 example passed.\n")


def test_verbose_says_of_each_file_that_nothing_was_found(started: Path, outcomelang: Command) -> None:
    broken(started)
    (started / "a.outcome").write_text(clean_text(), "utf-8")
    done = outcomelang("check", ".", "--verbose", "--format", "concise")
    assert [line.partition(":")[0] for line in ended(done, 1).splitlines()] == ["b.outcome"]
    assert done.stderr == b"a.outcome: nothing found.\n"


def test_new_never_overwrites(started: Path, outcomelang: Command) -> None:
    (started / "a.outcome").write_text("mine", "utf-8")
    done = outcomelang("new", "a.outcome")
    assert ended(done, 2) == ""
    assert b"left as it is" in done.stderr or b"left as it was" in done.stderr
    assert (started / "a.outcome").read_text("utf-8") == "mine"


def test_check_shows_the_findings_of_all_contracts_in_a_directory(started: Path, outcomelang: Command) -> None:
    broken(started)
    done = outcomelang("check", ".")
    text = ended(done, 1)
    assert text.startswith("error · ")
    assert "b.outcome:" in text
    assert "Charitee" in text
    assert b"in 2 files." in done.stderr


@pytest.mark.parametrize("form", ["concise", "json", "jsonl"])
def test_check_speaks_to_programs(form: str, started: Path, outcomelang: Command) -> None:
    broken(started)
    text = ended(outcomelang("check", "b.outcome", "--format", form), 1)
    if form == "concise":
        assert all(line.startswith("b.outcome:") for line in text.splitlines())
    else:
        found = json.loads(text)["diagnostics"] if form == "json" else [json.loads(line) for line in text.splitlines()]
        assert {record["path"] for record in found} == {"b.outcome"}
        assert all(record["line"] > 0 and record["code"].startswith("OL") for record in found)


def test_check_of_a_clean_contract_is_empty_json(started: Path, outcomelang: Command) -> None:
    (started / "a.outcome").write_text(clean_text(), "utf-8")
    assert json.loads(ended(outcomelang("check", "a.outcome", "--format", "json"), 0))["diagnostics"] == []


def test_the_bar_decides_the_exit_code(started: Path, outcomelang: Command) -> None:
    broken(started)
    assert outcomelang("check", "b.outcome", "--fail-on", "never").returncode == 0


def test_a_file_that_cannot_be_read_does_not_hide_findings_in_others(started: Path, outcomelang: Command) -> None:
    broken(started)
    done = outcomelang("check", "nowhere.outcome", "b.outcome")
    assert "Charitee" in ended(done, 2)
    assert b"nowhere.outcome" in done.stderr


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00c", b"\x00" * 1000, b"contract \x1b[31m", b"", b"\xef\xbb\xbf", b"(" * 5000]
)
def test_a_file_that_is_no_contract_is_refused(content: bytes, started: Path, outcomelang: Command) -> None:
    (started / "x.outcome").write_bytes(content)
    done = outcomelang("check", "x.outcome")
    assert done.returncode in (1, 2), done
    assert b"Traceback" not in done.stderr
    assert b"\x1b" not in done.stdout + done.stderr


def test_a_failing_example_shows_expected_and_got(started: Path, outcomelang: Command) -> None:
    text = (started / "a.outcome").read_text("utf-8")
    (started / "a.outcome").write_text(text.replace("total          £2,500", "total          £2,600"), "utf-8")
    done = outcomelang("test", "a.outcome")
    shown = ended(done, 1)
    assert "£2,600.00" in shown
    assert "£2,500.00" in shown
    assert done.stderr == b"1 of 1 example failed.\n"


def test_an_example_with_a_total_alone_says_once_what_that_means(started: Path, outcomelang: Command) -> None:
    text = (started / "a.outcome").read_text("utf-8").replace("    Outcome Fee    £2,500\n", "")
    (started / "a.outcome").write_text(text, "utf-8")
    done = outcomelang("test", "a.outcome", "a.outcome")
    assert "nothing" in ended(done, 1)
    assert done.stderr.decode().count("What an example does not list under “expect” is expected to be nothing.") == 1


@pytest.mark.parametrize("verb", ["evaluate", "why", "validate", "log-schema", "test"])
def test_a_contract_that_does_not_compile_is_2_for_every_other_verb(
    verb: str, started: Path, outcomelang: Command
) -> None:
    broken(started)
    more = {"why": ["A", "--events", "log.csv"], "log-schema": [], "test": []}.get(verb, ["--events", "log.csv"])
    done = outcomelang(verb, "b.outcome", *more)
    assert ended(done, 2) == ""
    assert b"Charitee" in done.stderr


# ---------------------------------------------------------------- evaluate, why


def test_evaluate_prints_the_statement(started: Path, outcomelang: Command) -> None:
    text = ended(outcomelang("evaluate", "a.outcome", "--events", "log.csv"), 0)
    assert text.startswith("Homes that last\nFinal account as of 30 September 2029; the log ends on 1 March 2027\n")
    assert "Outcome Fee   Council       1   £2,500.00" in text


def test_evaluate_gives_the_same_in_json_with_provenance(started: Path, outcomelang: Command) -> None:
    whole = json.loads(ended(outcomelang("evaluate", "a.outcome", "--events", "log.csv", "--format", "json"), 0))
    line = {"payment": "Outcome Fee", "payer": "Council", "payee": "Charity", "count": "1", "amount": "2500.00"}
    assert whole["lines"] == [line]
    assert (whole["total"], whole["currency"], whole["as_of"]) == ("2500.00", "GBP", "2029-09-30")
    (entry,) = whole["entries"]
    assert (entry["participant"], entry["amount"], entry["clause"]) == ("A", "2500.00", entry["clause"])
    assert "E2" in entry["rows"]
    assert len(whole["digest"]) == 64


def test_places_of_rows_are_given_when_asked_for(started: Path, outcomelang: Command) -> None:
    command = ("evaluate", "a.outcome", "--events", "log.csv", "--format", "json", "--places")
    (entry,) = json.loads(ended(outcomelang(*command), 0))["entries"]
    assert {"id": "E2", "file": "log.csv", "line": 3} in entry["rows"]


def test_evaluate_as_of_a_day_before_pays_nothing_yet(started: Path, outcomelang: Command) -> None:
    command = ("evaluate", "a.outcome", "--events", "log.csv", "--as-of", "1 October 2026", "--format", "json")
    whole = json.loads(ended(outcomelang(*command), 0))
    assert (whole["total"], whole["as_of"]) == ("0.00", "2026-10-01")
    assert [pending["what"] for pending in whole["pending"]]


@pytest.mark.parametrize("form", ["text", "json", "csv"])
@pytest.mark.parametrize("day", [[], ["--as-of", "2026-10-01"]])
def test_a_log_in_any_order_and_in_several_files_gives_the_same_bytes(
    form: str, day: list[str], started: Path, outcomelang: Command
) -> None:
    header, *rows = (LOG + "E7,X,Moving In,2026-07-01,Council\nE8,Y,Moving In,2026-07-02,Council\n").splitlines()
    parts = {"whole.csv": rows, "back.csv": rows[::-1], "one.csv": rows[1::2], "two.csv": rows[::2][::-1]}
    for name, some in parts.items():
        (started / name).write_text("\n".join([header, *some, ""]), "utf-8")
    command = ("evaluate", "a.outcome", "--format", form, *day, "--events")
    wanted = ended(outcomelang(*command, "whole.csv"), 0)
    assert ended(outcomelang(*command, "back.csv"), 0) == wanted
    assert ended(outcomelang(*command, "one.csv", "two.csv"), 0) == wanted
    assert ended(outcomelang(*command, "two.csv", "one.csv"), 0) == wanted


def test_evaluate_to_csv_has_one_line_for_each_entry(started: Path, outcomelang: Command) -> None:
    text = ended(outcomelang("evaluate", "a.outcome", "--events", "log.csv", "--format", "csv"), 0)
    (entry,) = csv.DictReader(io.StringIO(text))
    assert (entry["payment"], entry["amount"], entry["currency"]) == ("Outcome Fee", "2500.00", "GBP")


def test_output_goes_to_a_file_whole(started: Path, outcomelang: Command) -> None:
    command = ("evaluate", "a.outcome", "--events", "log.csv", "--format", "json")
    shown = ended(outcomelang(*command), 0)
    assert ended(outcomelang(*command, "--output", "out.json"), 0) == ""
    assert (started / "out.json").read_text("utf-8") == shown


@pytest.mark.parametrize("name", ["a.outcome", "./log.csv"])
def test_output_never_replaces_what_it_is_made_from(name: str, started: Path, outcomelang: Command) -> None:
    before = (started / name).read_bytes()
    done = outcomelang("evaluate", "a.outcome", "--events", "log.csv", "--output", name)
    assert ended(done, 2) == ""
    assert (started / name).read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new"), [("Moving In,2026-06-01", "Moved Inn,2026-06-01"), ("2027-03-01", "1 March 2027"),
     (",Council", ",Concil")]
)  # fmt: skip
def test_a_bad_log_is_refused_and_nothing_is_written(old: str, new: str, started: Path, outcomelang: Command) -> None:
    (started / "log.csv").write_text(LOG.replace(old, new), "utf-8")
    for command in (["evaluate", "a.outcome", "--output", "out.json"], ["why", "a.outcome", "A"]):
        done = outcomelang(*command, "--events", "log.csv")
        assert ended(done, 2) == ""
        assert b"log.csv:" in done.stderr
    assert not (started / "out.json").exists()


@pytest.mark.parametrize("who", ["A", "B"])
def test_why_gives_the_essence_in_few_lines(who: str, started: Path, outcomelang: Command) -> None:
    text = ended(outcomelang("why", "a.outcome", who, "--events", "log.csv"), 0)
    assert 1 < len(text.splitlines()) <= 16
    assert "£" in text


def test_why_takes_an_entry_of_the_statement(started: Path, outcomelang: Command) -> None:
    whole = json.loads(ended(outcomelang("evaluate", "a.outcome", "--events", "log.csv", "--format", "json"), 0))
    text = ended(outcomelang("why", "a.outcome", whole["entries"][0]["id"], "--events", "log.csv"), 0)
    assert "log.csv:3" in text


def test_why_names_the_entries_that_it_can_be_asked_about(started: Path, outcomelang: Command) -> None:
    text = ended(outcomelang("why", "a.outcome", "A", "--events", "log.csv"), 0)
    (entry,) = [line.partition("entry: ")[2] for line in text.splitlines() if "entry: " in line]
    assert "£2,500.00" in ended(outcomelang("why", "a.outcome", entry, "--events", "log.csv"), 0)


def test_why_takes_a_payment_and_says_for_whom_it_is_not_due(started: Path, outcomelang: Command) -> None:
    text = ended(outcomelang("why", "a.outcome", "outcome fee", "--events", "log.csv"), 0)
    assert text.startswith("£2,500.00 for Outcome Fee as of 30 September 2029.\n")
    assert "entry: Outcome Fee / A / 1" in text
    assert "nothing  Outcome Fee for B: Home Kept is not decided by the log: Housed lasted 153 days" in text
    assert "the window closed on 1 November 2027, and the log ends on 1 March 2027" in " ".join(text.split())


def test_why_does_not_count_days_after_the_deadline(started: Path, outcomelang: Command) -> None:
    terms = (started / "a.outcome").read_text("utf-8").partition("-- An example")[0]
    terms = terms.replace("6 months without a break", "26 weeks in total").replace("18 months", "3 months")
    (started / "c.outcome").write_text(terms, "utf-8")
    text = " ".join(ended(outcomelang("why", "c.outcome", "A", "--events", "log.csv"), 0).split())
    assert "Housed lasted 62 days of 182 days (26 weeks) in total; the window closed on 1 August 2026" in text


def test_why_shows_the_sum_behind_a_price_and_when_it_is_repayable(started: Path, outcomelang: Command) -> None:
    terms = (started / "a.outcome").read_text("utf-8").partition("-- An example")[0]
    terms += (
        "define Full Fee as £1,000\n"
        "payment Entry Fee: Council pays Charity 80% of (the Full Fee plus £50) for each Client\n"
        "repayment Entry Repayment: Charity repays Council 10% of the Full Fee for each Client\n"
        "  when Home Kept is not achieved\n"
    )
    (started / "c.outcome").write_text(terms, "utf-8")
    (started / "log.csv").write_text(LOG + "E7,C,Referral,2028-05-01,Council\n", "utf-8")
    text = ended(outcomelang("why", "c.outcome", "B", "--all", "--events", "log.csv"), 0)
    assert "earned on 1 May 2026: 80% of (the Full Fee £1,000.00 plus £50.00) = £840.00\n" in text
    assert "-£100.00  Entry Repayment, repaid to Council\n" in text
    assert "repayable from 1 November 2027: 10% of the Full Fee £1,000.00 = £100.00\n" in text


def test_lines_of_why_fit_the_screen() -> None:
    line = "nothing  Fee for B: " + "Home Kept is not achieved " * 8
    lines = fitted(line, 60)
    assert max(map(len, lines)) <= 60
    assert lines[0].startswith("nothing  Fee for B: ")
    assert all(other.startswith("   ") for other in lines[1:])
    assert fitted("   a  b", 60) == ["   a  b"]


def test_why_of_nobody_is_a_mistake_of_use(started: Path, outcomelang: Command) -> None:
    done = outcomelang("why", "a.outcome", "Nobody", "--events", "log.csv")
    assert ended(done, 2) == ""
    assert b"Nobody" in done.stderr
    assert "OL401" in ended(outcomelang("explain", "nobody-of-that-name"), 0)


# ---------------------------------------------------------------- validate, log-schema


def test_a_good_log_is_valid_in_silence(started: Path, outcomelang: Command) -> None:
    done = outcomelang("validate", "a.outcome", "--events", "log.csv")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_validate_counts_mistakes_and_writes_wrong_rows_aside(started: Path, outcomelang: Command) -> None:
    (started / "log.csv").write_text(LOG.replace("Moving In", "Moved Inn"), "utf-8")
    done = outcomelang("validate", "a.outcome", "--events", "log.csv", "--quarantine", "bad.csv", "--format", "json")
    (found,) = json.loads(ended(done, 2))["diagnostics"]
    assert (found["path"], found["line"], found["name"]) == ("log.csv", 3, "unknown-event")
    assert done.stderr == b"Wrote 2 rows to bad.csv.\n"
    assert len((started / "bad.csv").read_text("utf-8").splitlines()) == 3


def test_log_schema_describes_the_log(started: Path, outcomelang: Command) -> None:
    assert "Moving In" in ended(outcomelang("log-schema", "a.outcome"), 0)
    header = ended(outcomelang("log-schema", "a.outcome", "--format", "csv"), 0)
    assert header.split(",")[:5] == ["id", "participant", "event", "date", "source"]
    schema = json.loads(ended(outcomelang("log-schema", "a.outcome", "--format", "json"), 0))
    assert "Referral" in schema["properties"]["event"]["enum"]


def test_verbose_lists_what_the_parties_accept(started: Path, outcomelang: Command) -> None:
    contract = started / "a.outcome"
    known = 'accept pays-per-head-processed because "the \x1b[31mparties know" until 31 March 2090\n'
    fee = "payment Head Fee: Council pays Charity £900 for each Client\n"
    contract.write_text(contract.read_text("utf-8") + "\n" + fee + known, "utf-8")
    assert b"pays-per-head-processed" not in outcomelang("check", "a.outcome").stdout
    said = outcomelang("check", "a.outcome", "--verbose").stderr.decode()
    assert "accepted until 31 March 2090: pays-per-head-processed, because “the" in said
    assert "\x1b" not in said
