import { escaped } from '../../report/html';

/** What a method says about each point of the grid, line by line from the least y. */
export interface Boundary {
  readonly name: string;
  readonly labels: readonly string[];
}

export interface Plane {
  /** Points of the grid on each side. */
  readonly side: number;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly dots: readonly { readonly x: number; readonly y: number; readonly label: string }[];
}

const colours = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#d55e00', '#56b4e9', '#b8a900', '#7a5195'];
/** More dots hide the plane. */
const mostDots = 300;

/** One small plane for each method: the class of each point as a colour, training rows as dots. */
export function boundaryPanels(boundaries: readonly Boundary[], plane: Plane): string {
  const classes = [
    ...new Set([...plane.dots.map(({ label }) => label), ...boundaries.flatMap(({ labels }) => labels)]),
  ].sort();
  const colourOf = (label: string): string => colours[classes.indexOf(label) % colours.length]!;
  const { side } = plane;
  const place = (value: number, [low, high]: readonly [number, number]): number =>
    ((value - low) / (high - low)) * side;
  const dots = plane.dots
    .slice(0, mostDots)
    .map(
      ({ x, y, label }) =>
        `<circle cx="${place(x, plane.x).toFixed(2)}" cy="${(side - place(y, plane.y)).toFixed(2)}" r="0.5" fill="${colourOf(label)}" stroke="#fff" stroke-width="0.12"/>`,
    )
    .join('');
  const panels = boundaries.map(({ name, labels }) => {
    const cells = runsOf(labels, side).map(
      ({ from, length, line, label }) =>
        `<rect x="${from}" y="${side - line - 1}" width="${length}" height="1" fill="${colourOf(label)}"/>`,
    );
    return `<figure><svg viewBox="0 0 ${side} ${side}" role="img" aria-label="${escaped(name)}"><g fill-opacity="0.35" shape-rendering="crispEdges">${cells.join('')}</g>${dots}</svg><figcaption>${escaped(name)}</figcaption></figure>`;
  });
  const keys = classes.map(
    (label) =>
      `<li><svg viewBox="0 0 28 10" aria-hidden="true"><rect width="28" height="10" fill="${colourOf(label)}"/></svg>${escaped(label)}</li>`,
  );
  return `<ul class="legend">${keys.join('')}</ul><div class="panels">${panels.join('')}</div>`;
}

/** Neighbours of one class in a line of the grid, together. */
function runsOf(
  labels: readonly string[],
  side: number,
): { from: number; length: number; line: number; label: string }[] {
  const runs: { from: number; length: number; line: number; label: string }[] = [];
  labels.forEach((label, index) => {
    const [from, line] = [index % side, Math.floor(index / side)];
    const last = runs.at(-1);
    if (last?.line === line && last.label === label) last.length++;
    else runs.push({ from, length: 1, line, label });
  });
  return runs;
}
