"""Prints what transformers and peft compute for a model folder with an adapter, as JSON: the logits of every position.

Usage: python check_adapter.py MODEL_FOLDER ADAPTER_FOLDER TOKENS
    ADAPTER_FOLDER  an adapter in PEFT layout, or - for the model alone
    TOKENS          token numbers joined by commas: 1,5,7
Output: {"logits": [[…] per position], "modules": […the adapted modules], "parameters": …of the model}
"""

import json
import sys
import warnings

import torch
from transformers import AutoModelForCausalLM

model_folder, adapter_folder, tokens = sys.argv[1:4]
model = AutoModelForCausalLM.from_pretrained(model_folder, dtype=torch.float32, attn_implementation="eager")
parameters = sum(parameter.numel() for parameter in model.parameters())
modules = []
if adapter_folder != "-":
    from peft import PeftModel

    with warnings.catch_warnings():
        # A key that the model lacks or the adapter misses is only a warning in peft; here it is a failure.
        warnings.simplefilter("error")
        model = PeftModel.from_pretrained(model, adapter_folder)
    modules = [name.removeprefix("base_model.model.") for name, module in model.named_modules() if hasattr(module, "lora_A")]
model.eval()
with torch.no_grad():
    logits = model(input_ids=torch.tensor([[int(token) for token in tokens.split(",")]])).logits[0]
json.dump({"logits": logits.tolist(), "modules": modules, "parameters": parameters}, sys.stdout)
print()
