"""What the page shows of a training and its branches: lines, views, and all that is drawn."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from nnviz.chapters.deeper_networks import histories
from nnviz.chapters.deeper_networks.chosen import Chosen
from nnviz.chapters.deeper_networks.figures.layout import Bias, Edge, Item
from nnviz.chapters.deeper_networks.figures.losses import DeepStrand, LossMark
from nnviz.chapters.deeper_networks.figures.network import item_name
from nnviz.chapters.deeper_networks.figures.probe import probe_tracks
from nnviz.chapters.deeper_networks.figures.tracks import (
    branch_tracks,
    deep_tracks,
    item_tracks,
    same_network,
)
from nnviz.chapters.deeper_networks.history_view import NEAR, HistoryView, ViewPiece
from nnviz.chapters.deeper_networks.lines import changes_of, parting, timeline_of
from nnviz.chapters.deeper_networks.settings import OWN
from nnviz.chapters.deeper_networks.words_changes import change_words
from nnviz.chapters.deeper_networks.words_clock import words_pack
from nnviz.chart import packing
from nnviz.chart.strands import STROKES
from nnviz.data.toys import TOYS
from nnviz.training.maps.heatmap import Plane
from nnviz.training.maps.plot_range import plane_of
from nnviz.training.plan import Plan
from nnviz.training.record import Record
from nnviz.training.timeline import MOST_STEPS, Timeline

Pack = tuple[bytes, str]


class DeepShown:
    """The lines of the page, and the one that is followed.

    Parameters
    ----------
    chosen : Chosen
    epochs : int
        How long the run is, in epochs of its beginning.
    sliding : bool
        Whether the picture will be replaced at once.
    """

    def __init__(self, chosen: Chosen, epochs: int, *, sliding: bool) -> None:
        self._chosen, self.sliding = chosen, sliding
        own = chosen.own
        self.steps = min(MOST_STEPS, epochs * chosen.base.plan(own).updates_per_epoch)
        self.timelines = tuple(
            _begun_by(
                chosen.weights, timeline_of(chosen.base, chosen.lines, number, own, self.steps)
            )
            for number in range(len(chosen.lines))
        )
        self.number = chosen.number
        self._streams = tuple(histories.stream(each, self.plane) for each in self.timelines)
        # Looked at once, `whole` first: what arrives from now on belongs to the next picture.
        self._seen = [(each.whole, each.view) for each in self._streams]
        if sliding:
            self._seen[self.number] = (False, None)

    @property
    def timeline(self) -> Timeline:
        """Of the line that is followed."""
        return self.timelines[self.number]

    @cached_property
    def plane(self) -> Plane:
        """The part of the plane that is shown."""
        settings = self._chosen.settings
        usual = None if settings.data == OWN else TOYS[settings.data].plane
        return plane_of(settings.sample(self._chosen.own), usual)

    @cached_property
    def view(self) -> HistoryView:
        """What there is of the line that is followed."""
        return self._view(self.number)

    @property
    def quick(self) -> bool:
        """Whether the line that is followed will be replaced by a finer or longer one."""
        return not self._seen[self.number][0]

    @property
    def waiting(self) -> bool:
        """Whether there will be more of any line."""
        return not all(whole for whole, _ in self._seen)

    @property
    def failed(self) -> bool:
        """Whether a line could not be computed."""
        return any(each.failed for each in self._streams)

    @property
    def outdated(self) -> bool:
        """Whether there is more by now."""
        return any(
            each.whole != whole or each.view is not view
            for each, (whole, view) in zip(self._streams, self._seen, strict=True)
        )

    @property
    def done(self) -> float:
        """Share of the updates that are there by now, of the line of which fewest are."""
        views = [each.view for each in self._streams if not each.whole]
        ends = [view.history.last_step if view else 0 for view in views]
        return min(ends, default=self.steps) / self.steps

    def ask(self) -> None:
        """Let the work on all lines go on."""
        for each in self._streams:
            each.ask()

    @property
    def history(self) -> Record:
        """As far as it is there."""
        return self.view.history

    @property
    def last_step(self) -> int:
        """Of the clock: where the line ends, or will end."""
        return self.history.last_step if not self.quick else self._end

    @property
    def _end(self) -> int:
        ended = self.history.diverged_at or self.history.stopped_at
        return self.history.last_step if ended else self.steps

    def _view(self, number: int) -> HistoryView:
        if not self.sliding:
            self._streams[number].ask()
        return self._seen[number][1] or histories.quickly(self.timelines[number], self.plane)

    def plan_at(self, step: int) -> Plan:
        """Return the plan of a step of the line that is followed."""
        return [stage.plan for stage in self.timeline.stages if stage.step <= step][-1]

    def followed(self) -> DeepStrand:
        """Return the line that is followed, to be drawn."""
        return DeepStrand(STROKES[self.number], self.view)

    @cached_property
    def others(self) -> tuple[DeepStrand, ...]:
        """The other lines, from where they part from it."""
        found = []
        for number in range(len(self.timelines)):
            if number != self.number:
                begin = parting(self._chosen.lines, self.number, number)
                view = self._view(number).since(begin)
                if view.pieces:
                    found.append(DeepStrand(STROKES[number], view))
        return tuple(found)

    def marks(self) -> tuple[LossMark, ...]:
        """Return what was changed on the way of the followed line, and how it ended."""
        marks = []
        count = 0
        for change in changes_of(self._chosen.lines, self.number):
            if 0 < change.step <= self.history.last_step:
                count += 1
                words = change_words(change, self.history.plan_at(change.step))
                marks.append(LossMark(change.step, str(count), f"update {change.step:,}: {words}"))
        if self.history.stopped_at is not None:
            words = "early stopping: the test loss had not become lower for long enough"
            marks.append(LossMark(self.history.stopped_at, "S", words))
        if self.history.diverged_at is not None:
            words = "from here on the numbers are too large for a computer"
            marks.append(LossMark(self.history.last_step, "D", words))
        return tuple(marks)

    def packed(
        self, step: int, selected: Item | None, probe: tuple[float, float] | None
    ) -> list[Pack]:
        """Return the moving marks as the browser gets them."""
        shown, last = self.history.plan_at(step), self.last_step
        pieces = self.view.pieces
        ends = [*(piece.last for piece in pieces[:-1]), None]
        cut = self.history.timeline
        network = (shown.sizes, shown.architecture.inputs)
        packs = [
            _packed(
                cut, self.plane, len(piece.parameters), k, self.number, network, end, last,
                _piece=piece, _shown=shown,
            )
            for k, (piece, end) in enumerate(zip(pieces, ends, strict=True))
        ]  # fmt: skip
        # The clock of the whole picture is that of its first pack.
        for strand in self.others:
            packs += [
                packing.pack(branch_tracks(piece, strand.stroke, last=last))
                for piece in strand.view.pieces
            ]
        near = self._near(step)
        if near is not None:
            stroke = STROKES[self.number]
            packs.append(
                packing.pack(
                    deep_tracks(near, stroke, shown=shown, until=near.last, last=last, is_near=True)
                )
            )
        fine = list(zip(pieces, ends, strict=True)) + ([(near, near.last)] if near else [])
        packs += self._small(fine, shown, selected, probe)
        if not self.quick:
            packs.append(words_pack(self.timeline, self.plane, last, _history=self.history))
        return packs

    def _near(self, step: int) -> ViewPiece | None:
        """Return single updates around a step, where the view shows fewer."""
        if self.view.piece_at(step).map_stride == 1:
            return None
        # In haste the step alone, so that its numbers are its own.
        reach = 0 if self.quick else NEAR
        return histories.seen_near(self.history.timeline, step, self.plane, reach)

    def _small(
        self,
        pieces: Sequence[tuple[ViewPiece, int | None]],
        shown: Plan,
        selected: Item | None,
        probe: tuple[float, float] | None,
    ) -> list[Pack]:
        packs = []
        for piece, until in pieces:
            if isinstance(selected, Edge | Bias) and same_network(piece.plan, shown):
                name = item_name(shown, selected)
                tracks = item_tracks(piece, selected, name, until=until, last=self.last_step)
                packs.append(packing.pack(tracks))
            if probe is not None:
                tracks = probe_tracks(piece, probe, until=until, last=self.last_step)
                packs.append(packing.pack(tracks))
        return packs


def _begun_by(weights: tuple[float, ...], timeline: Timeline) -> Timeline:
    """Return a timeline that begins with given weights, if its network has as many."""
    first, *later = timeline.stages
    if len(weights) != first.plan.n_parameters:
        return timeline
    by_hand = {**dict(enumerate(weights)), **dict(first.by_hand)}
    stage = replace(first, by_hand=tuple(by_hand.items()))
    return replace(timeline, stages=(stage, *later))


@histories.cached(max_entries=96)
def _packed(
    timeline: Timeline,
    plane: Plane,
    n_moments: int,
    index: int,
    number: int,
    network: tuple[tuple[int, ...], tuple[str, ...]],
    until: int | None,
    last: int,
    *,
    _piece: ViewPiece,
    _shown: Plan,
) -> Pack:
    """Pack a piece, which all the other arguments name."""
    return packing.pack(deep_tracks(_piece, STROKES[number], shown=_shown, until=until, last=last))
