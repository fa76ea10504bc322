from pathlib import Path

import pytest

from analysis.project import AnalysisError
from analysis.sample import write_sample


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_seed_writes_the_same_files(tmp_path: Path):
    for name in ("one", "two"):
        write_sample(tmp_path / name, customers=20)
    write_sample(tmp_path / "three", customers=20, seed=8)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert contents(tmp_path / "one") != contents(tmp_path / "three")
    assert sorted(contents(tmp_path / "one")) == [
        "customers.csv",
        "order_lines.csv",
        "orders.csv",
        "products.csv",
    ]


def test_data_that_is_there_is_not_overwritten_by_accident(tmp_path: Path):
    (tmp_path / "orders.csv").write_text("mine")
    with pytest.raises(AnalysisError, match="has data already"):
        write_sample(tmp_path)
    assert contents(tmp_path) == {"orders.csv": b"mine"}
    write_sample(tmp_path, customers=5, force=True)
    assert (tmp_path / "orders.csv").read_text() != "mine"
