"""Under what circumstances a run took place."""

from __future__ import annotations

import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any


def describe_environment(directory: Path) -> dict[str, Any]:
    """Versions, machine and commit, as far as they can be told."""
    return {
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "packages": {name: _version(name) for name in ("numpy", "torch")},
        "git": _git(directory),
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _git(directory: Path) -> dict[str, Any] | None:
    commit = _run(directory, "rev-parse", "HEAD")
    if commit is None:
        return None
    # Records of earlier runs are expected to be uncommitted: only code and configurations count.
    changes = _run(directory, "status", "--porcelain", "--", ":/", ":(top,exclude)runs")
    return {"commit": commit, "uncommitted_changes": bool(changes)}


def _run(directory: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=directory, capture_output=True, text=True, check=True
        )
    except (subprocess.CalledProcessError, FileNotFoundError):
        # Not a repository, no commit yet, or no git: the record then says null.
        return None
    return done.stdout.strip()
