"""`python -m lift_remote`: does the job that lies beside this package, and says so in its log."""

import signal
import sys
import traceback

import ray

from .ask import ask
from .errors import JobError, describe
from .job import Job
from .journal import say, send_file
from .storage import Storage
from .train import train

# Weights beyond this do not travel in the log: they stay in the storage that the job names.
MOST_IN_LOG = 128 * 1024 * 1024


def send_weights(job: Job, weights: bytes) -> None:
    """Weights come home through the log, as a cluster has no other way out that every client can reach."""
    place = job.spec["storage"]
    if len(weights) <= MOST_IN_LOG:
        send_file("weights.safetensors", weights)
        return
    megabytes = len(weights) // 1_000_000
    if not place:
        raise JobError(
            "disk-full",
            f"What was trained has {megabytes} MB, too much to come home through the log of the job.",
            "Name a storage that the cluster can write to, and train again; or train an adapter (method lora).",
        )
    stored = Storage(place, job.spec["key"]).write("weights.safetensors", weights)
    say({"event": "stored", "name": "weights.safetensors", "place": stored})


def work() -> None:
    job = Job()
    say({"event": "begin", "ray": ray.__version__})
    ray.init(log_to_driver=False, logging_level="WARNING")
    weights = job.adapter_weights()
    if job.trains:
        told, weights = train(job)
        say({"event": "trained", "training": told})
    answers = ask(job, weights)
    say({"event": "progress", "stage": "fetching", "fraction": 0.0})
    send_file("answers", answers)
    if job.trains:
        send_weights(job, weights)
    say({"event": "end"})


def main() -> int:
    # A job is stopped by SIGTERM: that is no failure, and needs no trace.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        work()
        return 0
    except Exception as error:
        traceback.print_exc()
        say({"event": "error", **describe(error)})
        return 1


if __name__ == "__main__":
    sys.exit(main())
