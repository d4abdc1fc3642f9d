"""Writes the truth about model folders that test/core/model compares with: for tiny models of every architecture, what
transformers writes into config.json, the names and shapes of all tensors, the layers that PEFT's all-linear adapts, and
the rotary frequencies.

Usage: python make_architectures.py > test/core/model/fixtures/architectures.json
"""

import json
import sys
import tempfile

import peft
import torch
import transformers as hf
from safetensors import safe_open

sizes = dict(
    hidden_size=16, num_hidden_layers=2, num_attention_heads=4, intermediate_size=24, vocab_size=40, bos_token_id=1,
    eos_token_id=2,
)
gpt_sizes = dict(n_embd=16, n_layer=2, n_head=2, vocab_size=40, n_positions=32, bos_token_id=1, eos_token_id=2)
llama3 = dict(
    rope_type="llama3", rope_theta=500000.0, factor=32.0, low_freq_factor=1.0, high_freq_factor=4.0,
    original_max_position_embeddings=64,
)
configurations = {
    "gpt2": hf.GPT2Config(**gpt_sizes),
    "gpt2-untied": hf.GPT2Config(**gpt_sizes, n_inner=40, tie_word_embeddings=False, activation_function="gelu"),
    "gptj": hf.GPTJConfig(**gpt_sizes, rotary_dim=4),
    "gpt_neox": hf.GPTNeoXConfig(**{**sizes, "hidden_size": 32}, max_position_embeddings=32),
    "gpt_neox-sequential": hf.GPTNeoXConfig(
        **sizes, use_parallel_residual=False, attention_bias=False, rope_parameters=dict(rope_theta=5000.0, rope_type="default", partial_rotary_factor=1.0)
    ),
    "llama": hf.LlamaConfig(**sizes, num_key_value_heads=2, tie_word_embeddings=True),
    "llama-3": hf.LlamaConfig(
        **sizes, num_key_value_heads=1, head_dim=32, attention_bias=True, mlp_bias=True, max_position_embeddings=128, rope_parameters=llama3
    ),
    "llama-linear": hf.LlamaConfig(**sizes, rope_parameters=dict(rope_type="linear", rope_theta=10000.0, factor=4.0)),
    "mistral": hf.MistralConfig(**sizes, num_key_value_heads=2, sliding_window=16, max_position_embeddings=64),
    "qwen2": hf.Qwen2Config(**sizes, num_key_value_heads=2, tie_word_embeddings=True),
    "qwen3": hf.Qwen3Config(**sizes, num_key_value_heads=2, head_dim=8, attention_bias=True),
}

truth = {}
for name, configuration in configurations.items():
    model = hf.AutoModelForCausalLM.from_config(configuration)
    with tempfile.TemporaryDirectory() as folder:
        model.save_pretrained(folder)
        with safe_open(f"{folder}/model.safetensors", "pt") as weights:
            shapes = {key: weights.get_slice(key).get_shape() for key in weights.keys()}
    rotary = [module.inv_freq.tolist() for module in model.modules() if hasattr(module, "inv_freq")]
    entry = {
        "config": json.loads(configuration.to_json_string(use_diff=True)),
        "tensors": shapes,
        "parameters": sum(parameter.numel() for parameter in model.parameters()),
        "inverse_frequencies": rotary[0] if rotary else None,
    }
    adapted = peft.get_peft_model(
        model, peft.LoraConfig(r=2, target_modules="all-linear", task_type="CAUSAL_LM", fan_in_fan_out=name.startswith("gpt2"))
    )
    weights = peft.get_peft_model_state_dict(adapted)
    entry["adapter"] = {k: list(v.shape) for k, v in weights.items()}
    truth[name] = entry

print(f"torch {torch.__version__}, transformers {hf.__version__}, peft {peft.__version__}", file=sys.stderr)
json.dump(truth, sys.stdout)
print()
