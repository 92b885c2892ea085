"""What a page shows of a run and its branches: which lines there are, and all that is drawn."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnviz.chapters.live_training.branches import Branch, Line, Piece, parting
from nnviz.chapters.live_training.figures.network import NetworkPanel, panel_tracks
from nnviz.chapters.live_training.figures.strands import Strand
from nnviz.chapters.live_training.figures.tracks import (
    branch_tracks,
    joined,
    near_boundary,
    near_tracks,
    probe_tracks,
    run_tracks,
    surface_tracks,
    words_tracks,
)
from nnviz.chapters.live_training.surfaces import RunSurfaces, around
from nnviz.chapters.live_training.views import recorded
from nnviz.chapters.live_training.views.recorded import Window
from nnviz.chapters.live_training.words.run import moments, moments_in_short, moments_seen
from nnviz.chart import packing
from nnviz.chart.strands import STROKES
from nnviz.chart.tracks import Tracks, WordsTrack, sentences
from nnviz.site.caching import cached
from nnviz.training.baselines.yardsticks import reached
from nnviz.training.maps.heatmap import Plane
from nnviz.training.model import Model
from nnviz.training.parameter_names import parameter_names
from nnviz.training.plan import Plan
from nnviz.training.playback import RunView, stride_of
from nnviz.training.record import Record
from nnviz.training.timeline import Timeline

Packed = tuple[bytes, str]

SLIDING_STRIDE = 100

NEAR = 250
"""Updates before and after the moment that is seen, of which a long run shows every one."""


@dataclass(frozen=True)
class Shown:
    """The lines of a page, and the one that is followed."""

    lines: tuple[Line | None, ...]  # as `branches.lines` gives them
    branches: tuple[Branch, ...]
    number: int  # of the line that is followed
    surface: str  # which axes the error surface has, as `recorded.axes` reads it
    sliding: bool = False  # whether the picture will be replaced at once
    whole: bool = True  # whether all lines are there; until then the curves are coarse

    @property
    def line(self) -> Line:
        """The line that is followed."""
        line = self.lines[self.number]
        assert line is not None
        return line

    def run_at(self, step: int) -> Record:
        """Return the run that holds a step of the line that is followed."""
        piece = self.line.piece_at(step)
        return recorded.run_of(piece.timeline, piece.first)

    @property
    def stride(self) -> int:
        """After how many updates something is shown."""
        return max(stride_of(self.line.last_step), SLIDING_STRIDE * self.sliding)

    @property
    def others(self) -> tuple[int, ...]:
        """The numbers of the lines that are drawn over it."""
        there = (k for k, line in enumerate(self.lines) if line is not None and k != self.number)
        return tuple(k for k in there if self._begins(k) < self._end(k))

    @property
    def missing(self) -> tuple[int, ...]:
        """The numbers of the lines that are not trained yet."""
        there = range(0 if self.whole else len(self.lines))
        return tuple(k for k in there if self.lines[k] is None)

    def followed(self) -> Strand:
        """Return the line that is followed, to be drawn."""
        views = tuple(self._view(piece) for piece in self.line.pieces)
        return Strand(STROKES[self.number], views, self.line.own_from, coarse=not self.whole)

    def strands(self) -> tuple[Strand, ...]:
        """Return the others, to be drawn from where they part from it."""
        return tuple(
            Strand(STROKES[k], (self._other(k),), line.own_from, coarse=not self.whole)
            for k in self.others
            if (line := self.lines[k]) is not None
        )

    def lowest(self, plan: Plan) -> float:
        """Return the lowest error that is to be seen of any line with the model of a run."""
        model = Model.of(plan), plan.sample
        return min(
            float(curve[:, 1].min())
            for strand in (self.followed(), *self.strands())
            for view, curve in zip(strand.views, strand.curves, strict=True)
            if (Model.of(view.run.plan), view.run.plan.sample) == model
        )

    def surfaces(self) -> RunSurfaces:
        """Return the error around the last piece."""
        window = self._window(self.line.pieces[-1])
        return recorded.surfaces(window, self.line.timeline, self.surface, self._plane())

    def packed(
        self,
        step: int,
        probe: tuple[float, float] | None,
        *,
        told: bool = True,
        network: NetworkPanel | None = None,
    ) -> list[Packed]:
        """Return the moving marks as the browser gets them, those drawn on top last.

        A branch is drawn over the line that it leaves, whichever of them is followed. ``told``
        adds the sentences, for which everything has to be measured; ``network`` the network, where
        it is drawn.
        """
        *before, last = self.line.pieces
        # Each piece with the last step at which it is seen, the newest first.
        seen = [(last, None), *((piece, piece.last) for piece in before)]
        packs = [pack for k in self.others if k < self.number for pack in self._other_at(k, step)]
        packs += [self._pack(piece, until, network) for piece, until in seen]
        if told and not self.sliding:
            for piece, until in seen:
                lowest = self.lowest(self.run_at(piece.first).plan)
                packs.append(_packed_words(piece.timeline, piece.first, until, lowest))
        if self.stride > 1 and not self.sliding:
            packs.append(self._near(step, network))
        if probe is not None:
            packs += [
                packing.pack(probe_tracks(self._view(piece), probe, until=until))
                for piece, until in seen
            ]
        for k in self.others:
            if k > self.number:
                packs += self._other_at(k, step)
        return packs

    def for_a_file(
        self, network: NetworkPanel | None, *, ahead: bool, closing: str
    ) -> Callable[[], list[bytes]]:
        """Return what makes the sentences of all steps that are shown, and the last ones singly.

        If they may look `ahead` they tell what a run might still reach; all end with `closing`.
        """

        def told(seen: RunView, until: int | None) -> WordsTrack:
            if ahead:
                measured = recorded.measured(seen.run.plan)
                texts = moments_seen(seen, reached(measured, self.lowest(seen.run.plan)))
            else:
                texts = moments_in_short(seen)
            texts = tuple(f"{text} {closing}".strip() for text in texts)
            return sentences(texts, start=seen.first, stride=seen.stride, until=until)

        def make() -> list[bytes]:
            *before, last = self.line.pieces
            tracks = [told(self._view(piece), piece.last) for piece in before]
            tracks.append(told(self._view(last), None))
            packs = []
            if self.stride > 1:
                first = max(last.first, last.last - NEAR)
                tracks.append(told(recorded.seen(Window(last.timeline, 1, first, last.last)), None))
                packs.append(self._near(last.last, network)[0])
            words, _ = packing.pack(Tracks(tuple(tracks), self.line.last_step))
            return [words, *packs]

        return make

    def _panel(self, piece: Piece, network: NetworkPanel | None) -> NetworkPanel | None:
        """Return the network that is drawn, if a piece has this one."""
        there = network and Model.of(piece.timeline.stages[-1].plan) == network.model
        return network if there else None

    def _window(self, piece: Piece) -> Window:
        return Window(piece.timeline, self.stride, piece.first, piece.last)

    def _view(self, piece: Piece) -> RunView:
        return recorded.seen(self._window(piece))

    def _other_window(self, k: int) -> Window:
        line = self.lines[k]
        assert line is not None
        first = line.pieces[-1].first
        begin = max(self._begins(k), first)
        begin -= (begin - first) % self.stride  # to steps at which it is known already
        return Window(line.timeline, self.stride, begin, line.last_step)

    def _other(self, k: int) -> RunView:
        return recorded.seen(self._other_window(k))

    def _begins(self, k: int) -> int:
        return parting(self.branches, self.number, k)

    def _end(self, k: int) -> int:
        line = self.lines[k]
        return line.last_step if line else 0

    def _comparable(self, plan: Plan) -> bool:
        return parameter_names(plan) == parameter_names(self.line.plan)

    def _plane(self) -> Plane:
        """Return the part of the surface that holds the paths of all lines with its axes."""
        views = [self._view(piece) for piece in self.line.pieces]
        views += [self._other(k) for k in self.others]
        axes = recorded.axes(self.line.timeline, self.surface)
        comparable = [view for view in views if self._comparable(view.run.plan)]
        return around(np.concatenate([axes.coordinates(view.parameters) for view in comparable]))

    def _axes(self, plan: Plan) -> tuple[Timeline, str] | None:
        """Return what names the axes of the surface, if a plan has the parameters that it shows."""
        return (self.line.timeline, self.surface) if self._comparable(plan) else None

    def _pack(self, piece: Piece, until: int | None, network: NetworkPanel | None) -> Packed:
        axes = self._axes(self.run_at(piece.first).plan)
        surface = (*axes, self._plane()) if axes else None
        panel = self._panel(piece, network)
        return _packed_piece(self._window(piece), until, self.number, surface, panel)

    def _other_at(self, k: int, step: int) -> list[Packed]:
        """Return a line that is not followed; of a long one every update around the step."""
        window, axes = self._other_window(k), self._axes(self._other(k).run.plan)
        packs = [_packed_other(window, k, axes, self.line.last_step)]
        first = max(window.first, self._begins(k), step - NEAR)
        last = min(window.last, step + NEAR)
        if self.stride > 1 and not self.sliding and first <= last:
            packs.append(_packed_near_boundary(Window(window.timeline, 1, first, last), k))
        return packs

    def _near(self, step: int, network: NetworkPanel | None) -> Packed:
        """Return every update around a step of a long run."""
        piece, axes = self.line.piece_at(step), self._axes(self.run_at(step).plan)
        first, last = max(piece.first, step - NEAR), min(piece.last, step + NEAR)
        window, panel = Window(piece.timeline, 1, first, last), self._panel(piece, network)
        return _packed_near(window, self.number, axes, panel)


@cached(Timeline, Plane, NetworkPanel)
def _packed_piece(
    window: Window,
    until: int | None,
    number: int,
    surface: tuple[Timeline, str, Plane] | None,
    panel: NetworkPanel | None,
) -> Packed:
    seen, stroke = recorded.seen(window), STROKES[number]
    tracks = run_tracks(seen, stroke, until=until)
    if surface is not None:
        around_it = recorded.surfaces(window, *surface)
        tracks = joined(tracks, surface_tracks(around_it, stroke, until=until))
    if panel is not None:
        tracks = joined(tracks, panel_tracks(panel, seen, until=until))
    return packing.pack(tracks)


@cached(Timeline)
def _packed_other(
    window: Window, number: int, named: tuple[Timeline, str] | None, clock: int
) -> Packed:
    axes = recorded.axes(*named) if named else None
    return packing.pack(branch_tracks(recorded.seen(window), axes, STROKES[number], last=clock))


@cached(Timeline, NetworkPanel)
def _packed_near(
    window: Window, number: int, named: tuple[Timeline, str] | None, panel: NetworkPanel | None
) -> Packed:
    seen, axes = recorded.seen(window), recorded.axes(*named) if named else None
    tracks = near_tracks(seen, axes, STROKES[number])
    if panel is not None:
        tracks = joined(tracks, panel_tracks(panel, seen, until=window.last))
    return packing.pack(tracks)


@cached(Timeline)
def _packed_near_boundary(window: Window, number: int) -> Packed:
    return packing.pack(near_boundary(recorded.seen(window), STROKES[number]))


@cached(Timeline)
def _packed_words(timeline: Timeline, first: int, until: int | None, lowest: float) -> Packed:
    run = recorded.run_of(timeline, first)
    told = moments(run, reached(recorded.measured(run.plan), lowest))
    return packing.pack(words_tracks(run, told, first=first, until=until))
