"""Random functions: standardised inputs [rows, inputs] to outputs [rows, outputs], each column of about unit variance."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
RandomFunction = Callable[[np.random.Generator, Array, int], Array]


def standardised(values: Array) -> Array:
    """Columns with mean 0 and variance 1; constant columns become 0."""
    centred = values - values.mean(axis=0)
    return centred / (centred.std(axis=0) + 1e-9)


def feature_weights(rng: np.random.Generator, inputs: int) -> Array:
    """Importances: from all alike to a few that rule."""
    return rng.gamma(rng.choice([0.3, 1.0, 5.0]), size=inputs) + 1e-3


def linear(rng: np.random.Generator, x: Array, outputs: int) -> Array:
    """A weighted sum with uneven weights."""
    weights = rng.normal(size=(x.shape[1], outputs)) * np.sqrt(feature_weights(rng, x.shape[1]))[:, None]
    return standardised(x @ weights)


def network(rng: np.random.Generator, x: Array, outputs: int) -> Array:
    """A multilayer perceptron of one to three hidden layers."""
    hidden = x * np.sqrt(feature_weights(rng, x.shape[1]))
    for _ in range(int(rng.integers(1, 4))):
        width = int(rng.choice([4, 8, 16, 32]))
        hidden = standardised(hidden @ rng.normal(size=(hidden.shape[1], width))) * rng.uniform(0.5, 2.5)
        hidden = hidden + rng.normal(size=width) * 0.5
        activation = rng.integers(4)
        if activation == 0:
            hidden = np.tanh(hidden)
        elif activation == 1:
            hidden = np.maximum(hidden, 0)
        elif activation == 2:
            hidden = np.sin(hidden)
        else:
            hidden = np.abs(hidden)
    return standardised(hidden @ rng.normal(size=(hidden.shape[1], outputs)))


def tree(rng: np.random.Generator, x: Array, outputs: int) -> Array:
    """An axis-parallel tree whose splits are at random data points."""
    rows, inputs = x.shape
    chances = feature_weights(rng, inputs)
    chances = chances / chances.sum()
    leaf = np.zeros(rows, dtype=np.int64)
    for _ in range(int(rng.integers(1, 6))):
        for node in np.unique(leaf):
            members = np.flatnonzero(leaf == node)
            if len(members) < 4:
                continue
            feature = rng.choice(inputs, p=chances)
            threshold = x[members[rng.integers(len(members))], feature]
            leaf[members] = 2 * node + 1 + (x[members, feature] > threshold)
    _, leaf = np.unique(leaf, return_inverse=True)
    return standardised(rng.normal(size=(leaf.max() + 1, outputs))[leaf])


def forest(rng: np.random.Generator, x: Array, outputs: int) -> Array:
    """A sum of trees."""
    return standardised(sum(tree(rng, x, outputs) for _ in range(int(rng.integers(2, 7)))))


def smooth(rng: np.random.Generator, x: Array, outputs: int) -> Array:
    """Random Fourier features: a draw from a Gaussian process of random length scale."""
    scale = np.exp(rng.uniform(np.log(0.25), np.log(1.5)))
    relevance = np.sqrt(feature_weights(rng, x.shape[1]))
    relevance /= np.linalg.norm(relevance) + 1e-9
    frequencies = rng.normal(size=(x.shape[1], 48)) * scale * relevance[:, None] * 1.7
    features = np.cos(x @ frequencies + rng.uniform(0, 2 * np.pi, 48))
    return standardised(features @ rng.normal(size=(48, outputs)))


def additive(rng: np.random.Generator, x: Array, outputs: int) -> Array:
    """A sum of one-dimensional shapes: waves, steps, kinks, parabolas, exponentials."""
    rows, inputs = x.shape
    total = np.zeros((rows, outputs))
    weights = np.sqrt(feature_weights(rng, inputs))
    for j in range(inputs):
        column = x[:, j : j + 1] - rng.normal(size=(1, outputs)) * 0.7
        shape = rng.integers(6)
        if shape == 0:
            part = np.sin(column * rng.uniform(0.8, 4.0))
        elif shape == 1:
            part = np.sign(column)
        elif shape == 2:
            part = np.abs(column)
        elif shape == 3:
            part = column**2
        elif shape == 4:
            part = np.exp(np.clip(column * rng.choice([-1, 1]), -4, 2.5))
        else:
            part = column
        total += weights[j] * standardised(part) * rng.choice([-1, 1], size=outputs)
    return standardised(total)


def radial(rng: np.random.Generator, x: Array, outputs: int) -> Array:
    """Distance from random centres: rings, shells and blobs."""
    relevance = np.sqrt(feature_weights(rng, x.shape[1]))
    centres = rng.normal(size=(outputs, x.shape[1])) * rng.choice([0.1, 0.6])
    difference = (x[:, None, :] - centres[None]) * relevance
    order = rng.choice([1, 2])
    return standardised((np.abs(difference) ** order).sum(axis=2) ** (1 / order))


def products(rng: np.random.Generator, x: Array, outputs: int) -> Array:
    """Sums of products and differences of products (torques, areas, interactions)."""
    total = np.zeros((len(x), outputs))
    shifted = x + rng.choice([0.0, 2.5])
    for k in range(outputs):
        for _ in range(int(rng.integers(1, 4))):
            a, b = rng.integers(x.shape[1], size=2)
            total[:, k] += rng.normal() * shifted[:, a] * shifted[:, b]
    return standardised(total)


def prototypes(rng: np.random.Generator, x: Array, outputs: int) -> Array:
    """Closeness to one of several prototypes for each output, prototypes drawn from the rows."""
    per = int(rng.integers(1, 4))
    relevance = np.sqrt(feature_weights(rng, x.shape[1]))
    chosen = x[rng.integers(len(x), size=outputs * per)] + rng.normal(size=(outputs * per, x.shape[1])) * 0.2
    distance = (((x[:, None, :] - chosen[None]) * relevance) ** 2).sum(axis=2)
    return standardised(-np.sqrt(distance.reshape(len(x), outputs, per).min(axis=2)))


def counting(rng: np.random.Generator, x: Array, outputs: int) -> Array:
    """How many conditions on single features hold (votes, k of n, parity)."""
    total = np.zeros((len(x), outputs))
    for k in range(outputs):
        chosen = rng.choice(x.shape[1], size=int(rng.integers(1, min(x.shape[1], 6) + 1)), replace=False)
        holds = x[:, chosen] > np.quantile(x[:, chosen], rng.uniform(0.25, 0.75), axis=0)
        count = holds.sum(axis=1)
        total[:, k] = count % 2 if rng.random() < 0.2 else count
    return standardised(total + rng.normal(size=total.shape) * 1e-3)


FUNCTIONS: list[tuple[float, RandomFunction]] = [
    (0.16, linear),
    (0.16, network),
    (0.12, tree),
    (0.08, forest),
    (0.14, smooth),
    (0.10, additive),
    (0.06, radial),
    (0.06, products),
    (0.07, prototypes),
    (0.05, counting),
]


def random_function(rng: np.random.Generator, x: Array, outputs: int) -> Array:
    """One function of the family, or at times a mix of two."""
    chances = np.array([share for share, _ in FUNCTIONS])
    chances = chances / chances.sum()
    first = FUNCTIONS[rng.choice(len(FUNCTIONS), p=chances)][1](rng, x, outputs)
    if rng.random() > 0.2:
        return first
    second = FUNCTIONS[rng.choice(len(FUNCTIONS), p=chances)][1](rng, x, outputs)
    return standardised(first + rng.uniform(0.2, 1.0) * second)
