"""The log-probability of every completion of a row's tree, in one forward pass a row; as src/core/inference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import torch

from .job import Tree
from .model import LanguageModel


def tree_inputs(
    prompts: Sequence[Sequence[int]], trees: Sequence[Tree]
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Tokens [rows, length], masks [rows, 1, length, length] and positions [rows, length] of prompts with their trees."""
    length = max(len(p) + len(t.tokens) for p, t in zip(prompts, trees, strict=True))
    rows = len(prompts)
    tokens = torch.zeros(rows, length, dtype=torch.long)
    positions = torch.zeros(rows, length, dtype=torch.long)
    sees = torch.eye(length, dtype=torch.bool).repeat(rows, 1, 1)
    for row, (prompt, tree) in enumerate(zip(prompts, trees, strict=True)):
        start, end = len(prompt), len(prompt) + len(tree.tokens)
        tokens[row, :end] = torch.tensor([*prompt, *tree.tokens])
        positions[row, :start] = torch.arange(start)
        sees[row, :start, :start] = torch.ones(start, start, dtype=torch.bool).tril()
        if end == start:
            continue
        positions[row, start:end] = start + torch.tensor(tree.depths)
        sees[row, start:end, :start] = True
        # Token i is seen by the tokens i … visible_until[i] − 1.
        until = torch.tensor(tree.visible_until)
        place = torch.arange(end - start)
        sees[row, start:end, start:end] = (place[None, :] <= place[:, None]) & (place[:, None] < until[None, :])
    mask = torch.zeros(rows, 1, length, length).masked_fill_(~sees[:, None], torch.finfo(torch.float32).min)
    return tokens, mask, positions


@torch.no_grad()
def score(
    model: LanguageModel, prompts: Sequence[Sequence[int]], trees: Sequence[Tree], restricted: bool
) -> list[list[float]]:
    """
    :param restricted: each token competes only with those that can stand in its place, not with all tokens
    :returns: [rows][completions], natural logarithms
    """
    tokens, mask, positions = tree_inputs(prompts, trees)
    length = tokens.shape[1]
    parents = [sorted(set(tree.edge_parents)) for tree in trees]
    places = [
        row * length + len(prompt) + parent if parent >= 0 else row * length + len(prompt) - 1
        for row, (prompt, asked) in enumerate(zip(prompts, parents, strict=True))
        for parent in asked
    ]
    logits = model.logits(tokens, mask, torch.tensor(places, dtype=torch.long), positions)
    answers: list[list[float]] = []
    first = 0
    for tree, asked in zip(trees, parents, strict=True):
        edges = _edge_scores(logits[first : first + len(asked)], tree, asked, restricted)
        answers.append([float(edges[path].sum()) for path in tree.paths])
        first += len(asked)
    return answers


def _edge_scores(logits: torch.Tensor, tree: Tree, asked: list[int], restricted: bool) -> torch.Tensor:
    by_parent: dict[int, list[int]] = defaultdict(list)
    for edge, parent in enumerate(tree.edge_parents):
        by_parent[parent].append(edge)
    scores = torch.zeros(len(tree.edge_tokens), dtype=torch.float64)
    for place, parent in enumerate(asked):
        edges = by_parent[parent]
        targets = [tree.edge_tokens[edge] for edge in edges]
        row = logits[place].double()
        log_probabilities = torch.log_softmax(row[targets] if restricted else row, dim=-1)
        scores[edges] = (log_probabilities if restricted else log_probabilities[targets]).cpu()
    return scores
