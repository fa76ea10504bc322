import csv
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from research.__main__ import main
from research.comparison import compare, format_rows
from research.config import Config, TrainingConfig, load_config
from research.records import read_record, read_records, weights_digest, write_record
from research.training import train

CONFIGS = Path(__file__).parent.parent / "configs"
SHORT = Config(training=TrainingConfig(epochs=3))
STARTED = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_the_baseline_learns_the_spirals():
    result = train(load_config(CONFIGS / "baseline.toml"))
    assert result.test_accuracy > 0.95
    assert result.history[-1].train_loss < 0.3 * result.history[0].train_loss
    assert sum(map(sum, result.test_confusion)) == 240


def test_the_same_seed_gives_the_same_weights_bit_by_bit():
    assert weights_digest(train(SHORT).weights) == weights_digest(train(SHORT).weights)


def test_another_seed_gives_other_weights_on_the_same_data():
    first, second = train(SHORT), train(replace(SHORT, seed=2))
    assert weights_digest(first.weights) != weights_digest(second.weights)
    assert first.dataset_digest == second.dataset_digest


def test_the_weights_of_the_best_epoch_are_kept():
    result = train(SHORT)
    losses = [epoch.validation_loss for epoch in result.history]
    assert result.best_epoch == losses.index(min(losses)) + 1


def test_a_record_has_all_that_a_repetition_needs(tmp_path: Path):
    result = train(SHORT)
    folder = write_record(tmp_path, "short", SHORT, result, STARTED, 1.25)
    assert folder.name == "20260102-030405-short-seed1"
    record = read_record(folder)
    assert record.config == SHORT
    assert record.metrics["test_accuracy"] == result.test_accuracy
    assert record.environment["packages"]["numpy"] == np.__version__
    with (folder / "history.csv").open() as file:
        assert [row["epoch"] for row in csv.DictReader(file)] == ["1", "2", "3"]
    with np.load(folder / "weights.npz") as weights:
        assert weights_digest(weights) == record.weights_digest


def test_a_second_run_of_the_same_second_overwrites_nothing(tmp_path: Path):
    result = train(SHORT)
    first = write_record(tmp_path, "short", SHORT, result, STARTED, 1)
    second = write_record(tmp_path, "short", SHORT, result, STARTED, 1)
    assert first != second
    assert len(read_records(tmp_path)) == 2


def test_a_run_that_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch):
    def full(*_args, **_kwargs):
        raise OSError("no space left")

    monkeypatch.setattr("research.records.np.savez", full)
    with pytest.raises(OSError, match="no space left"):
        write_record(tmp_path, "short", SHORT, train(SHORT), STARTED, 1)
    assert list(tmp_path.iterdir()) == []


def test_runs_are_averaged_over_seeds_and_a_repeated_seed_counts_once(tmp_path: Path):
    for seed in (1, 2, 2):
        config = replace(SHORT, seed=seed)
        write_record(tmp_path, "short", config, train(config), STARTED, 1)
    (row,) = compare(read_records(tmp_path))
    assert (row.experiment, row.seeds) == ("short", 2)
    assert f"| short | {SHORT.digest()} | 2 | {row.mean:.4f} ± " in format_rows([row])


def test_from_the_command_line_to_a_replay(tmp_path: Path, capsys: pytest.CaptureFixture):
    baseline = str(CONFIGS / "baseline.toml")
    runs = ["--runs", str(tmp_path)]
    run = ["run", baseline, "--seeds", "3,4", "--set", "training.epochs=2", "--quiet"]
    assert main([*runs, *run]) == 0
    folders = sorted(tmp_path.iterdir())
    assert [read_record(folder).config.seed for folder in folders] == [3, 4]
    assert folders[0].name.endswith("-baseline-changed-seed3")

    assert main([*runs, "compare"]) == 0
    assert main([*runs, "replay", str(folders[0])]) == 0
    assert "the same, bit by bit" in capsys.readouterr().out

    values = json.loads((folders[0] / "record.json").read_text())
    values["config"]["seed"] = 9
    (folders[0] / "record.json").write_text(json.dumps(values))
    assert main([*runs, "replay", str(folders[0])]) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "nowhere.toml"], "nowhere.toml: there is no such file"),
        (["run", str(CONFIGS / "baseline.toml"), "--set", "epochs"], "write it as KEY=VALUE"),
        (["replay", "nowhere"], "nowhere: there is no record.json"),
    ],
)
def test_wrong_input_is_told_and_ends_with_2(arguments, message, capsys: pytest.CaptureFixture):
    assert main(arguments) == 2
    assert message in capsys.readouterr().err
