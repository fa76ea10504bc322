"""Sums up runs: one row an experiment, over its seeds."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from research.records import Record


@dataclass(frozen=True)
class Row:
    experiment: str
    digest: str
    seeds: int
    mean: float
    #: Sample standard deviation over the seeds; absent for a single seed.
    deviation: float | None


def compare(records: Iterable[Record]) -> list[Row]:
    """Test accuracy of each experiment, best first.

    A seed that was run again counts once: the newest run is taken.
    """
    groups: dict[str, dict[int, Record]] = defaultdict(dict)
    for record in records:
        groups[record.config.digest()][record.config.seed] = record
    rows = []
    for digest, by_seed in groups.items():
        values = [record.metrics["test_accuracy"] for record in by_seed.values()]
        rows.append(
            Row(
                experiment=next(iter(by_seed.values())).experiment,
                digest=digest,
                seeds=len(values),
                mean=statistics.fmean(values),
                deviation=statistics.stdev(values) if len(values) > 1 else None,
            )
        )
    return sorted(rows, key=lambda row: row.mean, reverse=True)


def format_rows(rows: list[Row]) -> str:
    """A table in Markdown."""
    lines = [
        "| experiment | configuration | seeds | test accuracy |",
        "| --- | --- | --- | --- |",
    ]
    for row in rows:
        spread = "" if row.deviation is None else f" ± {row.deviation:.4f}"
        cells = (row.experiment, row.digest, str(row.seeds), f"{row.mean:.4f}{spread}")
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)
