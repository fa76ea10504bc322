"""Records of runs: written once, read many times, never edited."""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from research.config import Config, ConfigError, parse_config
from research.environment import describe_environment
from research.training import Epoch, Result


@dataclass(frozen=True)
class Record:
    """What `record.json` of a run says."""

    run: str
    experiment: str
    config: Config
    metrics: dict[str, Any]
    weights_digest: str
    environment: dict[str, Any]


def weights_digest(weights: Mapping[str, NDArray[np.float64]]) -> str:
    digest = hashlib.sha256()
    for name in sorted(weights):
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(weights[name]).tobytes())
    return digest.hexdigest()[:12]


def write_record(
    runs: Path, experiment: str, config: Config, result: Result, started: datetime, seconds: float
) -> Path:
    """Writes a run's folder and returns it. It appears as a whole or not at all."""
    run = f"{started:%Y%m%d-%H%M%S}-{experiment}-seed{config.seed}"
    folder = _free(runs / run)
    unfinished = runs / f".unfinished-{folder.name}"
    unfinished.mkdir(parents=True)
    try:
        record = {
            "run": folder.name,
            "experiment": experiment,
            "started": started.isoformat(timespec="seconds"),
            "seconds": round(seconds, 2),
            "config": config.as_dict(),
            "config_digest": config.digest(),
            "dataset_digest": result.dataset_digest,
            "metrics": {
                "best_epoch": result.best_epoch,
                "validation_accuracy": result.validation_accuracy,
                "test_accuracy": result.test_accuracy,
                "test_loss": result.test_loss,
                "test_confusion": result.test_confusion,
            },
            "weights_digest": weights_digest(result.weights),
            "device": result.device,
            "environment": describe_environment(Path.cwd()),
        }
        text = json.dumps(record, indent=2) + "\n"
        (unfinished / "record.json").write_text(text, encoding="utf-8")
        _write_history(unfinished / "history.csv", result.history)
        np.savez(unfinished / "weights.npz", **result.weights)
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished)
        raise
    return folder


def read_record(folder: Path) -> Record:
    """Reads one run. Raises ConfigError when the folder holds none that this code understands."""
    path = folder / "record.json"
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        return Record(
            run=values["run"],
            experiment=values["experiment"],
            config=parse_config(values["config"], str(path)),
            metrics=values["metrics"],
            weights_digest=values["weights_digest"],
            environment=values["environment"],
        )
    except FileNotFoundError:
        raise ConfigError(f"{folder}: there is no record.json") from None
    except (json.JSONDecodeError, KeyError) as error:
        raise ConfigError(f"{path}: is not a record of a run ({error})") from None


def read_records(runs: Path) -> list[Record]:
    """All runs of a folder, oldest first."""
    return [read_record(path.parent) for path in sorted(runs.glob("[!.]*/record.json"))]


def _free(folder: Path) -> Path:
    """Two runs of the same second get names of their own."""
    candidate, number = folder, 2
    while candidate.exists():
        candidate = folder.with_name(f"{folder.name}-{number}")
        number += 1
    return candidate


def _write_history(path: Path, history: list[Epoch]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [field.name for field in dataclasses.fields(Epoch)])
        writer.writeheader()
        writer.writerows(dataclasses.asdict(epoch) for epoch in history)
