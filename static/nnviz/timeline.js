// Which of a run's marks are to be seen at a step, and which of their values: arrays are looked up, never computed.

/** @import { Timed } from "./contract.js" */

/**
 * Index into a track of the last value that is not later than the step.
 * @param {Pick<Timed, "start" | "stride" | "until" | "length">} track @param {number} step
 */
export function indexAt(track, step) {
  const index = Math.floor((Math.min(step, track.until ?? Infinity) - track.start) / track.stride + 1e-9);
  return Math.max(0, Math.min(track.length - 1, index));
}

/**
 * Where a path has been stays, so only another one in its slot can take a trail's place.
 * @param {Timed} track @param {number} step
 */
const covers = (track, step) => (
  step >= track.start && (step <= (track.until ?? Infinity) || (track.kind === "trail" && !track.slot))
);

/**
 * The tracks that cover a step; of those that share a slot only the last one, which is the finest.
 * @template {Timed} T
 * @param {readonly T[]} tracks @param {number} step @returns {T[]}
 */
export function seenAt(tracks, step) {
  const seen = tracks.filter((track) => covers(track, step));
  const last = new Map(seen.map((track) => [track.slot, track]));
  return seen.filter((track) => !track.slot || last.get(track.slot) === track);
}
