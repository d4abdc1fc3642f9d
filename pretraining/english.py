"""Short plain English about made-up tables, so that names, units and free text are not foreign to the model."""

from __future__ import annotations

import numpy as np

from words import ADJECTIVES, FEATURE_WORDS, LABEL_WORDS, NOUNS, UNITS, made_up_word, pick

PATTERNS = [
    'The {noun} of the {noun2} is {adjective}.',
    'When the {noun} rises, the {noun2} falls.',
    'Most of the {noun2} in this {place} have a {adjective} {noun}.',
    'A {adjective} {noun} usually means a {adjective2} {noun2}.',
    'Each row of the table describes one {noun}, with its {noun2} in {unit}.',
    'We measured the {noun} in {unit} and the {noun2} in {unit2}.',
    'The {noun} is given in {unit}.',
    'It is known that the {noun} depends on the {noun2} and on the {noun3}.',
    'If the {noun} is {adjective}, then the answer is often {label}.',
    'There are {count} kinds of {noun}: {label}, {label2} and {label3}.',
    'The {noun} was {number} {unit}, which is more than the mean of {number2} {unit}.',
    'Question: what is the {noun} of the {noun2}? Answer: {label}.',
    'In the {place}, the {noun} was {adjective} for {count} {unit}.',
    'The {name} has a {adjective} {noun} and a {adjective2} {noun2}.',
    'Every {noun} with a {noun2} under {number} is called {label}.',
    'We do not know the {noun}, so it is written as unknown.',
    'This {noun} is not {adjective}, but it is {adjective2}.',
    'The {noun} and the {noun2} are both {adjective}.',
    'How does the {noun} change with the {noun2}? It grows by {number} {unit} for each {unit2}.',
    'You can predict the {noun} from the {noun2}, the {noun3} and the number of {noun4}.',
]


def sentence(rng: np.random.Generator) -> str:
    """One sentence."""
    pattern = PATTERNS[int(rng.integers(len(PATTERNS)))]
    fields = {
        **{f'noun{i}' if i > 1 else 'noun': pick(rng, NOUNS) for i in range(1, 5)},
        **{f'label{i}' if i > 1 else 'label': pick(rng, LABEL_WORDS) for i in range(1, 4)},
        'adjective': pick(rng, ADJECTIVES),
        'adjective2': pick(rng, ADJECTIVES),
        'unit': pick(rng, UNITS),
        'unit2': pick(rng, UNITS),
        'place': pick(rng, NOUNS),
        'name': made_up_word(rng).capitalize() if rng.random() < 0.5 else pick(rng, FEATURE_WORDS),
        'count': int(rng.integers(2, 12)),
        'number': round(float(rng.exponential(50)), int(rng.integers(0, 3))),
        'number2': round(float(rng.exponential(50)), int(rng.integers(0, 3))),
    }
    return pattern.format(**fields)


def paragraph(rng: np.random.Generator, characters: int) -> str:
    """Sentences until the text is about this long."""
    parts: list[str] = []
    while sum(map(len, parts)) < characters:
        parts.append(sentence(rng))
    return ' '.join(parts)
