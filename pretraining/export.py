"""Writes a checkpoint as a Hugging Face folder (LlamaForCausalLM, F16), next to the tokenizer.

python pretraining/export.py CHECKPOINT.pt base-model
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from model import ModelShape
from tokenizer import write_tokenizer


def hugging_face_tensors(weights: dict[str, Tensor], shape: ModelShape) -> dict[str, Tensor]:
    """Our fused tensors under Llama's names. The head is tied, so it is not written."""
    tensors = {'model.embed_tokens.weight': weights['embed.weight'], 'model.norm.weight': weights['norm.weight']}
    for layer in range(shape.layers):
        ours, theirs = f'blocks.{layer}.', f'model.layers.{layer}.'
        query, key, value = weights[ours + 'qkv.weight'].chunk(3)
        gate, up = weights[ours + 'gate_up.weight'].chunk(2)
        tensors |= {
            theirs + 'input_layernorm.weight': weights[ours + 'input_norm.weight'],
            theirs + 'post_attention_layernorm.weight': weights[ours + 'post_norm.weight'],
            theirs + 'self_attn.q_proj.weight': query,
            theirs + 'self_attn.k_proj.weight': key,
            theirs + 'self_attn.v_proj.weight': value,
            theirs + 'self_attn.o_proj.weight': weights[ours + 'out.weight'],
            theirs + 'mlp.gate_proj.weight': gate,
            theirs + 'mlp.up_proj.weight': up,
            theirs + 'mlp.down_proj.weight': weights[ours + 'down.weight'],
        }
    return {name: tensor.to(torch.float16).contiguous().clone() for name, tensor in tensors.items()}


def trainer_weights(folder: Path, layers: int) -> dict[str, Tensor]:
    """The inverse of `hugging_face_tensors`, read from an exported folder, in float32."""
    theirs = {name: tensor.float() for name, tensor in load_file(str(folder / 'model.safetensors')).items()}
    weights = {'embed.weight': theirs['model.embed_tokens.weight'], 'norm.weight': theirs['model.norm.weight']}
    for layer in range(layers):
        ours, prefix = f'blocks.{layer}.', f'model.layers.{layer}.'
        heads = [theirs[f'{prefix}self_attn.{part}_proj.weight'] for part in 'qkv']
        gate_up = [theirs[f'{prefix}mlp.{part}_proj.weight'] for part in ('gate', 'up')]
        weights |= {
            ours + 'input_norm.weight': theirs[prefix + 'input_layernorm.weight'],
            ours + 'post_norm.weight': theirs[prefix + 'post_attention_layernorm.weight'],
            ours + 'qkv.weight': torch.cat(heads),
            ours + 'out.weight': theirs[prefix + 'self_attn.o_proj.weight'],
            ours + 'gate_up.weight': torch.cat(gate_up),
            ours + 'down.weight': theirs[prefix + 'mlp.down_proj.weight'],
        }
    return weights


def llama_config(shape: ModelShape) -> dict[str, object]:
    """config.json."""
    return {
        'architectures': ['LlamaForCausalLM'],
        'model_type': 'llama',
        'vocab_size': shape.vocab,
        'hidden_size': shape.hidden,
        'intermediate_size': shape.intermediate,
        'num_hidden_layers': shape.layers,
        'num_attention_heads': shape.heads,
        'num_key_value_heads': shape.heads,
        'head_dim': shape.hidden // shape.heads,
        'hidden_act': 'silu',
        'max_position_embeddings': shape.context,
        'rms_norm_eps': shape.norm_eps,
        'rope_theta': shape.rope_theta,
        'rope_scaling': None,
        'attention_bias': False,
        'mlp_bias': False,
        'tie_word_embeddings': True,
        'use_cache': True,
        'bos_token_id': None,
        'eos_token_id': 0,
        'pad_token_id': 0,
        'initializer_range': 0.02,
        'torch_dtype': 'float16',
    }


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + '\n')


def export(weights: dict[str, Tensor], shape: ModelShape, folder: Path) -> None:
    """Writes config, weights, generation settings and tokenizer; the model card is kept by hand."""
    write_tokenizer(folder, shape.context)
    write_json(folder / 'config.json', llama_config(shape))
    write_json(folder / 'generation_config.json', {'eos_token_id': 0, 'pad_token_id': 0, 'do_sample': False})
    temporary = folder / 'model.safetensors.part'
    save_file(hugging_face_tensors(weights, shape), str(temporary), metadata={'format': 'pt'})
    temporary.chmod(0o644)
    temporary.replace(folder / 'model.safetensors')


def cut(path: Path, most_bytes: int) -> list[Path]:
    """Numbered pieces beside a file; `cat PATH.part*` gives it back."""
    data = path.read_bytes()
    pieces = [path.with_name(f'{path.name}.part{i}') for i in range(-(-len(data) // most_bytes))]
    for i, piece in enumerate(pieces):
        piece.write_bytes(data[i * most_bytes : (i + 1) * most_bytes])
    return pieces


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('checkpoint', type=Path)
    parser.add_argument('folder', type=Path)
    parser.add_argument('--weights', choices=['average', 'last'], default='average')
    parser.add_argument('--piece-mib', type=int, help='also cut the weights into pieces of this size')
    arguments = parser.parse_args()
    state = torch.load(arguments.checkpoint, map_location='cpu', weights_only=False)
    export(state[arguments.weights], ModelShape(**state['shape']), arguments.folder)
    if arguments.piece_mib:
        cut(arguments.folder / 'model.safetensors', arguments.piece_mib << 20)
    print(f"step {state['step']}, {state['tokens'] / 1e6:.1f} M tokens -> {arguments.folder}")


if __name__ == '__main__':
    main()
