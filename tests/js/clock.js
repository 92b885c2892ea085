// A clock that tests turn, because those of node differ from version to version.

let [timers, now] = [[], 0];

globalThis.setTimeout = (act, after) => {
  const timer = { act, at: now + after };
  timers.push(timer);
  return timer;
};
globalThis.clearTimeout = (timer) => { timers = timers.filter((each) => each !== timer); };

/** Let time pass. */
export function wait(ms) {
  now += ms;
  for (const timer of timers.filter(({ at }) => at <= now)) {
    clearTimeout(timer);
    timer.act();
  }
}

/** Forget what waits. */
export function forget() {
  timers = [];
}
