"""Numbers of any written form, decoded under a grammar; as src/core/inference/number-decoder.ts and number-grammar.ts."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Any

import torch

from .choices import tree_inputs
from .job import Tree
from .model import LanguageModel

BEAMS = 16
LEAST_PROBABILITY = 1e-5
LEAST_REST = 1e-3


class NumberGrammar:
    """`before`, a sign, digits, a point, digits, and `end`."""

    def __init__(self, spec: dict[str, Any]):
        self.before, self.end = spec["before"], spec["end"]
        form = spec["form"]
        self.negative, self.integer_digits = form["negative"], form["integerDigits"]
        self.decimals = form["decimals"]
        least = self.decimals if form["fixedDecimals"] else 1
        fraction = rf"\.[0-9]{{{least},{self.decimals}}}" if self.decimals else ""
        fraction = fraction if form["fixedDecimals"] or not fraction else f"(?:{fraction})?"
        self.number = re.compile(rf"{'-?' if self.negative else ''}[0-9]{{1,{self.integer_digits}}}{fraction}")

    @property
    def longest(self) -> int:
        point = 1 + self.decimals if self.decimals else 0
        return len(self.before) + int(self.negative) + self.integer_digits + point + 1

    def read(self, text: str) -> float | bool | None:
        """:returns: the number of a whole answer; True of the beginning of one; None of neither"""
        if len(text) <= len(self.before):
            return True if self.before.startswith(text) else None
        if not text.startswith(self.before):
            return None
        rest = text[len(self.before) :]
        number = re.match(r"[-0-9.]*", rest).group()
        tail = rest[len(number) :]
        if tail == "":
            return True if self._begins(number) else None
        ended = self.end.startswith(tail) or tail.startswith(self.end)
        return float(number) if ended and self.number.fullmatch(number) else None

    def _begins(self, text: str) -> bool:
        found = re.fullmatch(r"(-?)([0-9]*)(\.?)([0-9]*)", text)
        if found is None:
            return False
        sign, integer, point, fraction = found.groups()
        if (sign and not self.negative) or len(integer) > self.integer_digits or len(fraction) > self.decimals:
            return False
        return not point or (integer != "" and self.decimals > 0)


@dataclass
class Beam:
    tokens: list[int] = field(default_factory=list)
    text: str = ""
    log_probability: float = 0.0


class NumberDecoder:
    """Continues the most probable beginnings of answers side by side; each token competes with those the grammar allows."""

    def __init__(self, model: LanguageModel, spec: dict[str, Any]):
        self.model = model
        self.grammar = NumberGrammar(spec)
        self.candidates = torch.tensor([token for token, _ in spec["candidates"]], device=model.device)
        self.texts = [text for _, text in spec["candidates"]]
        self.known: dict[str, list[tuple[int, str, float | None]]] = {}

    def decode(self, prompt: list[int]) -> dict[str, Any]:
        """The distribution over the numbers of one prompt: values ascending, their probabilities, what was followed."""
        masses: dict[float, float] = {}
        beams = [Beam()]
        for _ in range(self.grammar.longest):
            if not beams:
                break
            grown: list[Beam] = []
            for beam, row in zip(beams, self._continue(prompt, beams), strict=True):
                grown += self._grow(beam, row, masses)
            beams = self._best(grown)
        coverage = sum(masses.values())
        values = sorted(masses)
        return {"v": values, "p": [masses[v] / coverage for v in values] if coverage > 0 else [], "c": coverage}

    @torch.no_grad()
    def _continue(self, prompt: list[int], beams: list[Beam]) -> torch.Tensor:
        """Logits of the candidates after each beam: [beams, candidates]."""
        tree, ends = _forest([beam.tokens for beam in beams])
        tokens, mask, positions = tree_inputs([prompt], [tree])
        places = torch.tensor([len(prompt) + end for end in ends])
        return self.model.logits(tokens, mask, places, positions)[:, self.candidates].double().cpu()

    def _grow(self, beam: Beam, row: torch.Tensor, masses: dict[float, float]) -> list[Beam]:
        continuations = self._continuations(beam.text)
        if not continuations:
            return []
        columns = [column for column, _, _ in continuations]
        scores = torch.log_softmax(row[columns], dim=-1).tolist()
        grown = []
        for (column, text, number), score in zip(continuations, scores, strict=True):
            log_probability = beam.log_probability + score
            if number is None:
                grown.append(Beam([*beam.tokens, int(self.candidates[column])], text, log_probability))
            else:
                masses[number] = masses.get(number, 0.0) + math.exp(log_probability)
        return grown

    def _best(self, beams: list[Beam]) -> list[Beam]:
        kept = [beam for beam in beams if beam.log_probability > math.log(LEAST_PROBABILITY)]
        kept.sort(key=lambda beam: -beam.log_probability)
        kept = kept[:BEAMS]
        return kept if sum(math.exp(beam.log_probability) for beam in kept) >= LEAST_REST else []

    def _continuations(self, text: str) -> list[tuple[int, str, float | None]]:
        if text not in self.known:
            readings = [(column, text + token, self.grammar.read(text + token)) for column, token in enumerate(self.texts)]
            self.known[text] = [(c, t, None if r is True else r) for c, t, r in readings if r is not None]
        return self.known[text]


def _forest(beams: list[list[int]]) -> tuple[Tree, list[int]]:
    """Beams one after the other behind the prompt, none seeing another; and the place of each one's last token."""
    tokens: list[int] = []
    depths: list[int] = []
    until: list[int] = []
    ends: list[int] = []
    for beam in beams:
        tokens += beam
        depths += range(len(beam))
        until += [len(tokens)] * len(beam)
        ends.append(len(tokens) - 1 if beam else -1)
    return Tree(tokens, depths, until, [], [], []), ends
