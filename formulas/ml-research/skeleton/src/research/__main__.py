"""Command line: run, compare and replay experiments."""

from __future__ import annotations

import argparse
import sys
import time
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from research.comparison import compare, format_rows
from research.config import Config, ConfigError, load_config
from research.records import read_record, read_records, weights_digest, write_record
from research.training import Epoch, train


def main(arguments: list[str] | None = None) -> int:
    """Returns the exit code: 0 when all went well, 1 when a replay differs, 2 for wrong input."""
    parser = argparse.ArgumentParser(prog="research", description=__doc__)
    parser.add_argument("--runs", type=Path, default=Path("runs"), help="folder of the records")
    commands = parser.add_subparsers(required=True)

    run = commands.add_parser("run", help="run an experiment, once for each seed")
    run.add_argument("config", type=Path)
    run.add_argument("--seeds", type=_seeds, help="such as 1,2,3; without it that of the file")
    run.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="overrides")
    run.add_argument("--quiet", action="store_true", help="do not print the learning curve")
    run.set_defaults(command=_run)

    listing = commands.add_parser("compare", help="test accuracy of each experiment over its seeds")
    listing.set_defaults(command=_compare)

    replay = commands.add_parser("replay", help="run a recorded experiment again and compare")
    replay.add_argument("run", type=Path, help="folder of the run")
    replay.set_defaults(command=_replay)

    options = parser.parse_args(arguments)
    try:
        return options.command(options)
    except ConfigError as error:
        print(error, file=sys.stderr)
        return 2


def _run(options: argparse.Namespace) -> int:
    overrides = dict(_override(text) for text in options.overrides)
    base = load_config(options.config, overrides)
    # A changed configuration is another experiment: its name must not say otherwise.
    experiment = options.config.stem + ("-changed" if overrides else "")
    for seed in options.seeds or [base.seed]:
        config = Config(seed, base.data, base.model, base.training)
        started, clock = datetime.now(UTC), time.perf_counter()
        result = train(config, None if options.quiet else _print_epoch)
        seconds = time.perf_counter() - clock
        folder = write_record(options.runs, experiment, config, result, started, seconds)
        print(
            f"{folder}: test accuracy {result.test_accuracy:.4f}, "
            f"best epoch {result.best_epoch}, {seconds:.1f} s on {result.device}"
        )
    return 0


def _compare(options: argparse.Namespace) -> int:
    rows = compare(read_records(options.runs))
    print(format_rows(rows) if rows else f"There are no runs in {options.runs} yet.")
    return 0


def _replay(options: argparse.Namespace) -> int:
    record = read_record(options.run)
    result = train(record.config)
    before, now = record.metrics["test_accuracy"], result.test_accuracy
    if weights_digest(result.weights) == record.weights_digest:
        print(f"{record.run}: the same, bit by bit (test accuracy {now:.4f})")
        return 0
    print(f"{record.run}: differs; test accuracy was {before:.4f} and is {now:.4f}")
    return 1


def _print_epoch(epoch: Epoch) -> None:
    print(
        f"epoch {epoch.epoch:>3}  train {epoch.train_loss:.4f}  "
        f"validation {epoch.validation_loss:.4f}  accuracy {epoch.validation_accuracy:.4f}"
    )


def _seeds(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _override(text: str) -> tuple[str, Any]:
    key, separator, value = text.partition("=")
    if not separator:
        raise ConfigError(f"--set {text}: write it as KEY=VALUE, such as training.epochs=10")
    try:
        return key, tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        # A bare word: taken as text, so that quotes are not needed twice in a shell.
        return key, value


if __name__ == "__main__":
    sys.exit(main())
