"""Builds tokenizer.json: a lossless byte-level BPE in which every digit is a token of its own.

The merges are constructed, not only counted: a short counted part gives pieces for unseen words; then every word of the
lists and every fixed text of the templates is made one token. The column slots of the compact template (" B", " AA")
come first of all, and no other merge begins with a space and a capital, so that a category value written directly
behind its column letter ("Bred") still splits after the letter.
"""

from __future__ import annotations

import json
import string
from collections import Counter
from pathlib import Path

from tokenizers import Tokenizer, decoders, pre_tokenizers
from tokenizers.models import BPE

from words import ADJECTIVES, LABELS, LANGUAGE, NOUNS, UNITS, VALUES, unique

END_OF_TEXT = '<|endoftext|>'
SPACE = 'Ġ'
TEMPLATE_PIECES = ['Ġx', 'Ġy', 'ĠThe', 'The', 'ĠWhat', 'What', 'ĠWhen', 'When', 'Ġ###', '@@@', 'Ġunknown', 'unknown', '?', '...', 'Ġ=', 'Ġ(', 'Ġ-']
COUNTED_MERGES = 420


def byte_alphabet() -> list[str]:
    """The 256 printable stand-ins of GPT-2's byte-level coding, sorted."""
    return sorted(pre_tokenizers.ByteLevel.alphabet())


class MergeList:
    """Symbols and ranked merges, with the encoding they imply."""

    def __init__(self) -> None:
        self.symbols = [END_OF_TEXT, *byte_alphabet()]
        self.known = set(self.symbols)
        self.merges: list[tuple[str, str]] = []
        self.rank: dict[tuple[str, str], int] = {}

    def add(self, left: str, right: str) -> None:
        """Appends a merge; the joined symbol is added when new."""
        if (left, right) in self.rank:
            return
        self.rank[(left, right)] = len(self.merges)
        self.merges.append((left, right))
        if left + right not in self.known:
            self.known.add(left + right)
            self.symbols.append(left + right)

    def encode(self, word: str) -> list[str]:
        """Greedy BPE by rank."""
        parts = list(word)
        while len(parts) > 1:
            ranked = [(self.rank.get(pair, len(self.rank)), i) for i, pair in enumerate(zip(parts, parts[1:], strict=False))]
            best, at = min(ranked)
            if best == len(self.rank):
                break
            parts[at : at + 2] = [parts[at] + parts[at + 1]]
        return parts

    def add_word(self, word: str) -> None:
        """Makes the word a single token by joining its present parts from the left."""
        parts = self.encode(word)
        joined = parts[0]
        for part in parts[1:]:
            self.add(joined, part)
            joined += part


def counted_pairs(merges: MergeList, words: list[str], limit: int) -> None:
    """Adds the `limit` most frequent pairs of the word list, one at a time, as BPE training does."""
    split = [merges.encode(word) for word in words]
    for _ in range(limit):
        pairs = Counter(pair for parts in split for pair in zip(parts, parts[1:], strict=False))
        (left, right), _count = max(pairs.items(), key=lambda item: (item[1], item[0]))
        merges.add(left, right)
        for parts in split:
            i = 0
            while i + 1 < len(parts):
                if parts[i] == left and parts[i + 1] == right:
                    parts[i : i + 2] = [left + right]
                i += 1


def build_merges() -> MergeList:
    """Column slots, then counted pieces, then whole words and template texts."""
    merges = MergeList()
    for letter in string.ascii_uppercase:
        merges.add(SPACE, letter)
    for first in 'ABC':
        for second in string.ascii_uppercase:
            merges.add(SPACE + first, second)
    words = unique(LANGUAGE + LABELS + VALUES + NOUNS + ADJECTIVES + UNITS)
    counted_pairs(merges, [form for word in words for form in (word, SPACE + word)], COUNTED_MERGES)
    for piece in TEMPLATE_PIECES:
        merges.add_word(piece)
    for word in unique(LANGUAGE + LABELS + VALUES):
        merges.add_word(SPACE + word)
    for word in unique(NOUNS + ADJECTIVES + UNITS):
        merges.add_word(SPACE + word)
    for word in unique(VALUES):
        merges.add_word(word)
    return merges


def build_tokenizer() -> Tokenizer:
    """The tokenizer as a `tokenizers` object."""
    merges = build_merges()
    vocabulary = {symbol: i for i, symbol in enumerate(merges.symbols)}
    tokenizer = Tokenizer(BPE(vocab=vocabulary, merges=merges.merges))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([END_OF_TEXT])
    return tokenizer


def write_tokenizer(folder: Path, context: int) -> Tokenizer:
    """Writes tokenizer.json and tokenizer_config.json into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = build_tokenizer()
    tokenizer.save(str(folder / 'tokenizer.json'))
    config = {
        'tokenizer_class': 'PreTrainedTokenizerFast',
        'bos_token': None,
        'eos_token': END_OF_TEXT,
        'pad_token': END_OF_TEXT,
        'unk_token': None,
        'add_bos_token': False,
        'add_eos_token': False,
        'clean_up_tokenization_spaces': False,
        'model_max_length': context,
    }
    (folder / 'tokenizer_config.json').write_text(json.dumps(config, indent=2) + '\n')
    return tokenizer


if __name__ == '__main__':
    built = write_tokenizer(Path(__file__).parent.parent / 'base-model', 2048)
    print(f'vocabulary: {built.get_vocab_size()} tokens')
