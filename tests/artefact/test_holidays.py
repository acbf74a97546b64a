"""The holidays of a contract are in its artefact: read back, it needs no file; another list is another contract."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from outcomelang import Contract, check, compile_contract, evaluate

TEXT = """\
contract "Working days"
commissioner Council
provider Charity
currency GBP
term beginning on 1 April 2025 and ending on 31 December 2025
claims up to and including 31 December 2025
holidays "holidays.csv"
participant Client, joins on Referral, once
event Referral is an input, recorded by the Council
payment Fee: the Council pays the Charity £10 for each Client, due 2 working days after Referral
"""


def compiled(folder: Path, holidays: str) -> Contract:
    (folder / "contract.outcome").write_text(TEXT)
    (folder / "holidays.csv").write_text(holidays)
    return compile_contract(folder / "contract.outcome")


def test_a_contract_read_back_counts_as_before_without_the_file(tmp_path: Path) -> None:
    contract = compiled(tmp_path, "date\n2025-05-05\n")
    (tmp_path / "holidays.csv").unlink()
    rows = [{"id": "1", "participant": "A", "event": "Referral", "date": "2025-05-02", "source": "Council"}]
    (entry,) = evaluate(Contract.from_json(contract.to_json()), rows).entries
    assert entry.due == date(2025, 5, 7)


def test_the_digest_covers_the_days_and_not_how_the_file_is_written(tmp_path: Path) -> None:
    first = compiled(tmp_path, "date,holiday\n2025-05-05,Early May\n2025-05-26,Spring\n")
    other_way = "\ufeffholiday, Date\r\nSpring, 2025-05-26\r\n\r\nEarly May,2025-05-05\r\nEarly May,2025-05-05\r\n"
    same = compiled(tmp_path, other_way)
    other = compiled(tmp_path, "date\n2025-05-05\n")
    assert first.digest == same.digest != other.digest


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("day\n2025-05-05\n", "no column “date”"),
        ("date\n05/05/2025\n", "line 2 of"),
        ("date\n2025-02-30\n", "line 2 of"),
        ("date\n2025-05-05\n3025-05-05\n", "not between 1900 and 2100"),
        ("name,date\nEarly May\n", "line 2 of"),
        ('date\n"2025-05-05\n', "not written as a CSV file"),
        ("date\n20250505\n", "line 2 of"),
    ],
)
def test_a_file_that_does_not_list_days_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "contract.outcome").write_text(TEXT)
    (tmp_path / "holidays.csv").write_text(text)
    (found,) = check(tmp_path / "contract.outcome")
    assert found.name == "holidays-unreadable"
    assert said in found.message


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "contract.outcome").write_text(TEXT)
    (tmp_path / "holidays.csv").write_bytes(b"date\n\xff\xfe\n")
    assert [found.name for found in check(tmp_path / "contract.outcome")] == ["holidays-unreadable"]
    (tmp_path / "holidays.csv").unlink()
    (tmp_path / "holidays.csv").mkdir()
    assert [found.name for found in check(tmp_path / "contract.outcome")] == ["holidays-unreadable"]
