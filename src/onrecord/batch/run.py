"""The whole batch: make or read the plan, run the stages one after the other, count what came out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from onrecord.batch.plan import Plan, make_plan
from onrecord.errors import RunError
from onrecord.records import Moment
from onrecord.settings import Settings

EXECUTORS = ("local", "ray", "slurm")
MARKS = ".stages"  # marks, logs and figures of each stage


@dataclass(frozen=True, slots=True)
class Finished:
    """What a batch holds. None where Slurm has only been told to make it."""

    documents: int
    statements: int
    copies: int
    claims: int
    skipped: int


def run_batch(
    inputs: Iterable[str],
    output: str | os.PathLike[str],
    *,
    settings: Settings,
    executor: str = "local",
    workers: int = 0,
    shards: int | None = None,
    published: Moment | None = None,
    outlet: str | None = None,
    slurm: Mapping[str, str] | None = None,
) -> Finished | None:
    """Do what is not done yet of the batch in `output`, a folder that every node sees.

    Raises RunError where a shard does not come to its end; what is done stays done, and a second run goes on there.
    """
    folder = Path(output).absolute()
    plan = make_plan(inputs, folder, shards=shards, published=published, outlet=outlet, settings=settings)
    workers = workers or os.cpu_count() or 1
    stages = _make_stages(plan, folder)
    from onrecord.batch import executors

    if executor == "slurm":
        submit = executors.make_slurm_stages(stages, tasks=plan.shards, workers=workers, options=dict(slurm or {}))
        submit()
        return None
    kind = executors.RayExecutor if executor == "ray" else executors.ShardExecutor
    for marks, steps in stages:
        stage = kind(steps, tasks=plan.shards, workers=workers, logging_dir=marks)
        stage.run()
        if left := stage.get_incomplete_ranks():
            first = marks / "logs" / f"task_{left[0]:05d}.log"
            raise RunError(
                f"{len(left)} of {plan.shards} shards of {marks.name} failed: see {first}, then run it again"
            )
    return count_finished(folder, plan)


def count_finished(output: Path, plan: Plan) -> Finished:
    """The rows of the tables."""
    from onrecord.batch.tables import count_rows

    tables = ("documents", "statements", "copies", "claims", "skipped")
    return Finished(*(count_rows(output, table, plan.shards) for table in tables))


def is_finished(output: Path, plan: Plan) -> bool:
    """Whether every shard has the mark of the last stage."""
    return all((output / MARKS / "4-claims" / "completions" / f"{rank:05d}").exists() for rank in range(plan.shards))


def _make_stages(plan: Plan, output: Path) -> list[tuple[Path, list[object]]]:
    try:
        from onrecord.batch.claims import DecideShard, MatchShard, PrepareShard
        from onrecord.batch.pages import ReadPages, WritePages
    except ModuleNotFoundError as error:
        raise RunError(f"a batch needs {error.name}: pip install 'onrecord[cluster]'") from error
    pages = [ReadPages(plan), WritePages(plan, output)]
    return [
        (output / MARKS / "1-pages", pages),
        (output / MARKS / "2-propositions", [PrepareShard(output)]),
        (output / MARKS / "3-edges", [MatchShard(output)]),
        (output / MARKS / "4-claims", [DecideShard(output)]),
    ]
