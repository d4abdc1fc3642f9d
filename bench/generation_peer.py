"""The peer of bench/scoring.ts: greedy `generate` of transformers on the CPU.

For each line on standard input it answers all prompts once and prints its seconds and the peak memory so far in MB.
"""

import argparse
import json
import resource
import sys
import time

import torch
from transformers import AutoModelForCausalLM

parser = argparse.ArgumentParser()
parser.add_argument("model")
for name in ("threads", "rows", "tokens", "answer", "batch"):
    parser.add_argument(f"--{name}", type=int, required=True)
options = parser.parse_args()

torch.set_num_threads(options.threads)
torch.manual_seed(0)
model = AutoModelForCausalLM.from_pretrained(options.model, dtype=torch.float32).eval()
ids = torch.randint(0, model.config.vocab_size, (options.rows, options.tokens))
mask = torch.ones_like(ids)

print(json.dumps({"rows": options.rows}), flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    with torch.inference_mode():
        for at in range(0, options.rows, options.batch):
            model.generate(
                input_ids=ids[at : at + options.batch], attention_mask=mask[at : at + options.batch], do_sample=False,
                min_new_tokens=options.answer, max_new_tokens=options.answer, pad_token_id=0,
            )
    seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "memory": memory}), flush=True)
