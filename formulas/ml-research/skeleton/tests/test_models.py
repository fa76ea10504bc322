import sys

import numpy as np
import pytest

from research.config import Config, ConfigError, ModelConfig, TrainingConfig
from research.metrics import accuracy, confusion, cross_entropy
from research.models import build_model, initial_weights
from research.models.numpy_mlp import NumpyMlp


def small_batch() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(5)
    return rng.normal(size=(7, 2)), rng.integers(0, 3, size=7)


def small_weights() -> dict[str, np.ndarray]:
    return initial_weights(2, (5, 4), 3, np.random.default_rng(3))


def test_the_written_gradients_are_those_of_the_loss():
    x, y = small_batch()
    weights = small_weights()
    _, gradients = NumpyMlp(weights, TrainingConfig()).gradients(x, y)
    step = 1e-6
    for name, gradient in gradients.items():
        for index in np.ndindex(gradient.shape):
            losses = []
            for sign in (1, -1):
                moved = {key: value.copy() for key, value in weights.items()}
                moved[name][index] += sign * step
                losses.append(NumpyMlp(moved, TrainingConfig()).gradients(x, y)[0])
            numeric = (losses[0] - losses[1]) / (2 * step)
            assert gradient[index] == pytest.approx(numeric, abs=1e-6)


def test_a_step_lowers_the_loss():
    x, y = small_batch()
    model = NumpyMlp(small_weights(), TrainingConfig(learning_rate=0.01))
    losses = [model.step(x, y) for _ in range(30)]
    assert losses[-1] < 0.7 * losses[0]


def test_weights_can_be_taken_out_and_put_back():
    x, y = small_batch()
    model = NumpyMlp(small_weights(), TrainingConfig())
    before, state = model.logits(x), model.state()
    model.step(x, y)
    assert not np.array_equal(model.logits(x), before)
    model.load(state)
    np.testing.assert_array_equal(model.logits(x), before)


def test_metrics_of_logits():
    logits = np.array([[2.0, 0.0], [0.0, 2.0], [2.0, 0.0], [1000.0, -1000.0]])
    y = np.array([0, 1, 1, 0])
    assert accuracy(logits, y) == 0.75
    assert confusion(logits, y) == [[2, 0], [1, 1]]
    assert cross_entropy(np.zeros((2, 4)), np.array([0, 3])) == pytest.approx(np.log(4))
    assert np.isfinite(cross_entropy(logits, y))


def test_pytorch_learns_step_by_step_what_numpy_learns():
    pytest.importorskip("torch", reason='the extra "torch" is not installed')
    from research.models.torch_mlp import TorchMlp

    x, y = small_batch()
    training = TrainingConfig(weight_decay=0.01)
    ours = NumpyMlp(small_weights(), training)
    theirs = TorchMlp(small_weights(), training, device="cpu")
    for _ in range(10):
        assert theirs.step(x, y) == pytest.approx(ours.step(x, y), rel=1e-9)
    np.testing.assert_allclose(theirs.logits(x), ours.logits(x), rtol=1e-6, atol=1e-9)
    for name, value in ours.state().items():
        np.testing.assert_allclose(theirs.state()[name], value, rtol=1e-6, atol=1e-9)


def test_without_pytorch_the_message_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch):
    # None in sys.modules makes an import fail as if the package were not there.
    monkeypatch.setitem(sys.modules, "torch", None)
    monkeypatch.delitem(sys.modules, "research.models.torch_mlp", raising=False)
    config = Config(model=ModelConfig(backend="torch"))
    with pytest.raises(ConfigError, match="uv pip install"):
        build_model(config, 2, np.random.default_rng(0))
