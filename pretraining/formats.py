"""Number formats of LIFT prompts, vectorised over a column."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
LEVELS = 999
KNOTS = 33
TARGET_MARGIN = 0.1


def as_level(share: Array) -> NDArray[np.int64]:
    """0..1 to 0..999, rounded half up."""
    return np.floor(np.clip(share, 0, 1) * LEVELS + 0.5).astype(np.int64)


def scaled(values: Array, training: Array) -> NDArray[np.int64]:
    """Levels 0..999: the rank of a value among 33 training quantiles.

    Piecewise linear between quantiles; a value on which several coincide has the middle of their ranks.
    """
    quantiles = np.quantile(training, np.linspace(0, 1, KNOTS))
    first = np.searchsorted(quantiles, values, side='left')
    after = np.searchsorted(quantiles, values, side='right')
    lower, upper = quantiles[np.maximum(first - 1, 0)], quantiles[np.minimum(first, KNOTS - 1)]
    gap = np.where(upper > lower, upper - lower, 1.0)
    between = first - 1 + (values - lower) / gap
    between = np.where(first == 0, 0.0, np.where(first == KNOTS, KNOTS - 1, between))
    rank = np.where(after > first, (first + after - 1) / 2, between)
    return as_level(rank / (KNOTS - 1))


def scaled_linear(values: Array, training: Array, margin: float = TARGET_MARGIN) -> NDArray[np.int64]:
    """Levels 0..999 over the training range, widened on each side by a share of it."""
    reach = (training.max() - training.min()) * margin
    low, high = training.min() - reach, training.max() + reach
    if high <= low:
        return as_level(np.full(len(values), 0.5))
    return as_level((values - low) / (high - low))


def three_digits(levels: NDArray[np.int64]) -> list[str]:
    """Zero-padded texts."""
    return [f'{level:03d}' for level in levels.tolist()]


def plain(value: Decimal) -> str:
    """Without an exponent, and never a negative zero."""
    text = f'{value:f}'
    return text.lstrip('-') if value == 0 else text


def fixed(values: Array, decimals: int) -> list[str]:
    """Fixed decimals, exact ties away from zero."""
    unit = Decimal(1).scaleb(-decimals)
    return [plain(Decimal(value).quantize(unit, ROUND_HALF_UP)) for value in values.tolist()]


def significant(values: Array, digits: int) -> list[str]:
    """Significant digits in plain notation, ties away from zero, no trailing zeros after the point."""
    texts = []
    for value in values.tolist():
        exact = Decimal(value)
        text = plain(exact.quantize(Decimal(1).scaleb(exact.adjusted() - digits + 1), ROUND_HALF_UP))
        texts.append(text.rstrip('0').rstrip('.') if '.' in text else text)
    return texts


def as_is(values: Array, decimals: int) -> list[str]:
    """As a CSV file would show a number rounded to these decimals: no trailing zeros."""
    texts = fixed(values, decimals)
    return [text.rstrip('0').rstrip('.') for text in texts] if decimals else texts


def with_unit(text: str, unit: str) -> str:
    """A percent sign follows at once, another unit after a space."""
    if not unit:
        return text
    return text + unit if unit == '%' else f'{text} {unit}'
