"""A random table: columns as a person would meet them (numbers, codes, words, gaps) and a target."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prior.functions import Array, random_function, standardised
from prior.inputs import random_inputs


@dataclass
class NumberColumn:
    """Numeric cells; `decimals` is how many places the raw text shows."""

    values: Array
    missing: NDArray[np.bool_]
    decimals: int


@dataclass
class CategoryColumn:
    """Cells as small codes; their words are chosen by the renderer."""

    codes: NDArray[np.int64]
    missing: NDArray[np.bool_]
    levels: int


Column = NumberColumn | CategoryColumn


@dataclass
class Task:
    """`classes` is 0 for regression; then `target` holds numbers, else class codes."""

    columns: list[Column]
    target: Array | NDArray[np.int64]
    classes: int


def class_count(rng: np.random.Generator) -> int:
    """Mostly few classes, at times up to 32."""
    if rng.random() < 0.04:
        return int(rng.integers(11, 33))
    return int(rng.choice([2, 3, 4, 5, 6, 7, 8, 9, 10], p=[0.36, 0.2, 0.14, 0.08, 0.05, 0.04, 0.03, 0.03, 0.07]))


def binned(rng: np.random.Generator, score: Array, classes: int) -> NDArray[np.int64]:
    """A score cut into classes of uneven size; half of the time the class order is shuffled."""
    shares = rng.dirichlet(np.full(classes, rng.choice([1.5, 5.0, 50.0])))
    cuts = np.quantile(score, np.clip(np.cumsum(shares)[:-1], 0, 1))
    codes = np.searchsorted(cuts, score)
    return rng.permutation(classes)[codes] if rng.random() < 0.5 else codes


def classify(rng: np.random.Generator, x: Array, classes: int) -> NDArray[np.int64]:
    """Class codes of standardised rows, by one of three mechanisms, with noise."""
    noise = rng.choice([0.0, 0.05, 0.2, 0.5], p=[0.4, 0.25, 0.2, 0.15])
    mechanism = rng.random()
    if mechanism < 0.45:
        logits = random_function(rng, x, classes) + rng.normal(size=classes) * rng.choice([0.0, 0.3])
        codes = (logits + noise * rng.normal(size=logits.shape)).argmax(axis=1)
    elif mechanism < 0.8 or classes > 12:
        score = random_function(rng, x, 1)[:, 0]
        codes = binned(rng, score + noise * rng.normal(size=len(x)), classes)
    else:
        groups = classes * int(rng.integers(1, 4))
        centres = x[rng.choice(len(x), size=groups, replace=len(x) < groups)]
        relevance = np.sqrt(rng.gamma(1.0, size=x.shape[1]) + 1e-3)
        distance = (((x[:, None, :] - centres[None]) * relevance) ** 2).sum(axis=2)
        distance += noise * distance.mean() * rng.normal(size=distance.shape) * 0.3
        codes = rng.permutation(np.arange(groups) % classes)[distance.argmin(axis=1)]
    flips = rng.random(len(x)) < rng.choice([0.0, 0.05, 0.15], p=[0.6, 0.25, 0.15])
    return np.where(flips, rng.integers(classes, size=len(x)), codes)


def cluster_task(rng: np.random.Generator, rows: int, width: int, classes: int) -> tuple[Array, NDArray[np.int64]]:
    """Classes as Gaussian clusters: the class is drawn first, the features follow it."""
    groups = classes * int(rng.choice([1, 1, 2, 3]))
    member = rng.choice(groups, size=rows, p=rng.dirichlet(np.full(groups, 8.0)))
    useful = rng.random(width) < rng.uniform(0.4, 1.0)
    centres = rng.normal(size=(groups, width)) * useful * np.exp(rng.normal(size=width) * 0.5)
    if rng.random() < 0.3:
        centres = np.round(centres)
    mix = rng.normal(size=(width, width)) * rng.uniform(0, 0.6) / np.sqrt(width) + np.eye(width)
    noise = rng.normal(size=(rows, width)) @ mix * rng.uniform(0.15, 1.0)
    return standardised(centres[member] + noise), (np.arange(groups) % classes)[member]


def flag_task(rng: np.random.Generator, rows: int, width: int, classes: int) -> tuple[Array, NDArray[np.int64]]:
    """Each class has a pattern of few-valued cells, and cells are redrawn at random (as of a faulty display)."""
    levels = int(rng.choice([2, 2, 3, 4]))
    patterns = rng.integers(levels, size=(classes, width))
    codes = rng.integers(classes, size=rows)
    redraw = rng.random((rows, width)) < rng.uniform(0.02, 0.35)
    cells = np.where(redraw, rng.integers(levels, size=(rows, width)), patterns[codes])
    return cells.astype(float), codes


def as_column(rng: np.random.Generator, values: Array, cells: str) -> Column:
    """Turns a standardised column into what a table shows."""
    missing = np.zeros(len(values), dtype=bool)
    if rng.random() < 0.08:
        missing = rng.random(len(values)) < rng.uniform(0.01, 0.3)
    distinct = np.unique(values)
    if cells == 'category' or (cells == 'mixed' and rng.random() < 0.5):
        levels = int(rng.choice([2, 2, 3, 3, 4, 5, 6, 8, 12]))
        if len(distinct) > levels:
            cuts = np.quantile(values, np.sort(rng.uniform(0.05, 0.95, size=levels - 1)))
            codes = np.searchsorted(cuts, values)
        else:
            codes = np.searchsorted(distinct, values)
            levels = len(distinct)
        return CategoryColumn(codes.astype(np.int64), missing, levels)
    style = rng.random()
    if style < 0.22 and len(distinct) > 12:
        values = np.floor(values * rng.choice([0.7, 1.5, 3.0, 6.0]))
    elif style < 0.34:
        values = np.exp(values * rng.uniform(0.5, 1.5))
    elif style < 0.40 and len(distinct) > 12:
        values = np.maximum(values, np.quantile(values, rng.uniform(0.1, 0.7)))
    scale = 10.0 ** rng.uniform(-1, 3)
    return NumberColumn(values * scale + rng.choice([0.0, rng.normal() * 3 * scale]), missing, int(rng.integers(0, 4)))


def random_task(rng: np.random.Generator, rows: int, width: int, regression: bool) -> Task:
    """A task of the given size. Distractor columns are part of the width."""
    cells = str(rng.choice(['number', 'mixed', 'category'], p=[0.7, 0.2, 0.1]))
    classes = 0 if regression else class_count(rng)
    kind = rng.random()
    if not regression and kind < 0.18:
        x, target = cluster_task(rng, rows, width, classes)
    elif not regression and kind < 0.24 and width >= 3:
        x, target = flag_task(rng, rows, width, classes)
        cells = str(rng.choice(['number', 'category']))
    else:
        x = random_inputs(rng, rows, width)
        if cells == 'category' or rng.random() < 0.12:
            x = standardised(np.floor(x * rng.choice([0.6, 1.0, 2.0])))
        used = np.flatnonzero(rng.random(width) < rng.choice([1.0, 1.0, 0.7, 0.4]))
        used = used if len(used) else np.array([rng.integers(width)])
        target = numeric_target(rng, x[:, used]) if regression else classify(rng, x[:, used], classes)
        noise = rng.choice([0.0, 0.1, 0.4], p=[0.6, 0.25, 0.15])
        x = x + noise * rng.normal(size=x.shape) if noise and cells != 'category' else x
    return Task([as_column(rng, x[:, j], cells) for j in range(width)], target, classes)


def numeric_target(rng: np.random.Generator, x: Array) -> Array:
    """A noisy, at times skewed or rounded number."""
    y = random_function(rng, x, 1)[:, 0]
    y = y + rng.choice([0.0, 0.1, 0.3, 0.7], p=[0.3, 0.3, 0.25, 0.15]) * rng.normal(size=len(y))
    shape = rng.random()
    if shape < 0.2:
        y = np.exp(y * rng.uniform(0.4, 1.2))
    elif shape < 0.35:
        y = np.round(y * rng.choice([1.0, 2.0, 4.0]))
    return y * 10.0 ** rng.uniform(-1, 3) + rng.normal() * 10.0
