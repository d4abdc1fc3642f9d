"""Makes the fixtures of the truth tests: what transformers and peft compute for tiny random models, on the CPU.

    python test/truth/make_fixtures.py [--others FOLDER...]

writes test/truth/fixtures/<name>/:
  model/                 config.json and model.safetensors, as transformers saves them
  adapter-before/, adapter-after/   PEFT adapters before and after the 20 training steps
  expected.json          the batches, losses, the loss curve, generated tokens
  expected.safetensors   logits, gradients of the adapter (lora.…) and of the full model (full.…)

With --others also fixtures/<folder name>/ for models that are not part of the repository: logits, adapter gradients,
and of the full gradients only their norms and their products with sin(1), sin(2), ….

Needs torch, transformers, peft and safetensors. The versions that made the committed files are in versions.json.
"""

import argparse
import json
import shutil
from pathlib import Path

import peft
import torch
import transformers
from peft import LoraConfig, get_peft_model
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM

HERE = Path(__file__).parent / "fixtures"
VOCAB = 96
PROMPT_LENGTHS, TEXT_LENGTHS = [4, 2, 6], [9, 7, 11]
RANK, ALPHA = 4, 8
STEPS, LEARNING_RATE, WEIGHT_DECAY = 20, 1e-2, 0.01

LLAMA = dict(
    hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2,
    vocab_size=VOCAB, max_position_embeddings=64, bos_token_id=0, eos_token_id=1, pad_token_id=None,
)
CONFIGS = {
    "gpt2": transformers.GPT2Config(
        n_embd=32, n_layer=2, n_head=4, n_positions=64, vocab_size=VOCAB, bos_token_id=0, eos_token_id=1,
        resid_pdrop=0, embd_pdrop=0, attn_pdrop=0,
    ),
    "gptj": transformers.GPTJConfig(
        n_embd=32, n_layer=2, n_head=2, n_positions=64, rotary_dim=8, vocab_size=VOCAB, bos_token_id=0, eos_token_id=1,
        resid_pdrop=0, embd_pdrop=0, attn_pdrop=0, tie_word_embeddings=False,
    ),
    "gpt-neox": transformers.GPTNeoXConfig(
        hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=2, vocab_size=VOCAB,
        max_position_embeddings=64, bos_token_id=0, eos_token_id=1, hidden_act="gelu",
    ),
    "gpt-neox-sequential": transformers.GPTNeoXConfig(
        hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=2, vocab_size=VOCAB,
        max_position_embeddings=64, bos_token_id=0, eos_token_id=1, hidden_act="gelu", use_parallel_residual=False,
    ),
    "llama": transformers.LlamaConfig(**LLAMA, tie_word_embeddings=True),
    "llama3-bf16": transformers.LlamaConfig(
        **LLAMA, tie_word_embeddings=False,
        rope_parameters=dict(
            rope_type="llama3", rope_theta=500000.0, factor=4.0, low_freq_factor=1.0, high_freq_factor=4.0,
            original_max_position_embeddings=16,
        ),
    ),
    "qwen2": transformers.Qwen2Config(**LLAMA, tie_word_embeddings=True),
    "qwen3": transformers.Qwen3Config(**LLAMA, head_dim=16, tie_word_embeddings=False),
}


def make_batch(generator, vocab):
    """Texts padded on the right with token 1; the loss is on the completion, its labels elsewhere are -100."""
    longest = max(TEXT_LENGTHS)
    ids = torch.randint(2, vocab, (len(TEXT_LENGTHS), longest), generator=generator)
    mask = torch.zeros_like(ids)
    labels = torch.full_like(ids, -100)
    for row, (prompt, length) in enumerate(zip(PROMPT_LENGTHS, TEXT_LENGTHS)):
        ids[row, length:] = 1
        mask[row, :length] = 1
        labels[row, prompt:length] = ids[row, prompt:length]
    return dict(input_ids=ids, attention_mask=mask, labels=labels)


def randomise(model, generator):
    """Larger weights than the usual initial ones, so that every part of the model matters to the logits."""
    for name, parameter in model.named_parameters():
        noise = torch.randn(parameter.shape, generator=generator)
        is_gain = parameter.dim() == 1 and name.endswith("weight")
        with torch.no_grad():
            parameter.copy_(1 + 0.2 * noise if is_gain else (0.25 if parameter.dim() > 1 else 0.1) * noise)


def add_adapter(model, generator):
    adapted = get_peft_model(
        model,
        LoraConfig(
            r=RANK, lora_alpha=ALPHA, lora_dropout=0, target_modules="all-linear", task_type="CAUSAL_LM",
            fan_in_fan_out=model.config.model_type == "gpt2",
        ),
    )
    for name, parameter in adapted.named_parameters():
        if parameter.requires_grad:
            with torch.no_grad():
                parameter.copy_(0.1 * torch.randn(parameter.shape, generator=generator))
    return adapted


def bare(name):
    return name.removeprefix("base_model.model.").removesuffix(".default.weight")


