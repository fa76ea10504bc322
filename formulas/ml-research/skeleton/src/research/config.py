"""What an experiment is made of, read from a TOML file and checked before anything runs."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_type_hints


class ConfigError(ValueError):
    """A configuration that cannot be run. The message names the file and the key."""


def _broken(*rules: tuple[str, bool]) -> list[str]:
    return [rule for rule, holds in rules if not holds]


@dataclass(frozen=True)
class DataConfig:
    classes: int = 3
    samples_per_class: int = 400
    noise: float = 0.12
    seed: int = 2024

    def problems(self) -> list[str]:
        return _broken(
            ("data.classes must be at least 2", self.classes >= 2),
            ("data.samples_per_class must be at least 10", self.samples_per_class >= 10),
            ("data.noise must not be negative", self.noise >= 0),
        )


@dataclass(frozen=True)
class ModelConfig:
    backend: str = "numpy"
    hidden: tuple[int, ...] = (48, 48)

    def problems(self) -> list[str]:
        return _broken(
            (
                f'model.backend must be "numpy" or "torch", not "{self.backend}"',
                self.backend in ("numpy", "torch"),
            ),
            (
                "model.hidden must name the width of at least one layer, each 1 or more",
                bool(self.hidden) and min(self.hidden) >= 1,
            ),
        )


@dataclass(frozen=True)
class TrainingConfig:
    epochs: int = 60
    batch_size: int = 64
    learning_rate: float = 0.005
    weight_decay: float = 0.0001

    def problems(self) -> list[str]:
        return _broken(
            ("training.epochs must be at least 1", self.epochs >= 1),
            ("training.batch_size must be at least 1", self.batch_size >= 1),
            ("training.learning_rate must be above 0", self.learning_rate > 0),
            ("training.weight_decay must not be negative", self.weight_decay >= 0),
        )


@dataclass(frozen=True)
class Config:
    seed: int = 1
    data: DataConfig = field(default_factory=DataConfig)
    model: ModelConfig = field(default_factory=ModelConfig)
    training: TrainingConfig = field(default_factory=TrainingConfig)

    def problems(self) -> list[str]:
        return [*self.data.problems(), *self.model.problems(), *self.training.problems()]

    def as_dict(self) -> dict[str, Any]:
        """Plain values, as JSON has them."""
        return json.loads(json.dumps(dataclasses.asdict(self)))

    def digest(self) -> str:
        """Names the experiment without its seed: runs that share it may be averaged."""
        values = self.as_dict()
        del values["seed"]
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:12]


def load_config(path: Path, overrides: dict[str, Any] | None = None) -> Config:
    """Reads a configuration. `overrides` has dotted keys, such as `training.epochs`.

    Raises ConfigError for what is unknown, of the wrong type or out of range.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path}: there is no such file") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: {error}") from None
    for key, value in (overrides or {}).items():
        *sections, name = key.split(".")
        target = values
        for section in sections:
            target = target.setdefault(section, {})
            if not isinstance(target, dict):
                raise ConfigError(f"{path}: {section} of {key} is not a section")
        target[name] = value
    return parse_config(values, str(path))


def parse_config(values: dict[str, Any], source: str) -> Config:
    """Makes a configuration of plain values; `source` is named in errors."""
    config = _build(Config, values, source, "")
    problems = config.problems()
    if problems:
        raise ConfigError(f"{source}: {'; '.join(problems)}")
    return config


def _build(cls: type, values: dict[str, Any], source: str, prefix: str) -> Any:
    hints = get_type_hints(cls)
    unknown = sorted(set(values) - set(hints))
    if unknown:
        known = ", ".join(prefix + name for name in hints)
        raise ConfigError(f"{source}: {prefix}{unknown[0]} is not known; known are {known}")
    built = {}
    for name, value in values.items():
        built[name] = _convert(hints[name], value, source, prefix + name)
    return cls(**built)


def _convert(hint: Any, value: Any, source: str, key: str) -> Any:
    if dataclasses.is_dataclass(hint):
        if not isinstance(value, dict):
            raise ConfigError(f"{source}: {key} must be a section")
        return _build(hint, value, source, f"{key}.")
    # In Python a bool is an int as well: `epochs = true` must not mean 1.
    if isinstance(value, bool):
        raise ConfigError(f"{source}: {key} must not be {str(value).lower()}")
    if hint is float and isinstance(value, int | float):
        return float(value)
    if hint is int and isinstance(value, int):
        return value
    if hint is str and isinstance(value, str):
        return value
    if hint == tuple[int, ...] and isinstance(value, list):
        return tuple(_convert(int, item, source, key) for item in value)
    wanted = {int: "a whole number", float: "a number", str: "a text"}.get(
        hint, "a list of whole numbers"
    )
    raise ConfigError(f"{source}: {key} must be {wanted}, not {value!r}")
