"""The peer of bench/training-throughput.ts and bench/trunk-caching.ts: LoRA training steps with transformers and peft on the CPU.

For each line on standard input it makes one step and prints its seconds and the peak memory so far in MB.
"""

import argparse
import json
import re
import resource
import sys
import time

import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM

parser = argparse.ArgumentParser()
parser.add_argument("model")
for name in ("threads", "texts", "tokens", "asked", "rank"):
    parser.add_argument(f"--{name}", type=int, required=True)
parser.add_argument("--first-layer", type=int, default=0, help="the adapters are on the layers from this one")
parser.add_argument("--gather-head", action="store_true", help="give the peer the head at the asked tokens only, too")
options = parser.parse_args()

torch.set_num_threads(options.threads)
torch.manual_seed(0)
model = AutoModelForCausalLM.from_pretrained(options.model, dtype=torch.float32)
for module in model.modules():
    if isinstance(module, torch.nn.Dropout):
        module.p = 0.0
lora = LoraConfig(
    r=options.rank, lora_alpha=2 * options.rank, lora_dropout=0, target_modules="all-linear", task_type="CAUSAL_LM",
    fan_in_fan_out=model.config.model_type == "gpt2",
)
model = get_peft_model(model, lora).train()
for name, parameter in model.named_parameters():
    layer = re.search(r"\.(?:h|layers)\.(\d+)\.", name)
    if layer and int(layer[1]) < options.first_layer:
        parameter.requires_grad_(False)
ids = torch.randint(0, model.config.vocab_size, (options.texts, options.tokens))
labels = torch.full_like(ids, -100)
labels[:, -options.asked :] = ids[:, -options.asked :]
extra = {}
if options.gather_head:
    labels = labels[:, -options.asked - 1 :]
    extra["logits_to_keep"] = options.asked + 1
trainable = [parameter for parameter in model.parameters() if parameter.requires_grad]
optimiser = torch.optim.AdamW(trainable, lr=1e-4)

print(json.dumps({"trainable": sum(parameter.numel() for parameter in trainable)}), flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    loss = model(input_ids=ids, labels=labels, use_cache=False, **extra).loss
    loss.backward()
    optimiser.step()
    optimiser.zero_grad()
    seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "memory": memory}), flush=True)
