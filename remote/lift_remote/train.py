"""Training on the cluster: Ray Train starts the workers, starts them again when one is lost, and tells them who they are."""

from __future__ import annotations

import time
from typing import Any

import ray
import ray.train
from ray.train import FailureConfig, RunConfig, ScalingConfig
from ray.train.torch import TorchTrainer

from .errors import JobError, describe
from .job import Job
from .journal import Journal, Relay, notice
from .model import LanguageModel
from .storage import HUB, Storage
from .trainer import Trainer

# A lost machine is worth a new beginning from the last checkpoint; a defect in the job is not worth many.
RESTARTS = 2
KEEP_SECONDS = 60.0
CHECKPOINT = "checkpoint.pt"


def train_loop(config: dict[str, Any]) -> None:
    """What each worker does."""
    journal = config["journal"]
    context = ray.train.get_context()
    rank, workers = context.get_world_rank(), context.get_world_size()
    # What another try cannot mend is not tried again.
    earlier = ray.get(journal.failure.remote())
    if earlier is not None and earlier["code"] != "internal":
        return
    try:
        job = Job()
        storage = _storage(job)
        model = LanguageModel(job, job.adapter_weights(), trains=True)
        trainer = Trainer(job, model, rank, workers, lambda event: ray.get(journal.say.remote(event)))
        kept = ray.get(journal.kept.remote()) or (storage.read(CHECKPOINT) if storage else None)
        if kept:
            trainer.restore(kept)
            step = trainer.progress["step"]
            trainer.say({"event": "notice", "level": "info", "message": f"Training goes on from step {step}."})

        def keep(state: bytes) -> None:
            if rank == 0:
                ray.get(journal.keep.remote(state))
                if storage:
                    storage.write(CHECKPOINT, state)
            # Ray's own record of the run, for its dashboard.
            ray.train.report({"epoch": trainer.progress["epoch"], "step": trainer.progress["step"]})

        stopped = trainer.run(keep, KEEP_SECONDS)
        if rank == 0:
            ray.get(journal.keep.remote(trainer.state()))
            ray.get(journal.finish.remote(*trainer.outcome(stopped)))
    except Exception as error:
        ray.get(journal.fail.remote(describe(error)))
        raise


def train(job: Job) -> tuple[dict[str, Any], bytes]:
    """Trains. :returns: what the training tells of itself, and the best weights as a safetensors file"""
    workers, gpus = _workers(job)
    notice(f"Training on {workers} worker{'s' if workers > 1 else ''}, {'a GPU each' if gpus else 'on CPUs'}.")
    journal = Journal.remote()
    trainer = TorchTrainer(
        train_loop,
        train_loop_config={"journal": journal},
        scaling_config=ScalingConfig(num_workers=workers, use_gpu=gpus),
        run_config=RunConfig(name=f"{job.spec['key']}-{int(time.time())}", failure_config=FailureConfig(max_failures=RESTARTS)),
    )
    cause: Exception | None = None
    with Relay(journal):
        try:
            trainer.fit()
        except Exception as error:
            cause = error
    told, weights = ray.get(journal.finished.remote())
    if weights:
        if storage := _storage(job):
            storage.remove(CHECKPOINT)
        return told, weights
    failure = ray.get(journal.failure.remote())
    if failure is None and cause is not None:
        raise cause
    failure = failure or {"code": "internal", "message": "Training ended without a result.", "hint": ""}
    raise JobError(failure["code"], failure["message"], failure["hint"]) from cause


def _workers(job: Job) -> tuple[int, bool]:
    resources = ray.cluster_resources()
    gpus, cpus = int(resources.get("GPU", 0)), int(resources.get("CPU", 0))
    workers = job.spec["workers"] or max(1, gpus)
    if workers > (gpus or cpus):
        what = f"{gpus} GPUs" if gpus else f"{cpus} CPUs"
        raise JobError(
            "usage",
            f"{workers} workers were asked for, and the cluster has {what}.",
            "Ask for fewer workers, or let the cluster decide.",
        )
    return workers, gpus > 0


def _storage(job: Job) -> Storage | None:
    place = job.spec["storage"]
    # A repository of the hub is no place for checkpoints: each would be a commit that stays.
    return Storage(place, job.spec["key"]) if place and not place.startswith(HUB) else None
