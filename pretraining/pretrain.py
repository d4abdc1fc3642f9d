"""Pretrains the embedded base model on synthetic tables written as LIFT prompts.

python pretraining/pretrain.py --config small-cpu --out RUN_FOLDER
Stops by itself when the configured minutes are used up; the same command resumes from RUN_FOLDER/checkpoint.pt.
On a CPU, `replicas` single-threaded processes share each step: one reduction per step instead of a barrier per operation.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path

import torch
import torch.distributed as dist
import torch.multiprocessing as tmp
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from data import Batch, BatchShape, BatchSource
from documents import Mixture
from export import export, trainer_weights
from model import Decoder, ModelShape
from optimiser import build_optimisers, rate_factor
from structured_start import write_copying_circuit
from tokenizer import write_tokenizer


def batch_loss(model: Decoder, hidden: Tensor, batch: Batch, device: torch.device) -> Tensor:
    """Weighted mean negative log-likelihood of the asked tokens."""
    positions = torch.from_numpy(batch.positions).to(device)
    targets = torch.from_numpy(batch.targets).to(device)
    weights = torch.from_numpy(batch.weights).to(device)
    logits = model.logits(hidden.reshape(-1, hidden.shape[-1])[positions]).float()
    values = F.cross_entropy(logits, targets, reduction='none')
    return (values * weights).sum() / weights.sum()


class Trainer:
    """Model, optimisers, running average of the weights, and the time spent."""

    def __init__(self, config: dict, out: Path, device: torch.device) -> None:
        self.config, self.out, self.device = config, out, device
        tokenizer = Tokenizer.from_file(str(out / 'tokenizer' / 'tokenizer.json'))
        self.shape = ModelShape(vocab=tokenizer.get_vocab_size(), **config['model'])
        torch.manual_seed(config['seed'])
        self.model = Decoder(self.shape)
        if config['copy_layer'] is not None:
            write_copying_circuit(self.model, tokenizer.token_to_id('Ġ###'), config['copy_layer'])
        self.model.to(device)
        self.average = {name: value.detach().clone() for name, value in self.model.state_dict().items()}
        self.optimisers = build_optimisers(self.model, **config['optimiser'])
        self.peaks = [[group['lr'] for group in optimiser.param_groups] for optimiser in self.optimisers]
        self.step, self.tokens, self.elapsed = 0, 0, 0.0
        self.forward = torch.compile(self.model.hidden, dynamic=False) if config['compile'] else self.model.hidden
        self.bf16 = device.type == 'cuda'

    def resume(self) -> bool:
        """Loads the checkpoint when there is one."""
        path = self.out / 'checkpoint.pt'
        if not path.exists():
            return False
        state = torch.load(path, map_location=self.device, weights_only=False)
        self.model.load_state_dict(state['last'])
        self.average = state['average']
        for optimiser, saved in zip(self.optimisers, state['optimisers'], strict=True):
            optimiser.load_state_dict(saved)
        self.step, self.tokens, self.elapsed = state['step'], state['tokens'], state['elapsed']
        return True

    def start_from(self, folder: Path) -> None:
        """Takes the weights of an exported model; the optimisers start afresh."""
        self.model.load_state_dict(trainer_weights(folder, self.shape.layers))
        self.average = {name: value.detach().clone() for name, value in self.model.state_dict().items()}

    def save(self) -> None:
        """Checkpoint and export, each replaced whole."""
        state = {
            'last': self.model.state_dict(),
            'average': self.average,
            'optimisers': [optimiser.state_dict() for optimiser in self.optimisers],
            'step': self.step,
            'tokens': self.tokens,
            'elapsed': self.elapsed,
            'shape': self.shape.as_dict(),
            'config': self.config,
        }
        temporary = self.out / 'checkpoint.pt.part'
        torch.save(state, temporary)
        temporary.replace(self.out / 'checkpoint.pt')
        export({name: value.float().cpu() for name, value in self.average.items()}, self.shape, self.out / 'export')

    def shared(self, numbers: list[float]) -> list[float]:
        """Means of gradients and of these numbers over the replicas."""
        if not dist.is_initialized():
            return numbers
        gradients = [parameter.grad for parameter in self.model.parameters()]
        extra = torch.tensor(numbers, device=self.device)
        flat = torch.cat([gradient.reshape(-1) for gradient in gradients] + [extra])
        dist.all_reduce(flat)
        flat /= dist.get_world_size()
        sizes = [gradient.numel() for gradient in gradients] + [len(numbers)]
        *parts, means = flat.split(sizes)
        for gradient, part in zip(gradients, parts, strict=True):
            gradient.copy_(part.view_as(gradient))
        return means.tolist()

    def train_step(self, batch: Batch, progress: float, clock: float) -> tuple[float, float]:
        """One optimiser step; returns the loss and the clock (a fraction of the budget), both meant over the replicas."""
        factor = rate_factor(self.step, progress, self.config['warmup_steps'], self.config['cooldown'])
        for optimiser, peaks in zip(self.optimisers, self.peaks, strict=True):
            for group, peak in zip(optimiser.param_groups, peaks, strict=True):
                group['lr'] = peak * factor
        tokens = torch.from_numpy(batch.tokens).to(self.device).long()
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.bf16):
            loss = batch_loss(self.model, self.forward(tokens), batch, self.device)
        loss.backward()
        mean_loss, clock = self.shared([float(loss.detach()), clock])
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for optimiser in self.optimisers:
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        self.step += 1
        self.tokens += tokens.numel() * (dist.get_world_size() if dist.is_initialized() else 1)
        self.update_average()
        return mean_loss, clock

    @torch.no_grad()
    def update_average(self) -> None:
        """Exponential average with a horizon that grows up to `average_steps`."""
        share = 1 / min(self.config['average_steps'], 1 + self.step / 5)
        torch._foreach_lerp_(list(self.average.values()), list(self.model.state_dict().values()), share)


def read_config(name: str) -> dict:
    """configs/NAME.json beside this script."""
    return json.loads((Path(__file__).parent / 'configs' / f'{name}.json').read_text())


def batch_shape(config: dict) -> BatchShape:
    """Of a configuration, whose lists are JSON's."""
    return BatchShape(**{key: tuple(v) if isinstance(v, list) else v for key, v in config['batches'].items()})


