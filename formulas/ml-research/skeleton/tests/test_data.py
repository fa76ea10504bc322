import numpy as np

from research.config import DataConfig
from research.data import make_dataset


def test_the_same_seed_draws_the_same_points():
    assert make_dataset(DataConfig()).digest() == make_dataset(DataConfig()).digest()


def test_another_seed_draws_other_points():
    assert make_dataset(DataConfig(seed=1)).digest() != make_dataset(DataConfig(seed=2)).digest()


def test_no_point_is_in_two_parts_and_none_is_lost():
    dataset = make_dataset(DataConfig(classes=4, samples_per_class=50))
    points = np.concatenate([dataset.train.x, dataset.validation.x, dataset.test.x])
    assert len(np.unique(points, axis=0)) == 200
    assert (len(dataset.train.y), len(dataset.validation.y), len(dataset.test.y)) == (120, 40, 40)


def test_the_training_part_is_scaled_and_has_every_class():
    train = make_dataset(DataConfig()).train
    np.testing.assert_allclose(train.x.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(train.x.std(axis=0), 1)
    assert set(train.y) == {0, 1, 2}
