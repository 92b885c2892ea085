"""What the page shows of a training and its branches: lines, views, and all that is drawn."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np

from nnviz.chapters.deeper_networks.address import Chosen
from nnviz.chapters.deeper_networks.figures.losses import LossMark, Strand
from nnviz.chapters.deeper_networks.figures.tracks import (
    branch_tracks,
    item_tracks,
    network_tracks,
    probe_tracks,
    same_network,
)
from nnviz.chapters.deeper_networks.items import Bias, Edge, Item, item_name
from nnviz.chapters.deeper_networks.lines import changes_of, last_shared_step, timeline_of
from nnviz.chapters.deeper_networks.record_view import NEAR, RecordView, ViewPiece, singly
from nnviz.chapters.deeper_networks.settings import OWN
from nnviz.chapters.deeper_networks.views.records import (
    VIEWS,
    at_once,
    has_many_rows,
    losses_of,
    near_view,
    quick_view,
)
from nnviz.chapters.deeper_networks.words import (
    change_words,
    checkpoint_sentences,
    most_checkpoints,
)
from nnviz.chart import packing
from nnviz.chart.strands import STROKES
from nnviz.chart.tracks import Tracks, WordsTrack, sentences
from nnviz.data.toys import TOYS
from nnviz.site import lesson
from nnviz.site.caching import cached
from nnviz.training.maps.heatmap import Plane
from nnviz.training.maps.plot_range import plane_of
from nnviz.training.plan import Plan
from nnviz.training.record import Record
from nnviz.training.timeline import MOST_STEPS, Timeline

Pack = tuple[bytes, str]

_SENTENCES: Final = 60
# The beginning of a run, where most happens, is put into words ten times as finely.
_BEGINNING: Final = 0.1


class ShownLines:
    """The lines of the page as far as they are computed, and the one that is followed.

    `epochs` is the length of the run, in epochs of its beginning; `sliding` says that the picture
    will be replaced at once.
    """

    def __init__(self, chosen: Chosen, epochs: int, *, sliding: bool) -> None:
        self._chosen, self.sliding = chosen, sliding
        own = chosen.own
        self.steps = min(MOST_STEPS, epochs * chosen.base.plan(own).updates_per_epoch)
        self.timelines = tuple(
            _with_weights(
                chosen.weights, timeline_of(chosen.base, chosen.lines, number, own, self.steps)
            )
            for number in range(len(chosen.lines))
        )
        self.number = chosen.number
        # Looked at once: what arrives from now on belongs to the next picture.
        self._known = self._views()
        if sliding:
            self._known[self.number] = None

    @property
    def timeline(self) -> Timeline:
        """The timeline of the line that is followed."""
        return self.timelines[self.number]

    @cached_property
    def plane(self) -> Plane:
        """The part of the plane that is shown."""
        settings = self._chosen.settings
        usual = None if settings.data == OWN else TOYS[settings.data].plane
        return plane_of(settings.sample(self._chosen.own), usual)

    @cached_property
    def view(self) -> RecordView:
        """The view of the line that is followed."""
        return self._view(self.number)

    @property
    def record(self) -> Record:
        """The record of the line that is followed, as far as it is there."""
        return self.view.record

    @property
    def quick(self) -> bool:
        """Whether the line that is followed will be replaced by a finer or longer one."""
        return not self._whole(self.number)

    @property
    def waiting(self) -> bool:
        """Whether there will be more of any line."""
        return not all(self._whole(number) for number in range(len(self.timelines)))

    @property
    def failed(self) -> bool:
        """Whether a line could not be computed."""
        return any(VIEWS.known(each).failed for each in self.timelines)

    @property
    def outdated(self) -> bool:
        """Whether there is more by now."""
        return any(now is not then for now, then in zip(self._views(), self._known, strict=True))

    @property
    def done(self) -> float:
        """Fraction of the updates that are there by now, of the line with the fewest."""
        views = zip(self._views(), self.timelines, strict=True)
        ends = [
            each.last_step if each else 0 for each, timeline in views if not _whole(each, timeline)
        ]
        return min(ends, default=self.steps) / self.steps

    def ask(self) -> None:
        """Let the work on all lines go on."""
        for each in self.timelines:
            VIEWS.ask(each)

    @property
    def last_step(self) -> int:
        """The last step of the clock: where the followed line ends, or will end."""
        ended = self.record.diverged_at or self.record.stopped_at
        return self.record.last_step if ended else self.steps

    def followed(self) -> Strand:
        """Return the line that is followed, to be drawn."""
        return Strand(STROKES[self.number], self.view)

    @property
    def coarse(self) -> bool:
        """Whether the picture shows little of what is trained, because looking takes long."""
        return bool(self.missing) or (self._known[self.number] is None and self._many)

    @property
    def missing(self) -> tuple[int, ...]:
        """The lines that are not drawn yet: those of many rows come after the followed one."""
        numbers = range(len(self.timelines)) if self._many else ()
        return tuple(k for k in numbers if k != self.number and self._known[k] is None)

    @cached_property
    def _many(self) -> bool:
        return any(map(has_many_rows, self.timelines))

    @cached_property
    def others(self) -> tuple[Strand, ...]:
        """The other lines, each from the step at which it parts from the followed one."""
        found = []
        for number in range(len(self.timelines)):
            if number != self.number and number not in self.missing:
                shared = last_shared_step(self._chosen.lines, self.number, number)
                view = self._view(number).since(shared)
                if view.pieces:
                    found.append(Strand(STROKES[number], view))
        return tuple(found)

    def marks(self) -> tuple[LossMark, ...]:
        """Return the changes of the followed line, and how it ended, as marks of the losses."""
        record = self.record
        marks: list[LossMark] = []
        for change in changes_of(self._chosen.lines, self.number):
            if 0 < change.step <= record.last_step:
                words = change_words(change, record.plan_at(change.step))
                number = str(len(marks) + 1)
                marks.append(LossMark(change.step, number, f"update {change.step:,}: {words}"))
        if record.stopped_at is not None:
            words = "early stopping: the test loss had not become lower for long enough"
            marks.append(LossMark(record.stopped_at, "S", words))
        if record.diverged_at is not None:
            words = "from here on the numbers are too large for a computer"
            marks.append(LossMark(record.last_step, "D", words))
        return tuple(marks)

    def packed(
        self, step: int, selected: Item | None, probe: tuple[float, float] | None
    ) -> list[Pack]:
        """Return everything that moves, packed for the browser."""
        shown, last = self.record.plan_at(step), self.last_step
        *pieces, last_piece = self.view.pieces
        pairs: list[tuple[ViewPiece, int | None]] = [(piece, piece.last) for piece in pieces]
        pairs.append((last_piece, None))
        network = (shown.sizes, shown.architecture.inputs)
        # The clock of the whole picture is that of its first pack.
        packs = [
            _packed_piece(
                self.record.timeline, self.plane, len(piece.parameters), k, self.number, network,
                until, last, _measure(), _piece=piece, _shown=shown,
            )
            for k, (piece, until) in enumerate(pairs)
        ]  # fmt: skip
        packs += [
            packing.pack(branch_tracks(piece, strand.stroke, last=last))
            for strand in self.others
            for piece in strand.view.pieces
        ]
        near = self._near(step)
        if near is not None:
            tracks = network_tracks(
                near, STROKES[self.number], shown=shown, plane=self.plane, until=near.last,
                last=last, is_near=True, measure=_measure(),
            )  # fmt: skip
            packs.append(packing.pack(tracks))
            pairs.append((near, near.last))
        packs += self._chosen_packs(pairs, shown, selected, probe)
        if not self.quick:
            packs.append(_packed_words(self.timeline, last, _record=self.record))
        return packs

    def for_a_file(
        self, step: int, selected: Item | None, probe: tuple[float, float] | None
    ) -> Callable[[], list[bytes]]:
        """Return what makes sentences for a file, and every update of a record that is not long.

        Of a long one the last updates come singly. ``step``, ``selected`` and ``probe`` are those
        of `packed`.
        """
        record, pieces, last = self.record, self.view.pieces, self.last_step
        shown, measure, plane = record.plan_at(step), _measure(), self.plane
        stroke = STROKES[self.number]

        def make() -> list[bytes]:
            single = singly(record)
            words = [(piece, None if piece is pieces[-1] else piece.last) for piece in pieces]
            words += [(piece, None if piece.last == last else piece.last) for piece in single]
            curve = losses_of(record.timeline, _record=record)
            tracks = tuple(
                sentences(
                    checkpoint_sentences(record, piece.steps.tolist(), curve),
                    start=piece.first,
                    stride=piece.stride,
                    until=until,
                )
                for piece, until in (words if single[0].first else words[len(pieces) :])
            )
            packs = [packing.pack(Tracks(tracks, last))]
            for piece in single:
                fine = network_tracks(
                    piece, stroke, shown=shown, plane=plane, until=piece.last, last=last,
                    is_near=True, measure=measure,
                )  # fmt: skip
                packs.append(packing.pack(fine))
            pairs = [(piece, piece.last) for piece in single]
            packs += self._chosen_packs(pairs, shown, selected, probe)
            return [content for content, _ in packs]

        return make

    def _views(self) -> list[RecordView | None]:
        return [VIEWS.known(each).latest for each in self.timelines]

    def _whole(self, number: int) -> bool:
        return _whole(self._known[number], self.timelines[number])

    def _view(self, number: int) -> RecordView:
        timeline = self.timelines[number]
        if self._known[number] is None and not self.sliding and at_once(timeline):
            self._known[number] = VIEWS.work(timeline, 0.0).latest
        elif not self.sliding and not self._many:  # else after the picture: it takes long enough
            VIEWS.ask(timeline)
        return self._known[number] or quick_view(timeline)

    def _near(self, step: int) -> ViewPiece | None:
        """Return single updates around a step, where the view shows fewer."""
        if self.view.piece_at(step).stride == 1:
            return None
        # In haste the step alone, so that its numbers are its own.
        reach = 0 if self.quick else NEAR
        return near_view(self.record.timeline, step, reach)

    def _chosen_packs(
        self,
        pieces: Sequence[tuple[ViewPiece, int | None]],
        shown: Plan,
        selected: Item | None,
        probe: tuple[float, float] | None,
    ) -> list[Pack]:
        """Return the value of the picked weight and the output at the asked point, packed."""
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


def _whole(view: RecordView | None, timeline: Timeline) -> bool:
    return view is not None and view.record.timeline.steps == timeline.steps


def _with_weights(weights: tuple[float, ...], timeline: Timeline) -> Timeline:
    """Return a timeline that begins with given weights, if its network has as many."""
    first, *later = timeline.stages
    if len(weights) != first.plan.n_parameters:
        return timeline
    by_hand = {**dict(enumerate(weights)), **dict(first.by_hand)}
    stage = replace(first, by_hand=tuple(by_hand.items()))
    return replace(timeline, stages=(stage, *later))


def _measure() -> str:
    """Return what the loss is called: in a lesson the error, as in all of them."""
    return "loss" if lesson.shown() is None else "error"


@cached(Timeline, Plane)
def _packed_piece(
    timeline: Timeline,
    plane: Plane,
    n_checkpoints: int,
    index: int,
    number: int,
    network: tuple[tuple[int, ...], tuple[str, ...]],
    until: int | None,
    last: int,
    measure: str,
    *,
    _piece: ViewPiece,
    _shown: Plan,
) -> Pack:
    """Pack a piece, which all the other arguments name."""
    tracks = network_tracks(
        _piece, STROKES[number], shown=_shown, plane=plane, until=until, last=last, measure=measure
    )
    return packing.pack(tracks)


@cached(Timeline)
def _packed_words(timeline: Timeline, last: int, *, _record: Record) -> Pack:
    """Pack the sentences of about a hundred checkpoints; the timeline names the record."""
    end = _record.last_step
    most = min(_SENTENCES, max(2, most_checkpoints(_record.plan_at(end)) // 2))
    borders = [0, round(_BEGINNING * end), end] if end >= _SENTENCES else [0, end]
    curve = losses_of(_record.timeline, _record=_record)
    tracks = []
    for first, until in pairwise(borders):
        stride = max(1, -(-(until - first) // most))
        steps = np.arange(first, until + 1, stride)
        texts = checkpoint_sentences(_record, steps.tolist(), curve)
        tracks.append(
            WordsTrack(
                values=np.arange(len(steps)), start=first, stride=stride, slot="words", texts=texts
            )
        )
    return packing.pack(Tracks(tuple(tracks), last))
