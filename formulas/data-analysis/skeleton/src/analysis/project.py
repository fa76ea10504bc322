"""Where things are: code in the repository, data outside of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


class AnalysisError(Exception):
    """Something that a person can mend. The message names the file and says what to do."""


@dataclass(frozen=True)
class Project:
    #: Folder with `models/` and `checks/`.
    root: Path
    #: Folder of the data: `raw/`, the warehouse and the exported marts.
    data: Path

    @classmethod
    def from_environment(cls) -> Project:
        """The project in the current folder; ANALYSIS_DATA says where its data is."""
        root = Path.cwd()
        if not (root / "models").is_dir():
            raise AnalysisError(f"{root} has no folder models: run this in the repository")
        return cls(root=root, data=Path(os.environ.get("ANALYSIS_DATA") or root / "data"))

    @property
    def raw(self) -> Path:
        return self.data / "raw"

    @property
    def marts(self) -> Path:
        return self.data / "marts"

    @property
    def warehouse(self) -> Path:
        return self.data / "warehouse.duckdb"

    @property
    def check_results(self) -> Path:
        return self.data / "checks.json"
