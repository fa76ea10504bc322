"""How good a model is, from its logits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def log_softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Row by row. Shifted by the largest logit, so that it never overflows."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def cross_entropy(logits: NDArray[np.float64], y: NDArray[np.int64]) -> float:
    """Mean over the rows, in nats."""
    return float(-log_softmax(logits)[np.arange(y.size), y].mean())


def accuracy(logits: NDArray[np.float64], y: NDArray[np.int64]) -> float:
    """Share of rows whose largest logit is that of their class."""
    return float((logits.argmax(axis=1) == y).mean())


def confusion(logits: NDArray[np.float64], y: NDArray[np.int64]) -> list[list[int]]:
    """Rows are the true classes, columns the predicted ones."""
    classes = logits.shape[1]
    table = np.zeros((classes, classes), dtype=np.int64)
    np.add.at(table, (y, logits.argmax(axis=1)), 1)
    return table.tolist()
