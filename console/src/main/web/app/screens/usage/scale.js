// The axis of values: from nought to a little above the most, with whole and round numbers at its lines.

const ROOM_ABOVE = 1.08;

/**
 * @param {number} most the largest value
 * @param {number} lines how many have room
 * @returns {{ top: number, lines: number[] }}
 */
export function scale(most, lines) {
  const top = Math.max(most * ROOM_ABOVE, 1);
  const step = roundStep(top / Math.max(1, lines));
  return { top, lines: Array.from({ length: Math.floor(top / step) + 1 }, (_, i) => i * step) };
}

/** The least of 1, 2, 5, 10, 20, 25, 50, … that is not less. Of things that are counted there are no halves. */
function roundStep(least) {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, least))));
  return /** @type {number} */ ([1, 2, 2.5, 5, 10].map((it) => it * power).find((it) => it >= least && Number.isInteger(it)));
}
