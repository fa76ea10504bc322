"""The same network in PyTorch, on a GPU where there is one."""

from __future__ import annotations

import os
from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray

from research.config import TrainingConfig

# cuBLAS gives the same results from run to run only with this, set before its first use.
os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")


class TorchMlp:
    """ReLU layers, cross-entropy, AdamW. Computes in double precision, as the NumPy model does."""

    def __init__(
        self,
        weights: Mapping[str, NDArray[np.float64]],
        training: TrainingConfig,
        device: str | None = None,
    ) -> None:
        self.device = device or ("cuda" if torch.cuda.is_available() else "cpu")
        # Fails rather than give other results from run to run.
        torch.use_deterministic_algorithms(True)
        layers: list[torch.nn.Module] = []
        count = len(weights) // 2
        for layer in range(count):
            fan_in, fan_out = weights[f"w{layer}"].shape
            layers.append(torch.nn.Linear(fan_in, fan_out, dtype=torch.float64))
            if layer < count - 1:
                layers.append(torch.nn.ReLU())
        self._network = torch.nn.Sequential(*layers).to(self.device)
        self.load(weights)
        self._optimizer = torch.optim.AdamW(
            self._network.parameters(),
            lr=training.learning_rate,
            weight_decay=training.weight_decay,
        )

    def step(self, x: NDArray[np.float64], y: NDArray[np.int64]) -> float:
        self._optimizer.zero_grad()
        logits = self._network(self._tensor(x))
        loss = torch.nn.functional.cross_entropy(logits, self._tensor(y))
        loss.backward()
        self._optimizer.step()
        return loss.item()

    def logits(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        with torch.no_grad():
            return self._network(self._tensor(x)).cpu().numpy()

    def state(self) -> dict[str, NDArray[np.float64]]:
        state: dict[str, NDArray[np.float64]] = {}
        for layer, linear in enumerate(self._linears()):
            # PyTorch keeps weights as (out, in), this project as (in, out).
            state[f"w{layer}"] = linear.weight.detach().cpu().numpy().T.copy()
            state[f"b{layer}"] = linear.bias.detach().cpu().numpy().copy()
        return state

    def load(self, state: Mapping[str, NDArray[np.float64]]) -> None:
        with torch.no_grad():
            for layer, linear in enumerate(self._linears()):
                linear.weight.copy_(self._tensor(state[f"w{layer}"].T.copy()))
                linear.bias.copy_(self._tensor(state[f"b{layer}"]))

    def _linears(self) -> list[torch.nn.Linear]:
        return [module for module in self._network if isinstance(module, torch.nn.Linear)]

    def _tensor(self, values: NDArray) -> torch.Tensor:
        return torch.from_numpy(values).to(self.device)
