from pathlib import Path

import pytest

from analysis.project import Project
from analysis.sample import write_sample

ROOT = Path(__file__).parent.parent


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The models and checks of this repository, with sample data of a small shop."""
    project = Project(root=ROOT, data=tmp_path / "data")
    write_sample(project.raw, customers=60)
    return project
