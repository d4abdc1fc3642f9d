"""Writes small tokenizers of every kind that the supported models use, and what the reference implementation
(the Rust library behind Python's `tokenizers`) makes of some texts, for test/core/model.

Usage: python make_tokenizers.py FOLDER   (test/core/model/fixtures/tokenizers)
"""

import json
import random
import sys

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

chance = random.Random(0)
words = "sepal petal length width setosa versicolor virginica price age income the is what should be when we have".split()
corpus = []
for _ in range(400):
    row = [f"{chance.choice(words)} {chance.choice(words)}={chance.randint(0, 99)}.{chance.randint(0, 9)}" for _ in range(4)]
    corpus.append(f"When we have {', '.join(row)}, what should be the {chance.choice(words)}? ###  {chance.choice(words)}@@@\n")
    corpus.append(f"A{chance.randint(0, 999)} B{chance.randint(0, 999)} ### {chance.choice(words)}@@@\n\n  naïve café über, don't we're\n")

gpt4 = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}%s| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"


def split(numbers):
    return pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(gpt4 % numbers), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )


def bytes_bpe(pre_tokenizer, normalizer=None, special=("<|endoftext|>",), ignore_merges=False):
    tokenizer = Tokenizer(models.BPE(ignore_merges=ignore_merges))
    if normalizer is not None:
        tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizer
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=420, special_tokens=list(special), initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator(corpus, trainer)
    return tokenizer


def sentencepiece_bpe(normalizer, pre_tokenizer, decoder):
    tokenizer = Tokenizer(models.BPE(byte_fallback=True, unk_token="<unk>", fuse_unk=True))
    trainer = trainers.BpeTrainer(
        vocab_size=520, special_tokens=["<unk>", "<s>", "</s>"] + [f"<0x{byte:02X}>" for byte in range(256)],
        show_progress=False,
    )
    tokenizer.normalizer = normalizers.Replace(" ", "▁")
    # Trained by words, so that no token holds a space inside; then used as Llama does.
    tokenizer.train_from_iterator([word for line in corpus for word in line.replace(" ", "\x00▁").split("\x00")], trainer)
    written = json.loads(tokenizer.to_str())
    # The byte tokens are ordinary vocabulary in Llama's files.
    written["added_tokens"] = [token for token in written["added_tokens"] if not token["content"].startswith("<0x")]
    tokenizer = Tokenizer.from_str(json.dumps(written))
    if normalizer is not None:
        tokenizer.normalizer = normalizer
    else:
        tokenizer.normalizer = normalizers.Sequence([])
    if pre_tokenizer is not None:
        tokenizer.pre_tokenizer = pre_tokenizer
    tokenizer.decoder = decoder
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A", pair="<s> $A <s> $B", special_tokens=[("<s>", 1)])
    return tokenizer


llama_decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False)
with_start = bytes_bpe(split("{1,3}"), special=["<|begin|>", "<|end|>"], ignore_merges=True)
with_start.post_processor = processors.Sequence(
    [
        processors.ByteLevel(trim_offsets=False),
        processors.TemplateProcessing(single="<|begin|> $A", pair="<|begin|> $A $B", special_tokens=[("<|begin|>", 0)]),
    ]
)
spaces = bytes_bpe(byte_level, normalizers.NFC(), special=["<|endoftext|>", "<|padding|>"])
spaces.add_tokens([AddedToken(" " * count, normalized=False) for count in (8, 4, 2)])

tokenizers = {
    "gpt2": (bytes_bpe(byte_level), dict(eos_token="<|endoftext|>", bos_token="<|endoftext|>")),
    "gpt_neox": (spaces, dict(eos_token="<|endoftext|>")),
    "llama": (
        sentencepiece_bpe(normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")]), None, llama_decoder),
        dict(bos_token="<s>", eos_token="</s>", unk_token="<unk>"),
    ),
    "llama-3": (with_start, dict(bos_token="<|begin|>", eos_token={"content": "<|end|>", "__type": "AddedToken"})),
    "metaspace": (
        sentencepiece_bpe(None, pre_tokenizers.Metaspace("▁", "first", split=False), llama_decoder),
        dict(bos_token="<s>", eos_token="</s>", unk_token="<unk>"),
    ),
    "qwen2": (bytes_bpe(split(""), normalizers.NFC(), ["<|endoftext|>", "<|im_end|>"]), dict(eos_token="<|endoftext|>")),
    "smollm2": (
        bytes_bpe(pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), byte_level])),
        dict(eos_token="<|endoftext|>"),
    ),
}

texts = [
    "", " ", "a", " setosa", "setosa@@@", corpus[0], corpus[1], "A512 B130 ### setosa@@@\nA100 B999 ### virginica@@@\nA300 B500 ###",
    "  two  spaces   three \n\n new\n  lines \t tab\r\n", "naïve café — “quotes” … 東京 🙂 e\u0301", "12345 3.14159 1e-5 -0.5,007",
    "I'm we'LL DON'T they're", "text<|endoftext|>more </s> end<s>x <|end|> y", "\n", "x\ny", "y    z        w",
]

for name, (tokenizer, config) in tokenizers.items():
    path = f"{sys.argv[1]}/{name}"
    written = json.loads(tokenizer.to_str())
    truth = []
    for text in texts:
        ids = tokenizer.encode(text).ids
        truth.append(dict(text=text, ids=ids, decoded=tokenizer.decode(ids)))
    everything = dict(tokenizer=written, config=config, truth=truth)
    with open(f"{path}.json", "w", encoding="utf-8") as file:
        json.dump(everything, file, ensure_ascii=False)
        file.write("\n")
