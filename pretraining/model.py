"""A Llama decoder for training: the same arithmetic as transformers' LlamaForCausalLM, with fused projections.

`export.py` writes the weights under Hugging Face's names, and `check_export.py` compares the logits with transformers.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn


EMBEDDING_SCALE = 0.5


@dataclass(frozen=True)
class ModelShape:
    """Sizes of the decoder. `hidden` must be a multiple of `heads`, and the head width even (rotary pairs)."""

    vocab: int
    hidden: int
    layers: int
    heads: int
    intermediate: int
    context: int = 2048
    rope_theta: float = 10000.0
    norm_eps: float = 1e-5

    def as_dict(self) -> dict[str, int | float]:
        return asdict(self)


def rotary_tables(shape: ModelShape, length: int, device: torch.device) -> tuple[Tensor, Tensor]:
    """cos and sin of shape [length, head width], laid out in halves as Llama does."""
    width = shape.hidden // shape.heads
    frequency = 1.0 / shape.rope_theta ** (torch.arange(0, width, 2, device=device).float() / width)
    angle = torch.arange(length, device=device).float()[:, None] * frequency[None, :]
    angle = torch.cat([angle, angle], dim=-1)
    return angle.cos(), angle.sin()


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotary position embedding of x [batch, heads, time, width]."""
    first, second = x.chunk(2, dim=-1)
    return x * cos + torch.cat([-second, first], dim=-1) * sin


class Block(nn.Module):
    """Pre-norm attention and SwiGLU."""

    def __init__(self, shape: ModelShape) -> None:
        super().__init__()
        self.shape = shape
        self.input_norm = nn.RMSNorm(shape.hidden, eps=shape.norm_eps)
        self.qkv = nn.Linear(shape.hidden, 3 * shape.hidden, bias=False)
        self.out = nn.Linear(shape.hidden, shape.hidden, bias=False)
        self.post_norm = nn.RMSNorm(shape.hidden, eps=shape.norm_eps)
        self.gate_up = nn.Linear(shape.hidden, 2 * shape.intermediate, bias=False)
        self.down = nn.Linear(shape.intermediate, shape.hidden, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        batch, time, hidden = x.shape
        heads = self.shape.heads
        qkv = self.qkv(self.input_norm(x)).view(batch, time, 3, heads, hidden // heads)
        query, key, value = qkv.permute(2, 0, 3, 1, 4).unbind(0)
        attended = F.scaled_dot_product_attention(
            rotate(query, cos, sin), rotate(key, cos, sin), value, is_causal=True
        )
        x = x + self.out(attended.transpose(1, 2).reshape(batch, time, hidden))
        gate, up = self.gate_up(self.post_norm(x)).chunk(2, dim=-1)
        return x + self.down(F.silu(gate) * up)


class Decoder(nn.Module):
    """Token ids [batch, time] to hidden states; the head is applied only where a loss is asked."""

    def __init__(self, shape: ModelShape) -> None:
        super().__init__()
        self.shape = shape
        self.embed = nn.Embedding(shape.vocab, shape.hidden)
        self.blocks = nn.ModuleList([Block(shape) for _ in range(shape.layers)])
        self.norm = nn.RMSNorm(shape.hidden, eps=shape.norm_eps)
        self.reset()

    def reset(self) -> None:
        """Each branch begins at zero and embeddings are large, so that a token's identity survives to the tied head.

        Copying a label from the context is the first thing to be learnt, and it needs that. The last norm starts small
        enough that the logits have about unit spread.
        """
        for name, parameter in self.named_parameters():
            if name == 'embed.weight':
                nn.init.normal_(parameter, std=EMBEDDING_SCALE)
            elif name.endswith(('out.weight', 'down.weight')):
                nn.init.zeros_(parameter)
            elif parameter.dim() == 2:
                nn.init.normal_(parameter, std=parameter.shape[1] ** -0.5)
        nn.init.constant_(self.norm.weight, 1 / (EMBEDDING_SCALE * self.shape.hidden**0.5))

    def hidden(self, tokens: Tensor) -> Tensor:
        """Hidden states after the last norm, [batch, time, hidden]."""
        cos, sin = rotary_tables(self.shape, tokens.shape[1], tokens.device)
        x = self.embed(tokens)
        cos, sin = cos.to(x.dtype), sin.to(x.dtype)
        for block in self.blocks:
            x = block(x, cos, sin)
        return self.norm(x)

    def logits(self, hidden: Tensor) -> Tensor:
        """The tied head."""
        return hidden @ self.embed.weight.t()

    def parameter_count(self) -> int:
        return sum(parameter.numel() for parameter in self.parameters())
