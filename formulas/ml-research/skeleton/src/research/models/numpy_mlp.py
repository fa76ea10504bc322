"""A multi-layer perceptron with its gradients written out: no framework, runs everywhere."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from research.config import TrainingConfig
from research.metrics import cross_entropy, log_softmax

Weights = dict[str, NDArray[np.float64]]

BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8


class NumpyMlp:
    """ReLU layers, cross-entropy, AdamW."""

    device = "cpu"

    def __init__(self, weights: Weights, training: TrainingConfig) -> None:
        self._weights = {name: value.copy() for name, value in weights.items()}
        self._layers = len(weights) // 2
        self._training = training
        self._mean = {name: np.zeros_like(value) for name, value in weights.items()}
        self._square = {name: np.zeros_like(value) for name, value in weights.items()}
        self._steps = 0

    def step(self, x: NDArray[np.float64], y: NDArray[np.int64]) -> float:
        loss, gradients = self.gradients(x, y)
        self._steps += 1
        rate, decay = self._training.learning_rate, self._training.weight_decay
        for name, gradient in gradients.items():
            weight = self._weights[name]
            mean = self._mean[name] = BETA1 * self._mean[name] + (1 - BETA1) * gradient
            square = self._square[name] = BETA2 * self._square[name] + (1 - BETA2) * gradient**2
            # Both averages start at zero: without this the first steps would be too small.
            unbiased_mean = mean / (1 - BETA1**self._steps)
            unbiased_square = square / (1 - BETA2**self._steps)
            weight *= 1 - rate * decay
            weight -= rate * unbiased_mean / (np.sqrt(unbiased_square) + EPSILON)
        return loss

    def gradients(self, x: NDArray[np.float64], y: NDArray[np.int64]) -> tuple[float, Weights]:
        """Loss of a batch, and its derivative by every weight."""
        activations = self._activations(x)
        logits = activations[-1]
        loss = cross_entropy(logits, y)
        error = np.exp(log_softmax(logits))
        error[np.arange(y.size), y] -= 1
        error /= y.size
        gradients: Weights = {}
        for layer in reversed(range(self._layers)):
            below = activations[layer]
            gradients[f"w{layer}"] = below.T @ error
            gradients[f"b{layer}"] = error.sum(axis=0)
            if layer > 0:
                error = (error @ self._weights[f"w{layer}"].T) * (below > 0)
        return loss, gradients

    def logits(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        return self._activations(x)[-1]

    def state(self) -> Weights:
        return {name: value.copy() for name, value in self._weights.items()}

    def load(self, state: Mapping[str, NDArray[np.float64]]) -> None:
        for name, weight in self._weights.items():
            weight[...] = state[name]

    def _activations(self, x: NDArray[np.float64]) -> list[NDArray[np.float64]]:
        activations = [x]
        for layer in range(self._layers):
            value = activations[-1] @ self._weights[f"w{layer}"] + self._weights[f"b{layer}"]
            last = layer == self._layers - 1
            activations.append(value if last else np.maximum(value, 0.0))
        return activations
