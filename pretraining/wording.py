"""Words for a random task: column names, category values, class labels, and the text of every cell."""

from __future__ import annotations

import string

import numpy as np
from numpy.typing import NDArray

from formats import as_is, fixed, scaled, significant, three_digits, with_unit
from prior.task import CategoryColumn, Column
from render import MISSING
from words import FEATURE_WORDS, LABEL_WORDS, UNITS, VALUE_WORDS, made_up_word, pick


def distinct(rng: np.random.Generator, count: int, words: list[str]) -> list[str]:
    """`count` different words of a list; made-up ones when the list is too short."""
    if count <= len(words):
        return [words[i] for i in rng.choice(len(words), size=count, replace=False)]
    made: dict[str, None] = {}
    while len(made) < count:
        made[made_up_word(rng) + made_up_word(rng)] = None
    return list(made)


def class_labels(rng: np.random.Generator, classes: int) -> list[str]:
    """Label texts: words, codes, letters, yes and no, made-up words, two words."""
    style = rng.random()
    if style < 0.3:
        return distinct(rng, classes, LABEL_WORDS)
    if style < 0.5:
        first = int(rng.integers(0, 2))
        return [str(first + k) for k in range(classes)]
    if style < 0.62 and classes <= 26:
        letters = list(string.ascii_uppercase if rng.random() < 0.7 else string.ascii_lowercase)
        return letters[:classes] if rng.random() < 0.6 else distinct(rng, classes, letters)
    if style < 0.7 and classes == 2:
        pairs = [('no', 'yes'), ('false', 'true'), ('bad', 'good'), ('negative', 'positive'), ('low', 'high')]
        return list(pairs[int(rng.integers(len(pairs)))])
    if style < 0.78:
        stem = pick(rng, LABEL_WORDS)
        return [f'{stem} {k + 1}' for k in range(classes)]
    if style < 0.86:
        return [f'{a} {b}' for a, b in zip(distinct(rng, classes, LABEL_WORDS), distinct(rng, classes, FEATURE_WORDS), strict=True)]
    made: dict[str, None] = {}
    while len(made) < classes:
        made[made_up_word(rng)] = None
    capital = rng.random() < 0.35
    return [word.capitalize() if capital else word for word in made]


def category_values(rng: np.random.Generator, levels: int) -> list[str]:
    """Texts of category levels."""
    style = rng.random()
    if style < 0.2:
        first = int(rng.integers(0, 2))
        return [str(first + k) for k in range(levels)]
    if style < 0.3 and levels <= 26:
        return list((string.ascii_lowercase if rng.random() < 0.6 else string.ascii_uppercase)[:levels])
    if style < 0.42 and levels == 2:
        pairs = [('no', 'yes'), ('off', 'on'), ('false', 'true'), ('0', '1'), ('x', 'o')]
        return list(pairs[int(rng.integers(len(pairs)))])
    if style < 0.85:
        return distinct(rng, levels, VALUE_WORDS)
    if style < 0.92:
        return [f'{a} {b}' for a, b in zip(distinct(rng, levels, VALUE_WORDS), distinct(rng, levels, FEATURE_WORDS), strict=True)]
    return list({made_up_word(rng) + str(k) if k else made_up_word(rng): None for k in range(levels)})


def column_name(rng: np.random.Generator) -> str:
    """One to three words."""
    count = int(rng.choice([1, 2, 3], p=[0.4, 0.45, 0.15]))
    words = [pick(rng, FEATURE_WORDS) if rng.random() < 0.9 else made_up_word(rng) for _ in range(count)]
    return ' '.join(words) + (f' {int(rng.integers(1, 10))}' if rng.random() < 0.05 else '')


def cell_texts(
    rng: np.random.Generator, column: Column, rows: NDArray[np.int64], use_scaled: bool, unit_allowed: bool
) -> list[str]:
    """The texts of these rows of a column; formats are fitted on all rows."""
    missing = column.missing[rows]
    if isinstance(column, CategoryColumn):
        if use_scaled and rng.random() < 0.35:
            codes = column.codes.astype(float)
            return with_missing(three_digits(scaled(codes[rows], codes)), missing)
        values = category_values(rng, column.levels)
        return with_missing([values[code] for code in column.codes[rows].tolist()], missing)
    numbers = column.values[rows]
    if use_scaled:
        texts = three_digits(scaled(numbers, column.values))
    else:
        style = rng.random()
        if style < 0.6:
            texts = as_is(numbers, column.decimals)
        elif style < 0.8:
            texts = fixed(numbers, column.decimals)
        else:
            texts = significant(numbers, int(rng.integers(2, 5)))
        if unit_allowed and rng.random() < 0.4:
            unit = '%' if rng.random() < 0.1 else pick(rng, UNITS)
            texts = [with_unit(text, unit) for text in texts]
    return with_missing(texts, missing)


def with_missing(texts: list[str], missing: NDArray[np.bool_]) -> list[str]:
    """Writes the missing phrase where a cell is empty."""
    if not missing.any():
        return texts
    return [MISSING if gone else text for text, gone in zip(texts, missing.tolist(), strict=True)]
