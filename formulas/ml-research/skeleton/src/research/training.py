"""Trains a model and keeps the weights that did best on the validation part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from research.config import Config
from research.data import Dataset, Split, make_dataset
from research.metrics import accuracy, confusion, cross_entropy
from research.models import Classifier, build_model


@dataclass(frozen=True)
class Epoch:
    """One row of the learning curve."""

    epoch: int
    train_loss: float
    validation_loss: float
    validation_accuracy: float


@dataclass(frozen=True)
class Result:
    history: list[Epoch]
    best_epoch: int
    validation_accuracy: float
    test_accuracy: float
    test_loss: float
    test_confusion: list[list[int]]
    device: str
    dataset_digest: str
    weights: dict[str, NDArray[np.float64]]


def train(config: Config, on_epoch: Callable[[Epoch], None] | None = None) -> Result:
    """Runs an experiment. The test part is looked at once, with the weights chosen before."""
    dataset = make_dataset(config.data)
    weights_seed, order_seed = np.random.SeedSequence(config.seed).spawn(2)
    model = build_model(config, dataset.train.x.shape[1], np.random.default_rng(weights_seed))
    order = np.random.default_rng(order_seed)

    history: list[Epoch] = []
    best: Epoch | None = None
    best_weights = model.state()
    for number in range(1, config.training.epochs + 1):
        epoch = _run_epoch(number, model, dataset, config.training.batch_size, order)
        history.append(epoch)
        if best is None or epoch.validation_loss < best.validation_loss:
            best, best_weights = epoch, model.state()
        if on_epoch:
            on_epoch(epoch)
    assert best is not None, "a configuration has at least one epoch"

    model.load(best_weights)
    logits = model.logits(dataset.test.x)
    return Result(
        history=history,
        best_epoch=best.epoch,
        validation_accuracy=best.validation_accuracy,
        test_accuracy=accuracy(logits, dataset.test.y),
        test_loss=cross_entropy(logits, dataset.test.y),
        test_confusion=confusion(logits, dataset.test.y),
        device=model.device,
        dataset_digest=dataset.digest(),
        weights=best_weights,
    )


def _run_epoch(
    number: int, model: Classifier, dataset: Dataset, batch_size: int, rng: np.random.Generator
) -> Epoch:
    losses = [model.step(x, y) * y.size for x, y in _batches(dataset.train, batch_size, rng)]
    logits = model.logits(dataset.validation.x)
    return Epoch(
        epoch=number,
        train_loss=sum(losses) / dataset.train.y.size,
        validation_loss=cross_entropy(logits, dataset.validation.y),
        validation_accuracy=accuracy(logits, dataset.validation.y),
    )


def _batches(split: Split, size: int, rng: np.random.Generator):
    order = rng.permutation(split.y.size)
    for start in range(0, order.size, size):
        batch = order[start : start + size]
        yield split.x[batch], split.y[batch]
