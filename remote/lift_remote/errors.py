"""Errors in words that a person can act on. The codes are those of LIFT's own errors."""

import errno
from typing import Any


class JobError(Exception):
    """What a person can mend."""

    def __init__(self, code: str, message: str, hint: str = ""):
        super().__init__(message)
        self.code = code
        self.hint = hint


def _chain(error: BaseException) -> list[BaseException]:
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.append(error)
        # Ray wraps what a task has thrown.
        error = getattr(error, "cause", None) or error.__cause__ or error.__context__
    return chain


def describe(error: BaseException) -> dict[str, Any]:
    """An error as the log tells it: code, message, hint."""
    for link in _chain(error):
        if isinstance(link, JobError):
            return {"code": link.code, "message": str(link), "hint": link.hint}
    names = {type(link).__name__ for link in _chain(error)}
    text = " ".join(str(link) for link in _chain(error))
    full = any(isinstance(link, OSError) and link.errno in (errno.ENOSPC, errno.EDQUOT) for link in _chain(error))
    if full or "OutOfDiskError" in names or "No space left on device" in text:
        return {
            "code": "disk-full",
            "message": "A disk of the cluster is full.",
            "hint": "Free some space there and resume the run.",
        }
    if names & {"OutOfMemoryError", "WorkerCrashedError"} or "out of memory" in text.lower():
        return {
            "code": "model-too-large",
            "message": "The cluster ran out of memory.",
            "hint": "Lower training.batchTokens, train an adapter (method lora), or take a smaller model.",
        }
    if names & {"GatedRepoError", "RepositoryNotFoundError", "RevisionNotFoundError"} or "gated repo" in text:
        return {
            "code": "unauthorized",
            "message": f"The cluster may not load the model: {_first_line(text)}",
            "hint": "Accept the model's licence on the hub, and set HF_TOKEN on the cluster.",
        }
    if "is not a valid model identifier" in text or "LocalEntryNotFoundError" in names:
        return {
            "code": "model-not-found",
            "message": f"The cluster cannot load the model: {_first_line(text)}",
            "hint": "Name a model of the hub that the cluster can reach, or a folder that all its nodes see.",
        }
    return {
        "code": "internal",
        "message": f"The job failed: {type(error).__name__}: {_first_line(str(error))}",
        "hint": "Its log on the cluster has the details.",
    }


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0][:500] if text.strip() else ""
