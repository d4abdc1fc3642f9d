"""`python -m lift_remote`: does the job that lies beside this package, and says so in its log."""

import signal
import sys
import traceback

import ray

from .ask import ask
from .errors import JobError, describe
from .job import Job
from .journal import say, send_file
from .storage import results_of
from .train import train

# Weights beyond this do not travel in the log: they stay in the storage that the job names.
MOST_IN_LOG = 128 * 1024 * 1024


def send(job: Job, name: str, content: bytes) -> None:
    """Results come home through the log, as a cluster has no other way out that every client can reach."""
    place = job.spec["storage"]
    stores = job.spec.get("results") == "storage"
    if not stores and (name == "answers" or len(content) <= MOST_IN_LOG):
        send_file(name, content)
        return
    megabytes = len(content) // 1_000_000
    if not place:
        raise JobError(
            "disk-full",
            f"What was trained has {megabytes} MB, too much to come home through the log of the job.",
            "Name a storage that the cluster can write to, and train again; or train an adapter (method lora).",
        )
    stored = results_of(place, job.spec["key"]).write(name, content)
    say({"event": "stored", "name": name, "place": stored})


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
    send(job, "answers", answers)
    if job.trains:
        send(job, "weights.safetensors", weights)
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
