from pathlib import Path

import pytest

from research.config import Config, ConfigError, load_config, parse_config

CONFIGS = Path(__file__).parent.parent / "configs"


@pytest.mark.parametrize("path", sorted(CONFIGS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_configuration_of_this_repository_can_be_read(path: Path):
    assert isinstance(load_config(path), Config)


def test_an_override_changes_one_value_only():
    base = load_config(CONFIGS / "baseline.toml")
    changed = load_config(CONFIGS / "baseline.toml", {"training.epochs": 5})
    assert changed.training.epochs == 5
    assert changed.model == base.model


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"epochs": 3}, "epochs is not known"),
        ({"training": {"epoch": 3}}, "training.epoch is not known; known are training.epochs"),
        ({"training": 3}, "training must be a section"),
        ({"training": {"epochs": "3"}}, "training.epochs must be a whole number, not '3'"),
        ({"training": {"epochs": True}}, "training.epochs must not be true"),
        ({"training": {"epochs": 0}}, "training.epochs must be at least 1"),
        ({"model": {"hidden": []}}, "model.hidden must name the width"),
        ({"model": {"hidden": [8, "8"]}}, "model.hidden must be a whole number"),
        ({"model": {"backend": "jax"}}, 'model.backend must be "numpy" or "torch"'),
        ({"data": {"classes": 1}}, "data.classes must be at least 2"),
    ],
)
def test_what_cannot_be_run_is_refused_by_name(values: dict, message: str):
    with pytest.raises(ConfigError, match=r"^here: ") as refused:
        parse_config(values, "here")
    assert message in str(refused.value)


def test_a_missing_file_is_named():
    with pytest.raises(ConfigError, match=r"nowhere\.toml: there is no such file"):
        load_config(Path("nowhere.toml"))


def test_seeds_share_a_digest_and_other_settings_do_not():
    assert Config(seed=1).digest() == Config(seed=2).digest()
    assert Config().digest() != parse_config({"model": {"hidden": [9]}}, "here").digest()
