"""The loop of epochs, steps and validations: the local engine's (src/core/training/trainer.ts), shared among workers."""

from __future__ import annotations

import io
import math
import time
from collections.abc import Callable
from typing import Any

import torch
import torch.distributed as dist

from .batches import collate, fitting
from .errors import JobError
from .job import Example, Job
from .model import LanguageModel, weights_file
from .schedule import schedule_factor

MOST_SKIPPED = 8
# What a step on a token costs, relative to a forward pass.
TRAINING_COST = 3
PROGRESS_SECONDS = 0.5


class Trainer:
    """
    One worker of several. Every worker has all examples and does its share of each step; the gradients are summed, so that
    any number of workers takes the same steps.
    """

    def __init__(self, job: Job, model: LanguageModel, rank: int, workers: int, say: Callable[[dict[str, Any]], None]):
        self.job, self.model, self.rank, self.workers = job, model, rank, workers
        self.settings = job.spec["training"]
        self.say = say if rank == 0 else lambda _event: None
        self.validation = job.validation_examples()
        self.parameters = model.trainables()
        groups = [
            {"params": [p for p in self.parameters.values() if p.dim() > 1], "weight_decay": self.settings["weightDecay"]},
            {"params": [p for p in self.parameters.values() if p.dim() <= 1], "weight_decay": 0.0},
        ]
        self.optimiser = torch.optim.AdamW([group for group in groups if group["params"]], lr=0.0)
        answers = job.spec["answerTokens"]
        self.allowed = None if answers is None else torch.tensor(answers, device=model.device)
        self.best_weights: bytes | None = None
        self.progress: dict[str, Any] = {
            "epoch": 1, "stepInEpoch": 0, "step": 0, "tokens": 0, "lossSum": 0.0, "weightSum": 0.0,
            "history": [], "best": None, "skippedSteps": 0, "skippedInARow": 0, "rateFactor": 1.0, "seconds": 0.0,
        }  # fmt: skip
        self.last_said = 0.0
        self.work_done = 0.0
        self.began = time.monotonic()

    def run(self, keep: Callable[[bytes], None], keep_seconds: float) -> str:
        """Trains to the end from wherever it is. :returns: `finished` or `patience`"""
        p, settings = self.progress, self.settings
        self.work_before = self._work(p["step"])
        kept = time.monotonic()
        while (end := self._end()) is None:
            examples = self.job.train_examples(p["epoch"])
            steps = self.job.plan[p["epoch"] - 1]
            if not p["history"]:
                self._validate(0)
            while p["stepInEpoch"] < len(steps) and (settings["steps"] is None or p["step"] < settings["steps"]):
                self._step(steps, examples)
                if time.monotonic() - kept > keep_seconds:
                    keep(self.state())
                    kept = time.monotonic()
            self._validate(p["epoch"])
            p.update(epoch=p["epoch"] + 1, stepInEpoch=0, lossSum=0.0, weightSum=0.0)
            keep(self.state())
            kept = time.monotonic()
        return end

    def _end(self) -> str | None:
        p, settings = self.progress, self.settings
        if p["stepInEpoch"] > 0:
            return None
        steps = settings["steps"]
        if p["epoch"] > settings["epochs"] if steps is None else p["step"] >= steps:
            return "finished"
        patience, best = settings["patience"], p["best"]
        return "patience" if patience > 0 and best is not None and p["epoch"] - 1 - best["epoch"] >= patience else None

    def _step(self, steps: list[list[int]], examples: list[Example]) -> None:
        p, settings = self.progress, self.settings
        numbers = steps[p["stepInEpoch"]]
        rate = settings["learningRate"] * self._factor(len(steps)) * p["rateFactor"]
        started = time.monotonic()
        weight = sum(len(examples[n].loss) for n in numbers)
        tokens = sum(len(examples[n].tokens) for n in numbers)
        self.model.model.train()
        self.optimiser.zero_grad(set_to_none=False)
        for parameter in self.parameters.values():
            if parameter.grad is None:
                parameter.grad = torch.zeros_like(parameter)
        loss = torch.zeros((), device=self.model.device)
        for batch in self._batches([examples[n] for n in numbers[self.rank :: self.workers]]):
            part = self._loss(batch) / max(1, weight)
            part.backward()
            loss += part.detach()
        self._sum([loss, *(parameter.grad for parameter in self.parameters.values())])
        gradients = [parameter.grad for parameter in self.parameters.values()]
        norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(g.float()) for g in gradients]))
        p["stepInEpoch"] += 1
        p["step"] += 1
        p["tokens"] += tokens
        if math.isfinite(loss.item()) and math.isfinite(norm.item()):
            p["skippedInARow"] = 0
            clip = settings["clip"]
            scale = min(1.0, clip / (norm.item() + 1e-6)) if clip > 0 else 1.0
            for gradient in gradients:
                gradient.mul_(scale)
            for group in self.optimiser.param_groups:
                group["lr"] = rate
            self.optimiser.step()
            p["lossSum"] += loss.item() * weight
            p["weightSum"] += weight
        else:
            self._skip(rate, p["stepInEpoch"] == len(steps))
        p["seconds"] += time.monotonic() - started
        self.work_done += tokens * TRAINING_COST
        self._tell(loss.item(), rate)

    def _skip(self, rate: float, epoch_over: bool) -> None:
        p = self.progress
        p["skippedSteps"] += 1
        p["skippedInARow"] += 1
        p["rateFactor"] /= 2
        if p["skippedInARow"] >= MOST_SKIPPED or (epoch_over and p["weightSum"] == 0):
            raise JobError(
                "recipe-invalid",
                f"Training does not converge: at step {p['step']} the loss has been infinite or not a number "
                f"{p['skippedInARow']} times in a row, although the learning rate was halved each time, down to {rate}.",
                "Lower training.learningRate by a factor of ten, or check that the model itself is intact.",
            )

    def _batches(self, examples: list[Example]):  # noqa: ANN202
        lengths = [len(example.tokens) for example in examples]
        for group in fitting(lengths, self.settings["runTokens"]):
            yield collate([examples[n] for n in group])

    def _loss(self, batch: Any) -> torch.Tensor:
        """Σ of the negative log-likelihoods of a batch's targets."""
        if len(batch.targets) == 0:
            return torch.zeros((), device=self.model.device, requires_grad=True)
        logits = self.model.logits(batch.tokens, batch.mask, batch.places)
        targets = batch.targets.to(self.model.device)
        if self.allowed is not None:
            logits, targets = logits[:, self.allowed], torch.searchsorted(self.allowed, targets)
        return torch.nn.functional.cross_entropy(logits, targets, reduction="sum")

    @torch.no_grad()
    def _validate(self, epoch: int) -> None:
        p = self.progress
        weight = sum(len(example.loss) for example in self.validation)
        loss = torch.zeros((), device=self.model.device, dtype=torch.float64)
        self.model.model.eval()
        for batch in self._batches(self.validation[self.rank :: self.workers]):
            loss += self._loss(batch)
        self._sum([loss])
        self.work_done += sum(len(example.tokens) for example in self.validation)
        measured = loss.item() / weight if weight > 0 else None
        measured = measured if measured is not None and math.isfinite(measured) else None
        trained = p["lossSum"] / p["weightSum"] if p["weightSum"] > 0 else None
        p["history"].append({"epoch": epoch, "trainLoss": trained, "validationLoss": measured})
        best = measured is not None and (p["best"] is None or measured < p["best"]["validationLoss"])
        if best:
            p["best"] = {"epoch": epoch, "validationLoss": measured}
            self.best_weights = self.weights() if self.rank == 0 else b""
        self.say({"event": "epoch", "epoch": epoch, "trainLoss": trained, "validationLoss": measured, "best": best})

    def weights(self) -> bytes:
        names = self.model.file_names()
        return weights_file({names[name]: tensor for name, tensor in self.parameters.items()})

    def outcome(self, stopped: str) -> tuple[dict[str, Any], bytes]:
        """What the training tells of itself, and the weights of its best epoch; without validation the last ones."""
        p = self.progress
        told = {
            "stopped": stopped,
            "history": [{k: v for k, v in record.items() if v is not None} for record in p["history"]],
            "bestEpoch": p["best"]["epoch"] if p["best"] else None,
            "steps": p["step"],
            "skippedSteps": p["skippedSteps"],
            "tokens": p["tokens"],
            "tokensPerSecond": p["tokens"] / p["seconds"] if p["seconds"] > 0 else None,
        }
        return told, self.best_weights if self.best_weights else self.weights()

    def state(self) -> bytes:
        """All that it takes to go on from here; of every worker the same."""
        if self.rank != 0:
            return b""
        buffer = io.BytesIO()
        parameters = {name: parameter.detach().cpu() for name, parameter in self.parameters.items()}
        state = {
            "progress": self.progress,
            "parameters": parameters,
            "optimiser": self.optimiser.state_dict(),
            "best": self.best_weights,
        }
        torch.save(state, buffer)
        return buffer.getvalue()

    def restore(self, state: bytes) -> None:
        kept = torch.load(io.BytesIO(state), map_location="cpu", weights_only=True)
        with torch.no_grad():
            for name, parameter in self.parameters.items():
                parameter.copy_(kept["parameters"][name])
        self.optimiser.load_state_dict(kept["optimiser"])
        self.progress = kept["progress"]
        self.best_weights = kept["best"]

    def _factor(self, steps_in_epoch: int) -> float:
        p, settings = self.progress, self.settings

        def share(done: int) -> float:
            if settings["steps"] is not None:
                return (p["step"] + done) / settings["steps"]
            return (p["epoch"] - 1 + (p["stepInEpoch"] + done) / steps_in_epoch) / settings["epochs"]

        return schedule_factor(settings["schedule"], share(0), share(1), settings["warmup"])

    def _sum(self, tensors: list[torch.Tensor]) -> None:
        if self.workers > 1:
            for tensor in tensors:
                dist.all_reduce(tensor)

    def _work(self, steps: int) -> float:
        return steps * self.settings["stepCost"]

    def _tell(self, loss: float, rate: float) -> None:
        now = time.monotonic()
        p = self.progress
        last = p["step"] == self.settings["totalSteps"]
        if now - self.last_said < PROGRESS_SECONDS and not last:
            return
        self.last_said = now
        total = self.settings["totalWork"]
        fraction = min(1.0, (self.work_before + self.work_done) / total) if total > 0 else 1.0
        elapsed = now - self.began
        left = elapsed * (total - self.work_before - self.work_done) / self.work_done if self.work_done > 0 else None
        event = {
            "event": "progress", "stage": "training", "fraction": fraction, "step": p["step"],
            "steps": self.settings["totalSteps"], "epoch": p["epoch"], "learningRate": rate,
            "tokensPerSecond": p["tokens"] / max(1e-9, p["seconds"]),
        }  # fmt: skip
        if math.isfinite(loss):
            event["loss"] = loss
        if left is not None and elapsed > 1:
            event["secondsLeft"] = max(0.0, left)
        self.say(event)
