"""Muon for the decoder's matrices, AdamW for the embedding and the norms, and the learning-rate schedule.

Muon (Jordan et al., 2024) replaces a matrix's momentum by its nearest semi-orthogonal matrix, found by a
Newton-Schulz iteration; it learns more from few tokens than AdamW does.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

NEWTON_SCHULZ = (3.4445, -4.7750, 2.0315)
ITERATIONS = 5
# Of the order of the embedding's mean gradient: tokens that hardly occur get small steps instead of full ones, with which
# the softmax's tiny push on them would carry them all in one direction.
RARE_TOKEN_EPSILON = 1e-4


def orthogonalised(matrices: Tensor) -> Tensor:
    """The nearest semi-orthogonal matrices, approximately; input [count, rows, columns]."""
    a, b, c = NEWTON_SCHULZ
    wide = matrices.shape[-2] <= matrices.shape[-1]
    x = matrices if wide else matrices.mT
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(ITERATIONS):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x if wide else x.mT


class Muon(torch.optim.Optimizer):
    """Parameters are grouped by shape and updated in one batch; `parts` tells how many matrices one parameter fuses."""

    def __init__(self, parameters: list[tuple[nn.Parameter, int]], lr: float, momentum: float, weight_decay: float) -> None:
        groups: dict[tuple[int, ...], dict[str, object]] = {}
        for parameter, parts in parameters:
            key = (*parameter.shape, parts)
            groups.setdefault(key, {'params': [], 'parts': parts})
            groups[key]['params'].append(parameter)
        super().__init__(list(groups.values()), {'lr': lr, 'momentum': momentum, 'weight_decay': weight_decay})

    @torch.no_grad()
    def step(self) -> None:
        """One update from the gradients at hand."""
        for group in self.param_groups:
            directions = []
            for parameter in group['params']:
                state = self.state[parameter]
                if 'momentum' not in state:
                    state['momentum'] = torch.zeros_like(parameter)
                state['momentum'].mul_(group['momentum']).add_(parameter.grad)
                directions.append(parameter.grad.add(state['momentum'], alpha=group['momentum']))
            parts = group['parts']
            rows, columns = group['params'][0].shape
            stacked = torch.stack(directions).view(-1, rows // parts, columns)
            scale = max(1.0, (rows // parts) / columns) ** 0.5
            updates = orthogonalised(stacked).reshape(-1, rows, columns)
            for parameter, update in zip(group['params'], updates, strict=True):
                parameter.mul_(1 - group['lr'] * group['weight_decay'])
                parameter.add_(update, alpha=-group['lr'] * scale)


def build_optimisers(
    model: nn.Module, matrix_rate: float, other_rate: float, momentum: float = 0.95, weight_decay: float = 0.02
) -> list[torch.optim.Optimizer]:
    """Muon over the blocks' matrices (query, key, value and gate, up apart), AdamW over the rest."""
    matrices: list[tuple[nn.Parameter, int]] = []
    others: list[nn.Parameter] = []
    for name, parameter in model.named_parameters():
        if name.startswith('blocks') and parameter.dim() == 2:
            matrices.append((parameter, 3 if '.qkv.' in name else 2 if '.gate_up.' in name else 1))
        else:
            others.append(parameter)
    return [
        Muon(matrices, matrix_rate, momentum, weight_decay),
        torch.optim.AdamW(others, lr=other_rate, betas=(0.9, 0.97), weight_decay=0.0, eps=RARE_TOKEN_EPSILON),
    ]


def rate_factor(step: int, progress: float, warmup_steps: int, cooldown: float) -> float:
    """Warm-up by steps, then constant, then linear to zero over the last part of the budget (`progress` in 0..1)."""
    warm = min(1.0, (step + 1) / warmup_steps)
    down = min(1.0, max(0.0, 1 - progress) / cooldown) if cooldown > 0 else 1.0
    return warm * down
