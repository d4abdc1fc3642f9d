"""Random feature matrices: independent, correlated, clustered, or the nodes of a causal graph."""

from __future__ import annotations

import numpy as np

from prior.functions import Array, random_function, standardised


def independent(rng: np.random.Generator, rows: int, width: int) -> Array:
    """Normal or uniform columns."""
    if rng.random() < 0.5:
        return rng.normal(size=(rows, width))
    return rng.uniform(-1.73, 1.73, size=(rows, width))


def correlated(rng: np.random.Generator, rows: int, width: int) -> Array:
    """Few hidden factors seen through many columns, with noise."""
    factors = int(rng.integers(1, max(2, min(width, 8)) + 1))
    hidden = independent(rng, rows, factors)
    mixed = standardised(hidden @ rng.normal(size=(factors, width)))
    return standardised(mixed + rng.normal(size=mixed.shape) * rng.uniform(0.05, 0.8))


def clustered(rng: np.random.Generator, rows: int, width: int) -> Array:
    """A mixture of Gaussians of uneven spread."""
    count = int(rng.integers(2, 12))
    member = rng.choice(count, size=rows, p=rng.dirichlet(np.full(count, 3.0)))
    centres = rng.normal(size=(count, width))
    spread = rng.uniform(0.1, 0.9) * rng.gamma(4.0, 0.25, size=(count, width))
    return standardised(centres[member] + rng.normal(size=(rows, width)) * spread[member])


def causal(rng: np.random.Generator, rows: int, width: int) -> Array:
    """Nodes in order, each a random function of up to three earlier ones plus noise."""
    total = min(width, 12)
    nodes = independent(rng, rows, total)
    for j in range(1, total):
        if rng.random() < 0.25:
            continue
        parents = rng.choice(j, size=min(j, int(rng.integers(1, 4))), replace=False)
        noise = rng.uniform(0.05, 0.8)
        nodes[:, j] = random_function(rng, nodes[:, parents], 1)[:, 0] + noise * nodes[:, j]
    if width > total:
        copies = nodes[:, rng.integers(total, size=width - total)]
        nodes = np.concatenate([nodes, copies + rng.normal(size=copies.shape) * rng.uniform(0.1, 1.0)], axis=1)
    return standardised(nodes[:, rng.permutation(width)])


def random_inputs(rng: np.random.Generator, rows: int, width: int) -> Array:
    """One of the families, standardised."""
    family = rng.choice(4, p=[0.3, 0.25, 0.25, 0.2])
    return [independent, correlated, clustered, causal][family](rng, rows, width)
