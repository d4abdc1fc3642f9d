"""Writes a copying circuit into a fresh decoder, so that a small run need not spend its budget on finding one.

In the first layer a head looks at the previous token (a rotary phase shift) and marks tokens that follow " ###": those
are the labels of the rows above. In a later layer all heads let " ###" attend to marked tokens and copy them. So the
decoder starts as a vote over the labels in its context; training makes it weigh them.
"""

from __future__ import annotations

import torch
from torch import Tensor

from model import EMBEDDING_SCALE, Decoder

SHARPNESS = 10.0
LABEL_SCORE = 8.0
COMMON = 3.0


def unit(vector: Tensor) -> Tensor:
    return vector / vector.norm()


@torch.no_grad()
def write_copying_circuit(model: Decoder, question_end: int, copy_layer: int) -> None:
    """Changes the embedding, one head of layer 0 and the attention of `copy_layer`."""
    shape = model.shape
    hidden, width = shape.hidden, shape.hidden // shape.heads
    half = width // 2
    generator = torch.Generator().manual_seed(0)
    common = unit(torch.randn(hidden, generator=generator))
    marker = torch.randn(hidden, generator=generator)
    marker = unit(marker - (marker @ common) * common)
    embed = model.embed.weight
    embed -= torch.outer(embed @ common, common)
    embed -= torch.outer(embed @ marker, marker)
    end = unit(embed[question_end].clone())
    embed += COMMON * common
    size = (EMBEDDING_SCALE**2 * hidden + COMMON**2) ** 0.5
    gain = hidden**0.5 / size

    frequency = shape.rope_theta ** (-torch.arange(half).float() / half)
    amplitude = (SHARPNESS * width**0.5) ** 0.5 / (gain * COMMON)
    quick = (frequency > 0.02).float() * amplitude
    first = model.blocks[0]
    query, key, value = first.qkv.weight.view(3, shape.heads, width, hidden).unbind(0)
    key[0] = torch.outer(torch.cat([quick, torch.zeros(half)]), common)
    query[0] = torch.outer(torch.cat([quick * frequency.cos(), -quick * frequency.sin()]), common)
    value[0] = 0
    value[0, 0] = end
    first.out.weight[:, 0] = marker * 0.5

    copy = model.blocks[copy_layer]
    query, key, value = copy.qkv.weight.view(3, shape.heads, width, hidden).unbind(0)
    slow = torch.zeros(width)
    slow[half - 2 : half] = (LABEL_SCORE * width**0.5 / 2) ** 0.5 / (gain * 5.0)
    query[:] = torch.outer(slow, end)
    key[:] = torch.outer(slow, marker)
    query += torch.randn(query.shape, generator=generator) * 0.02
    key += torch.randn(key.shape, generator=generator) * 0.02
    value[:] = torch.eye(hidden).view(shape.heads, width, hidden)
    copy.out.weight[:] = torch.eye(hidden)
