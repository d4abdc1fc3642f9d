"""Answers as text, as the paper generates them: greedy, and again at a temperature where no number can be read."""

from __future__ import annotations

import re
from typing import Any

import torch

from .model import LanguageModel

RETRY_TEMPERATURE = 0.75


class TextWriter:
    """Writes token by token; LIFT's own parser reads the texts in the end."""

    def __init__(self, model: LanguageModel, spec: dict[str, Any], seed: int):
        self.model, self.spec = model, spec
        self.generator = torch.Generator().manual_seed(seed)

    def write(self, prompt: list[int]) -> list[list[int]]:
        """:returns: the tokens of the greedy answer, then of as many further tries as were needed"""
        tries = [self._generate(prompt, 0.0)]
        while len(tries) <= self.spec["retries"] and not self._reads(tries[-1]):
            tries.append(self._generate(prompt, RETRY_TEMPERATURE))
        return tries

    @torch.no_grad()
    def _generate(self, prompt: list[int], temperature: float) -> list[int]:
        model = self.model.model
        answer: list[int] = []
        past, text = None, ""
        tokens = torch.tensor([prompt], device=self.model.device)
        while len(answer) < self.spec["maxTokens"]:
            out = model(input_ids=tokens, past_key_values=past, use_cache=True)
            past, logits = out.past_key_values, out.logits[0, -1].float().cpu()
            if temperature == 0:
                token = int(logits.argmax())
            else:
                weights = torch.softmax(logits / temperature, dim=-1)
                token = int(torch.multinomial(weights, 1, generator=self.generator))
            if token == self.spec["endOfText"]:
                break
            answer.append(token)
            text = self._text(answer)
            if self.spec["stop"] and self.spec["stop"] in text:
                break
            tokens = torch.tensor([[token]], device=self.model.device)
        return answer

    def _text(self, tokens: list[int]) -> str:
        texts = self.spec["texts"]
        return "".join(texts[token] for token in tokens if token < len(texts))

    def _reads(self, tokens: list[int]) -> bool:
        text = self._text(tokens).split(self.spec["stop"])[0] if self.spec["stop"] else self._text(tokens)
        return re.search(r"[0-9]", text) is not None
