"""The data set: interleaved spirals, drawn from a seed, so that there is nothing to download."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from research.config import DataConfig


@dataclass(frozen=True)
class Split:
    """Points of shape (n, 2) and their class of shape (n,)."""

    x: NDArray[np.float64]
    y: NDArray[np.int64]


@dataclass(frozen=True)
class Dataset:
    train: Split
    validation: Split
    test: Split

    def digest(self) -> str:
        """Changes when a single point or its split changes."""
        digest = hashlib.sha256()
        for split in (self.train, self.validation, self.test):
            digest.update(split.x.tobytes())
            digest.update(split.y.tobytes())
        return digest.hexdigest()[:12]


def make_dataset(config: DataConfig) -> Dataset:
    """Draws the spirals and splits them: 60 % to train, 20 % to validate, 20 % to test."""
    rng = np.random.default_rng(config.seed)
    radius = np.tile(np.linspace(0.05, 1.0, config.samples_per_class), config.classes)
    y = np.repeat(np.arange(config.classes), config.samples_per_class)
    turn = 2 * np.pi * y / config.classes
    angle = turn + 4.5 * radius + rng.normal(0.0, config.noise, radius.size)
    x = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)

    order = rng.permutation(y.size)
    first, second = int(0.6 * y.size), int(0.8 * y.size)
    train, validation, test = np.split(order, [first, second])
    # Scaled by what the training part shows: the other parts must not leak into it.
    mean, scale = x[train].mean(axis=0), x[train].std(axis=0)
    x = (x - mean) / scale
    return Dataset(
        train=Split(x[train], y[train]),
        validation=Split(x[validation], y[validation]),
        test=Split(x[test], y[test]),
    )
