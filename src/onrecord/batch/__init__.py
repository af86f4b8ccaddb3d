"""The line on many machines, on datatrove: pages → documents → statements → copies → claims as Parquet, shard by shard.

Each stage is a datatrove pipeline over the same number of shards; a shard is done when its files have their names and
its mark is set, so what is killed is made again and nothing is there twice.
"""

from __future__ import annotations

from onrecord.batch.importing import Imported, import_batch
from onrecord.batch.run import Finished, run_batch

__all__ = ["Finished", "Imported", "import_batch", "run_batch"]
