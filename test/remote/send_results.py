"""Sends files as a job sends its results: `send_results.py JOB-FOLDER NAME FILE …`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "remote"))

from lift_remote.__main__ import send  # noqa: E402
from lift_remote.job import Job  # noqa: E402

job = Job(Path(sys.argv[1]))
for name, file in zip(sys.argv[2::2], sys.argv[3::2], strict=True):
    send(job, name, Path(file).read_bytes())
