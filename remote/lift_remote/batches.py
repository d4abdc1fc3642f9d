"""Texts side by side, padded on the right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch

from .job import Example


@dataclass(frozen=True)
class Batch:
    tokens: torch.Tensor  # [rows, length]
    mask: torch.Tensor  # [rows, length]
    places: torch.Tensor  # [N], flat: the token after which a target is asked
    targets: torch.Tensor  # [N]


def pad(texts: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    length = max(len(text) for text in texts)
    tokens = torch.zeros(len(texts), length, dtype=torch.long)
    mask = torch.zeros(len(texts), length, dtype=torch.long)
    for row, text in enumerate(texts):
        tokens[row, : len(text)] = torch.tensor(text)
        mask[row, : len(text)] = 1
    return tokens, mask


def collate(examples: Sequence[Example]) -> Batch:
    tokens, mask = pad([example.tokens for example in examples])
    length = tokens.shape[1]
    places = [row * length + p - 1 for row, example in enumerate(examples) for p in example.loss]
    targets = [example.tokens[p] for example in examples for p in example.loss]
    return Batch(tokens, mask, torch.tensor(places, dtype=torch.long), torch.tensor(targets, dtype=torch.long))


def fitting(lengths: Sequence[int], most: int) -> Iterator[list[int]]:
    """Numbers of texts, longest first, in groups of at most `most` tokens with their padding; a longer one stands alone."""
    group: list[int] = []
    for number in sorted(range(len(lengths)), key=lambda n: -lengths[n]):
        if group and lengths[group[0]] * (len(group) + 1) > most:
            yield group
            group = []
        group.append(number)
    if group:
        yield group
