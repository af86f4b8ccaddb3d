"""The stages of a training, each from what the one before left in a folder, each going on where it was broken off.

teachers: FOLDS large networks, each trained without a fifth of the corpus, so that their mean is no echo of it.
start:    the network that the student is cut from, of the small encoder's size, trained on annotated news alone.
student:  cut to its final size, then taught by the teachers on annotated and unannotated news.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from torch import nn

from training.attribution.corpus import FOLDS, Article
from training.attribution.encoder import Layer, load_encoder
from training.attribution.network import Network
from training.attribution.optimise import Plan, load_average, train
from training.attribution.prune import prune

# chosen on polnear-dev; larger encoders want smaller steps
TEACHER_RATE, RATE = 6e-5, 3e-4


@dataclass(frozen=True, slots=True)
class Recipe:
    """Encoders and sizes, and how many epochs each stage takes."""

    encoder: Path
    teacher_encoder: Path
    out: Path
    depth: int
    inner: int
    teacher_epochs: float
    start_epochs: float
    student_epochs: float
    plan: Plan

    @property
    def name(self) -> str:
        """The student's, by its size."""
        return f"student-{self.depth}-{self.inner}"


def train_teacher(recipe: Recipe, articles: Sequence[Article], fold: int) -> Network:
    """The teacher that has not seen `fold`."""
    seen = [a for a in articles if a.fold != fold and a.golds is not None]
    network = Network(load_encoder(recipe.teacher_encoder))
    plan = replace(recipe.plan, epochs=recipe.teacher_epochs, rate=TEACHER_RATE, seed=recipe.plan.seed + fold)
    return train(network, seen, plan, checkpoint=recipe.out / f"teacher-{fold}.pt")


def train_start(recipe: Recipe, articles: Sequence[Article]) -> Network:
    """The network that the student is cut from."""
    seen = [a for a in articles if a.golds is not None]
    plan = replace(recipe.plan, epochs=recipe.start_epochs, rate=RATE)
    return train(Network(load_encoder(recipe.encoder)), seen, plan, checkpoint=recipe.out / "start.pt")


def train_student(recipe: Recipe, articles: Sequence[Article]) -> Network:
    """The network that ships."""
    teachers = [load_teacher(recipe, fold) for fold in range(FOLDS)]
    plan = replace(recipe.plan, epochs=recipe.student_epochs, rate=RATE)
    student = _cut_student(recipe, articles)
    return train(student, articles, plan, checkpoint=recipe.out / f"{recipe.name}.pt", teachers=teachers)


def load_student(recipe: Recipe) -> Network:
    """The student of a stage that has ended."""
    network = Network(load_encoder(recipe.encoder))
    layers: list[Any] = list(network.encoder.layers)
    size, heads = network.encoder.size, layers[0].heads
    network.encoder.layers = nn.ModuleList(Layer(size, recipe.inner, heads) for _ in range(recipe.depth))
    return load_average(network, recipe.out / f"{recipe.name}.pt")


def load_teacher(recipe: Recipe, fold: int) -> Network:
    """A teacher of a stage that has ended."""
    return load_average(Network(load_encoder(recipe.teacher_encoder)), recipe.out / f"teacher-{fold}.pt")


def _cut_student(recipe: Recipe, articles: Sequence[Article]) -> Network:
    start = load_average(Network(load_encoder(recipe.encoder)), recipe.out / "start.pt")
    return prune(start, articles, recipe.depth, recipe.inner, recipe.plan.seed)
