"""Models: the base as it is, or with an adapter, on whatever device this worker has."""

from __future__ import annotations

from typing import Any

import torch
from peft import LoraConfig, get_peft_model, set_peft_model_state_dict
from safetensors.torch import load, save
from transformers import AutoModelForCausalLM

from .job import Job

# Beyond this a frozen base is held in bfloat16 where the device computes in it, and activations are computed again.
LARGE = 1_000_000_000


def device_of_worker() -> torch.device:
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def _parameter_count(job: Job) -> int:
    return int(job.spec["model"]["parameters"])


def _dtype(job: Job, device: torch.device, trains_base: bool) -> torch.dtype:
    wanted = _parameter_count(job) > LARGE and not trains_base
    return torch.bfloat16 if wanted and device.type == "cuda" and torch.cuda.is_bf16_supported() else torch.float32


class LanguageModel:
    """A causal language model that computes its head only at the places that are asked about."""

    def __init__(self, job: Job, weights: bytes | None, trains: bool):
        """
        :param weights: a safetensors file: an adapter with PEFT's names, or all parameters by their own names
        """
        self.device = device_of_worker()
        adapter = job.spec["adapter"]
        source, revision = job.model_source()
        dtype = _dtype(job, self.device, trains and adapter is None)
        torch.manual_seed(job.spec["seed"])
        model = AutoModelForCausalLM.from_pretrained(source, revision=revision, dtype=dtype)
        model.config.use_cache = False
        head = model.get_output_embeddings()
        head.register_forward_pre_hook(self._select)
        if trains and _parameter_count(job) > LARGE:
            model.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": False})
            model.enable_input_require_grads()
        self.base = model
        if adapter is not None:
            model = get_peft_model(model, LoraConfig(task_type="CAUSAL_LM", **adapter))
            if weights is not None:
                set_peft_model_state_dict(model, load(weights))
        elif weights is not None:
            model.load_state_dict(load(weights), strict=False)
        self.model = model.to(self.device)
        self.uses_adapter = adapter is not None
        self.dtype = dtype
        self.places: torch.Tensor | None = None

    def _select(self, _module: Any, inputs: tuple[torch.Tensor, ...]) -> tuple[torch.Tensor, ...] | None:
        # The head is by far the widest layer: it is computed where something is asked only.
        if self.places is None:
            return None
        hidden = inputs[0]
        return (hidden.reshape(-1, hidden.shape[-1])[self.places].unsqueeze(0), *inputs[1:])

    def logits(
        self,
        tokens: torch.Tensor,
        mask: torch.Tensor,
        places: torch.Tensor,
        positions: torch.Tensor | None = None,
    ) -> torch.Tensor:
        """
        Logits [N, vocabulary], in 32 bit, after the places [N], which count through [rows, length].
        :param mask: [rows, length], or [rows, 1, length, length] with 0 where a token sees another, else a very low number
        """
        self.places = places.to(self.device)
        extra = {} if positions is None else {"position_ids": positions.to(self.device)}
        mask = mask.to(self.device, self.dtype if mask.dim() == 4 else None)
        try:
            with torch.autocast(self.device.type, torch.bfloat16, enabled=self.dtype == torch.bfloat16):
                out = self.model(input_ids=tokens.to(self.device), attention_mask=mask, **extra)
        finally:
            self.places = None
        return out.logits[0].float()

    def trainables(self) -> dict[str, torch.nn.Parameter]:
        """What training changes, by name; a tied matrix once."""
        return {name: p for name, p in self.model.named_parameters() if p.requires_grad}

    def file_names(self) -> dict[str, str]:
        """By the name of a trainable its name in files: PEFT leaves out the adapter's own name."""
        return {name: name.replace(".default.", ".") for name in self.trainables()}


def weights_file(tensors: dict[str, torch.Tensor]) -> bytes:
    """Tensors as a safetensors file, in 32 bit."""
    return save({name: t.detach().float().cpu().contiguous() for name, t in tensors.items()}, metadata={"format": "pt"})
