"""Checks an exported folder: same logits as the trained decoder, and a tokenizer that loses nothing.

python pretraining/check_export.py CHECKPOINT.pt base-model
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from transformers import AutoTokenizer, LlamaForCausalLM

from documents import DocumentWriter, Mixture
from model import Decoder, ModelShape
from tokenizer import build_tokenizer


def largest_difference(checkpoint: Path, folder: Path) -> float:
    """Largest absolute difference of the logits on random tokens (F16 rounding of the weights is the only cause)."""
    state = torch.load(checkpoint, map_location='cpu', weights_only=False)
    ours = Decoder(ModelShape(**state['shape']))
    ours.load_state_dict({name: value.half().float() for name, value in state['average'].items()})
    theirs = LlamaForCausalLM.from_pretrained(folder, dtype=torch.float32)
    tokens = torch.randint(0, state['shape']['vocab'], (2, 300), generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        difference = ours.logits(ours.hidden(tokens)) - theirs(tokens).logits
    return float(difference.abs().max())


def check_tokenizer(folder: Path) -> int:
    """Documents encoded in pieces must equal their text encoded whole, and come back unchanged. Returns how many."""
    whole = AutoTokenizer.from_pretrained(folder)
    writer = DocumentWriter(build_tokenizer(), Mixture(), np.random.default_rng(0))
    documents = [document for _ in range(20) for document in writer.documents(512, 1.0)]
    for document in documents:
        ids = document.ids.tolist()
        text = whole.decode(ids)
        assert whole(text)['input_ids'] == ids, text
    for text in ['', ' ', 'Ünïcode 漢字 \U0001f600\n\t', 'a\u0000b', '<=50K, >50K. "quoted"', '  two  spaces ']:
        assert whole.decode(whole(text)['input_ids']) == text, text
    return len(documents)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('checkpoint', type=Path)
    parser.add_argument('folder', type=Path)
    arguments = parser.parse_args()
    print(f'tokenizer: {check_tokenizer(arguments.folder)} documents the same in pieces and whole')
    difference = largest_difference(arguments.checkpoint, arguments.folder)
    print(f'logits: largest difference to transformers {difference:.2e}')
    assert difference < 1e-3


if __name__ == '__main__':
    main()