def tidy(folder):
    """Adapter folders without what differs from run to run or machine to machine."""
    for adapter in folder.glob("adapter-*"):
        (adapter / "README.md").unlink()
        path = adapter / "adapter_config.json"
        config = json.loads(path.read_text())
        config["target_modules"] = sorted(config["target_modules"])
        config["base_model_name_or_path"] = folder.name
        path.write_text(json.dumps(config, indent=2) + "\n")


def stored_name(name, model):
    """The name in model.safetensors: transformers 5 calls the head of GPT-NeoX otherwise in memory."""
    return "embed_out.weight" if model.config.model_type == "gpt_neox" and name == "lm_head.weight" else name


def gradients(model, batch):
    model.zero_grad()
    loss = model(**batch).loss
    loss.backward()
    return loss.item(), {
        stored_name(name, model): parameter.grad.clone()
        for name, parameter in model.named_parameters()
        if parameter.grad is not None
    }


def train(model, batches):
    optimiser = torch.optim.AdamW(
        [parameter for parameter in model.parameters() if parameter.requires_grad],
        lr=LEARNING_RATE, betas=(0.9, 0.999), eps=1e-8, weight_decay=WEIGHT_DECAY,
    )
    losses = []
    for step in range(STEPS):
        loss = model(**batches[step % len(batches)]).loss
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    return losses


def as_lists(batch):
    return {name: value.tolist() for name, value in batch.items()}


def make_tiny(name, config, folder):
    generator = torch.Generator().manual_seed(7)
    dtype = torch.bfloat16 if name.endswith("bf16") else torch.float32
    model = AutoModelForCausalLM.from_config(config, dtype=torch.float32).eval()
    randomise(model, generator)
    model.to(dtype).save_pretrained(folder / "model")
    (folder / "model" / "generation_config.json").unlink(missing_ok=True)
    # The stored weights, computed with in float32.
    model = AutoModelForCausalLM.from_pretrained(folder / "model", dtype=torch.float32, attn_implementation="eager")
    model.eval().config.name_or_path = name
    batches = [make_batch(generator, VOCAB) for _ in range(2)]
    with torch.no_grad():
        tensors = {"logits": model(**batches[0]).logits}
        prompt = batches[0]["input_ids"][:, : min(PROMPT_LENGTHS)]
        generated = model.generate(prompt, attention_mask=torch.ones_like(prompt), max_new_tokens=12, do_sample=False)
    full_loss, full = gradients(model, batches[0])
    tensors |= {f"full.{key}": value for key, value in full.items()}
    adapted = add_adapter(model, generator)
    adapted.save_pretrained(folder / "adapter-before")
    with torch.no_grad():
        tensors["adapted_logits"] = adapted(**batches[0]).logits
    lora_loss, lora = gradients(adapted, batches[0])
    tensors |= {f"lora.{bare(key)}": value for key, value in lora.items()}
    curve = train(adapted, batches)
    adapted.save_pretrained(folder / "adapter-after")
    tidy(folder)
    write(folder, tensors, dict(
        batches=[as_lists(batch) for batch in batches], fullLoss=full_loss, loraLoss=lora_loss, curve=curve,
        rank=RANK, alpha=ALPHA, learningRate=LEARNING_RATE, weightDecay=WEIGHT_DECAY,
        prompt=prompt.tolist(), generated=generated.tolist(),
    ))


def make_other(source, folder):
    generator = torch.Generator().manual_seed(11)
    model = AutoModelForCausalLM.from_pretrained(source, dtype=torch.float32, attn_implementation="eager").eval()
    batch = make_batch(generator, model.config.vocab_size)
    with torch.no_grad():
        tensors = {"logits": model(**batch).logits}
    full_loss, full = gradients(model, batch)
    summary = {
        name: dict(norm=value.norm().item(), product=(value.flatten() @ sines(value.numel())).item())
        for name, value in full.items()
    }
    adapted = add_adapter(model, generator)
    adapted.save_pretrained(folder / "adapter-before")
    tidy(folder)
    lora_loss, lora = gradients(adapted, batch)
    tensors |= {f"lora.{bare(key)}": value for key, value in lora.items()}
    write(folder, tensors, dict(
        batches=[as_lists(batch)], fullLoss=full_loss, loraLoss=lora_loss, full=summary, rank=RANK, alpha=ALPHA,
    ))


def sines(count):
    return torch.sin(torch.arange(1.0, count + 1))


def write(folder, tensors, facts):
    stored = {name: value.detach().float().contiguous().clone() for name, value in tensors.items()}
    save_file(stored, folder / "expected.safetensors")
    (folder / "expected.json").write_text(json.dumps(facts) + "\n")


def fresh(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--others", type=Path, nargs="*", default=[], help="model folders: stories260K, stories260K-f16")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    for name, config in CONFIGS.items():
        make_tiny(name, config, fresh(HERE / name))
    for source in arguments.others:
        make_other(source, fresh(HERE / source.name))
    versions = dict(torch=torch.__version__, transformers=transformers.__version__, peft=peft.__version__)
    (HERE / "versions.json").write_text(json.dumps(versions) + "\n")
