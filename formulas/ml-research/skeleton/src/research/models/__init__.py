"""Models behind one interface, whatever computes them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from research.config import Config, ConfigError


class Classifier(Protocol):
    """What training needs of a model."""

    #: Where it computes, such as "cpu" or "cuda".
    device: str

    def step(self, x: NDArray[np.float64], y: NDArray[np.int64]) -> float:
        """Learns from one batch; returns its loss before the update."""
        ...

    def logits(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """One row for each row of x, one column for each class."""
        ...

    def state(self) -> dict[str, NDArray[np.float64]]:
        """Copies of all weights, by name: w0, b0, w1, ..."""
        ...

    def load(self, state: Mapping[str, NDArray[np.float64]]) -> None:
        """Takes over weights that state() gave."""
        ...


def initial_weights(
    inputs: int, hidden: tuple[int, ...], classes: int, rng: np.random.Generator
) -> dict[str, NDArray[np.float64]]:
    """He initialisation. Drawn here for every backend, so that they start from the same weights."""
    sizes = [inputs, *hidden, classes]
    weights: dict[str, NDArray[np.float64]] = {}
    for layer, (fan_in, fan_out) in enumerate(pairwise(sizes)):
        weights[f"w{layer}"] = rng.normal(0.0, np.sqrt(2.0 / fan_in), (fan_in, fan_out))
        weights[f"b{layer}"] = np.zeros(fan_out)
    return weights


def build_model(config: Config, inputs: int, rng: np.random.Generator) -> Classifier:
    """The model that the configuration asks for, with fresh weights."""
    weights = initial_weights(inputs, config.model.hidden, config.data.classes, rng)
    if config.model.backend == "numpy":
        from research.models.numpy_mlp import NumpyMlp

        return NumpyMlp(weights, config.training)
    try:
        from research.models.torch_mlp import TorchMlp
    except ModuleNotFoundError as error:
        if error.name != "torch":
            raise
        raise ConfigError(
            "model.backend is torch, which is not installed: run `uv pip install -e '.[torch]'`"
        ) from None
    return TorchMlp(weights, config.training)