def difficulty(tokens: int, config: dict) -> float:
    """Narrow tables until copying from the context is learnt, then wider and wider."""
    return min(1.0, 0.05 + max(0, tokens - config['narrow_tokens']) / config['curriculum_tokens'])


def run(trainer: Trainer, source: BatchSource, minutes: float, deadline: float | None, log_path: Path | None) -> None:
    """Trains until the budget is used up; the replica with a log also saves."""
    config, started, already = trainer.config, time.time(), trainer.elapsed
    last_save = last_log = started
    losses: list[float] = []
    progress = already / (minutes * 60)
    while progress < 1:
        now = time.time()
        trainer.elapsed = already + now - started
        clock = trainer.elapsed / (minutes * 60)
        if deadline:
            clock = max(clock, 1 - max(0.0, deadline - now) / (minutes * 60))
        source.difficulty.value = difficulty(trainer.tokens, config)
        loss, progress = trainer.train_step(source.next(), progress, clock)
        losses.append(loss)
        if log_path and now - last_log > config['log_seconds']:
            line = {
                'step': trainer.step,
                'tokens': trainer.tokens,
                'minutes': round(trainer.elapsed / 60, 2),
                'progress': round(progress, 4),
                'loss': round(sum(losses) / len(losses), 4),
                'queue': source.queue.qsize(),
            }
            with log_path.open('a') as log:
                log.write(json.dumps(line) + '\n')
            losses, last_log = [], now
        if log_path and now - last_save > config['save_minutes'] * 60:
            trainer.save()
            last_save = now
    if log_path:
        trainer.save()


def replica(rank: int, config: dict, arguments: argparse.Namespace, device: torch.device) -> None:
    """One training process with its own generators."""
    if config['replicas'] > 1:
        store = (arguments.out / 'rendezvous').resolve()
        dist.init_process_group('gloo', init_method=f'file://{store}', rank=rank, world_size=config['replicas'])
    if device.type == 'cpu':
        torch.set_num_threads(config['threads'])
    workers = config['workers'] or max(1, (os.cpu_count() or 2) - 2)
    trainer = Trainer(config, arguments.out, device)
    resumed = trainer.resume()
    if arguments.start_from and not resumed:
        trainer.start_from(arguments.start_from)
    print(f'{trainer.model.parameter_count() / 1e6:.2f} M parameters, resumed: {resumed}, step {trainer.step}', flush=True)
    shape = batch_shape(config)
    seed = [config['seed'], trainer.step, rank]
    source = BatchSource(arguments.out / 'tokenizer', Mixture(**config['mixture']), shape, seed, workers)
    log_path = arguments.out / 'log.jsonl' if rank == 0 else None
    try:
        run(trainer, source, arguments.minutes or config['minutes'], arguments.deadline, log_path)
    finally:
        source.close()


def changed(config: dict, changes: list[str]) -> dict:
    """The configuration with `dotted.key=json` settings replaced."""
    for change in changes:
        path, value = change.split('=', 1)
        *parents, last = path.split('.')
        target = config
        for parent in parents:
            target = target[parent]
        target[last] = json.loads(value)
    return config


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--config', default='small-cpu')
    parser.add_argument('--out', type=Path, default=Path('pretraining-run'))
    parser.add_argument('--minutes', type=float, help="overrides the configuration's budget")
    parser.add_argument('--deadline', type=float, help='epoch seconds by which the cool-down must be over')
    parser.add_argument('--start-from', type=Path, help='exported folder of the same shape whose weights to go on from')
    parser.add_argument('--set', action='append', default=[], help='dotted.key=json, overrides one setting')
    arguments = parser.parse_args()
    config = changed(read_config(arguments.config), arguments.set)
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / 'rendezvous').unlink(missing_ok=True)
    write_tokenizer(arguments.out / 'tokenizer', config['model']['context'])
    device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
    torch.set_float32_matmul_precision('high')
    if config['replicas'] > 1:
        tmp.start_processes(replica, (config, arguments, device), nprocs=config['replicas'], daemon=False, start_method='spawn')
    else:
        replica(0, config, arguments, device)


if __name__ == '__main__':
    main()
