"""Prints what transformers and peft compute for model folders with adapters: one line of JSON each.

Usage: python check_adapter.py MODEL_FOLDER ADAPTER_FOLDER TOKENS [MODEL_FOLDER ADAPTER_FOLDER TOKENS …]
    ADAPTER_FOLDER  an adapter in PEFT layout, or - for the model alone
    TOKENS          token numbers joined by commas: 1,5,7
Each line: {"logits": [[…] per position], "modules": […the adapted modules], "parameters": …of the model}
"""

import json
import sys
import warnings

import torch
from transformers import AutoModelForCausalLM


def compute(model_folder, adapter_folder, tokens):
    model = AutoModelForCausalLM.from_pretrained(model_folder, dtype=torch.float32, attn_implementation="eager")
    parameters = sum(parameter.numel() for parameter in model.parameters())
    modules = []
    if adapter_folder != "-":
        from peft import PeftModel

        with warnings.catch_warnings():
            # A matrix that the model or the adapter lacks is only a warning in peft; here it is a failure.
            warnings.simplefilter("error", UserWarning)
            model = PeftModel.from_pretrained(model, adapter_folder)
        named = model.named_modules()
        modules = [name.removeprefix("base_model.model.") for name, module in named if hasattr(module, "lora_A")]
    model.eval()
    with torch.no_grad():
        logits = model(input_ids=torch.tensor([[int(token) for token in tokens.split(",")]])).logits[0]
    return {"logits": logits.tolist(), "modules": modules, "parameters": parameters}


arguments = sys.argv[1:]
for start in range(0, len(arguments), 3):
    print(json.dumps(compute(*arguments[start : start + 3])), flush=True)
