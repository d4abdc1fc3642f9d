"""The learning rate; as src/core/training/optimiser/schedule.ts."""

import math


def schedule_factor(kind: str, before: float, after: float, warmup: float) -> float:
    """
    :param before: share of the training that is done before this step, 0 … 1
    :param after: share that is done after it
    """
    if before < warmup:
        return min(1.0, after / warmup)
    done = min(1.0, (before - warmup) / (1 - warmup) if warmup < 1 else 1.0)
    if kind == "linear":
        return 1 - done
    if kind == "cosine":
        return 0.5 * (1 + math.cos(math.pi * done))
    return 1.0
