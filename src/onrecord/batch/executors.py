"""Who runs the shards of a stage: processes of this machine, a Ray cluster, or Slurm.

Sharding, marks and logs are datatrove's. Its own local and Ray executors hand a shard to a `multiprocessing.Pool`,
which waits without end for a process that was killed; these see it die and give the shard to another.
"""

from __future__ import annotations

import logging
import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from copy import deepcopy
from pathlib import Path
from typing import Any

from datatrove.executor.base import DistributedEnvVars, PipelineExecutor
from datatrove.pipeline.base import PipelineStep
from datatrove.utils.logging import logger

from onrecord.errors import RunError

TRIES = 5  # of a shard in one run: a page that kills its worker is left out in the fourth
LOCAL_RANK = 1  # only rank 0 writes its log to the terminal as well

Steps = list[PipelineStep]


class ShardExecutor(PipelineExecutor):  # type: ignore[misc]
    """One stage over all its shards, as processes of this machine; `workers` of them at once."""

    def __init__(self, pipeline: Steps, *, tasks: int, workers: int, logging_dir: Path) -> None:
        super().__init__(pipeline, str(logging_dir))
        self.tasks, self.workers = tasks, workers

    @property
    def world_size(self) -> int:
        """The number of shards."""
        return self.tasks

    def get_distributed_env(self, node_rank: int = -1) -> DistributedEnvVars:
        """What datatrove tells its steps; ours do not ask."""
        return DistributedEnvVars(
            datatrove_node_ips="localhost",
            datatrove_cpus_per_task="1",
            datatrove_mem_per_cpu="-1",
            datatrove_gpus_on_node="0",
            datatrove_executor=type(self).__name__,
        )

    def run(self) -> None:
        """Run what is not done. A shard whose worker dies or that fails is tried again, up to TRIES times."""
        tries: Counter[int] = Counter()
        while ranks := [rank for rank in self.get_incomplete_ranks() if tries[rank] < TRIES]:
            for rank in self.run_ranks(ranks):
                tries[rank] += 1

    def run_ranks(self, ranks: list[int]) -> Iterator[int]:
        """Try each of these shards once; gives those that were begun."""
        if self.workers == 1:
            for rank in ranks:
                run_rank(self, rank)
                yield rank
            return
        # a pool for each worker, so that the death of one is not that of others
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["onrecord.batch.pages", "onrecord.batch.claims"])
        running: dict[Future[None], tuple[int, ProcessPoolExecutor]] = {}
        todo = list(ranks)
        pools = [ProcessPoolExecutor(1, mp_context=context) for _ in range(min(self.workers, len(ranks)))]
        try:
            while todo or running:
                while pools and todo:
                    pool, rank = pools.pop(), todo.pop(0)
                    running[pool.submit(run_rank, self, rank)] = (rank, pool)
                    yield rank
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    rank, pool = running.pop(future)
                    if isinstance(future.exception(), BrokenProcessPool):
                        logger.error(f"the worker of shard {rank} died")
                        pool.shutdown()
                        pool = ProcessPoolExecutor(1, mp_context=context)
                    pools.append(pool)
        finally:
            for pool in (*pools, *(pool for _, pool in running.values())):
                pool.shutdown(cancel_futures=True)


class RayExecutor(ShardExecutor):
    """The same on a Ray cluster that is up: RAY_ADDRESS names it, and RAY_AUTH_TOKEN opens it."""

    def run_ranks(self, ranks: list[int]) -> Iterator[int]:
        """Each shard is a Ray task on one core; at most `workers` at once."""
        try:
            import ray
        except ModuleNotFoundError as error:
            raise RunError("Ray is missing: pip install 'onrecord[cluster]'") from error
        if not ray.is_initialized():
            ray.init(address="auto", log_to_driver=False, logging_level=logging.ERROR)
        task = ray.remote(num_cpus=1, max_retries=0)(run_rank)
        executor = ray.put(self)
        todo = list(ranks)
        running: dict[Any, int] = {}
        while todo or running:
            while todo and len(running) < self.workers:
                rank = todo.pop(0)
                running[task.remote(executor, rank)] = rank
                yield rank
            [done], _ = ray.wait(list(running), num_returns=1)
            rank = running.pop(done)
            try:
                ray.get(done)
            except ray.exceptions.RayError as error:
                logger.error(f"shard {rank} broke off: {str(error).splitlines()[0]}")


def run_rank(executor: ShardExecutor, rank: int) -> None:
    """One shard, in the process that it was given to. What goes wrong is in its log, and its mark is not set."""
    pipeline = executor.pipeline
    executor.pipeline = deepcopy(pipeline)
    try:
        executor._run_for_rank(rank, LOCAL_RANK)
    except Exception:  # noqa: BLE001 - one shard must not cost the others; the mark tells whether it is done
        logger.error(f"shard {rank} failed: see {executor.logging_dir.path}/logs/task_{rank:05d}.log")
    finally:
        executor.pipeline = pipeline


def make_slurm_stages(
    stages: list[tuple[Path, Steps]], *, tasks: int, workers: int, options: dict[str, str]
) -> Callable[[], None]:
    """The stages as Slurm job arrays, each waiting for the one before; gives what submits them."""
    from datatrove.executor.slurm import SlurmPipelineExecutor

    last = None
    for folder, steps in stages:
        last = SlurmPipelineExecutor(
            steps,
            tasks=tasks,
            time=options.get("time", "24:00:00"),
            partition=options.get("partition", "batch"),
            workers=workers,
            job_name=f"onrecord-{folder.name}",
            logging_dir=str(folder),
            slurm_logs_folder=str(folder / "slurm"),
            depends=last,
            sbatch_args={name: value for name, value in options.items() if name not in ("time", "partition")},
            requeue=True,
        )
    assert last is not None
    return last.run  # type: ignore[no-any-return]
