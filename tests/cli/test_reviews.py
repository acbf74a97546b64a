"""A review on the command line: read with its contract, named, set, brought along, and never silently passed over."""

from __future__ import annotations

from pathlib import Path

from outcomelang.cli.new import STARTER

from .conftest import Command

REVIEW = """\
accept uncapped-liability because "few are referred"
assume at most 1 Clients
cost £450 for each Client
"""
LOG = """\
id,participant,event,date,source
1,A,Referral,2026-05-01,Council
2,B,Referral,2026-05-02,Council
"""


def contract(folder: Path, review: str = REVIEW) -> None:
    (folder / "homes.outcome").write_text(STARTER, "utf-8")
    (folder / "homes.review").write_text(review, "utf-8")
    (folder / "events.csv").write_text(LOG, "utf-8")


def test_the_path_of_a_review_stands_for_its_contract(outcomelang: Command, tmp_path: Path) -> None:
    contract(tmp_path, "cost £450 for each Clint\n")
    done = outcomelang("check", "homes.review", "--format", "concise")
    assert done.returncode == 1
    assert done.stdout.decode().startswith("homes.review:1:20: error unknown-name:")
    assert done.stderr.decode() == "homes.review is a review: it is checked with its contract, homes.outcome.\n"


def test_what_a_review_accepts_is_listed_at_its_place(outcomelang: Command, tmp_path: Path) -> None:
    contract(tmp_path)
    said = outcomelang("check", ".", "--verbose").stderr.decode()
    assert "homes.review:1: accepted: uncapped-liability, because “few are referred”" in said


def test_a_review_without_a_contract_is_not_passed_over(outcomelang: Command, tmp_path: Path) -> None:
    contract(tmp_path)
    (tmp_path / "homes.review").rename(tmp_path / "hoomes.review")
    for verb in ("check", "test"):
        done = outcomelang(verb, ".")
        assert done.returncode == 2
        assert "hoomes.review" in done.stderr.decode() and "there is no hoomes.outcome" in done.stderr.decode()


def test_another_command_says_which_contract_to_name(outcomelang: Command, tmp_path: Path) -> None:
    contract(tmp_path)
    done = outcomelang("evaluate", "homes.review", "--events", "events.csv")
    assert done.returncode == 2
    assert "it is a review; name homes.outcome" in done.stderr.decode()


def test_reviews_are_set_like_contracts(outcomelang: Command, tmp_path: Path) -> None:
    contract(tmp_path, REVIEW.replace("at most", "not more than"))
    assert outcomelang("fmt", "--check", ".").returncode == 1
    assert outcomelang("fmt", ".").returncode == 0
    assert (tmp_path / "homes.review").read_text("utf-8") == REVIEW


def test_a_review_of_comments_alone_is_left_as_it_is(outcomelang: Command, tmp_path: Path) -> None:
    contract(tmp_path, "--  nothing yet\n")
    assert outcomelang("fmt", ".").returncode == 0
    assert (tmp_path / "homes.review").read_text("utf-8") == "--  nothing yet\n"


def test_a_reading_may_leave_the_review_out(outcomelang: Command, tmp_path: Path) -> None:
    contract(tmp_path)
    whole, handed_on = outcomelang("read", "homes.outcome"), outcomelang("read", "homes.outcome", "--without-review")
    assert "This stands in homes.review, which is no part of the agreement." in whole.stdout.decode()
    assert "review" not in handed_on.stdout.decode() and "£450" not in handed_on.stdout.decode()


def test_a_status_tells_what_the_log_breaks(outcomelang: Command, tmp_path: Path) -> None:
    contract(tmp_path)
    said = outcomelang("status", "homes.outcome", "--events", "events.csv", "--as-of", "2026-06-01").stdout.decode()
    assert "Assumed, and not so" in said
    assert "(homes.review:2) Broken on 2 May 2026." in " ".join(said.split())


def test_a_start_from_a_scheme_brings_its_review(outcomelang: Command, tmp_path: Path) -> None:
    assert outcomelang("new", "mine.outcome", "--from", "work-programme").returncode == 0
    assert "assume at most 40,000 Jobseekers     -- replace" in (tmp_path / "mine.review").read_text("utf-8")
    assert outcomelang("check", ".", "--fail-on", "error").returncode == 0
