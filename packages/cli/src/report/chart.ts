import type { DeletionInsertion } from '@convscope/xai';

const [LEFT, TOP, WIDTH, HEIGHT, GAP] = [44, 20, 180, 90, 54];

/** Both curves of a map beside those of pixels in no order, as a drawing that the page's style colours. */
export function curvesChart(own: DeletionInsertion, chance: DeletionInsertion): string {
  const most = Math.max(...[own, chance].flatMap(({ deletion, insertion }) => [...deletion, ...insertion]), 1e-9);
  // A class that never gets near 1 would be a flat line.
  const top = most > 0.5 ? 1 : niceAbove(most);
  const panels = (['deletion', 'insertion'] as const).map((kind, index) => {
    const left = LEFT + index * (WIDTH + GAP);
    const line = (curve: Float64Array, name: string): string => {
      const points = Array.from(
        curve,
        (value, step) =>
          `${(left + (step / (curve.length - 1)) * WIDTH).toFixed(1)},${(TOP + (1 - value / top) * HEIGHT).toFixed(1)}`,
      );
      return `<polyline class="${name}" points="${points.join(' ')}"/>`;
    };
    const [bottom, right] = [TOP + HEIGHT, left + WIDTH];
    return `<text x="${left}" y="12">${kind === 'deletion' ? 'pixels taken away' : 'pixels put back'}</text>
<path class="grid" d="M${left} ${TOP}V${bottom}H${right}"/>
<text x="${left - 4}" y="${TOP + 4}" text-anchor="end">${percentOf(top)}</text><text x="${left - 4}" y="${bottom}" text-anchor="end">0</text>
<text x="${left}" y="${bottom + 14}">none</text><text x="${right}" y="${bottom + 14}" text-anchor="end">all</text>
${line(chance[kind], 'chance')}${line(own[kind], 'own')}`;
  });
  const width = LEFT + 2 * WIDTH + GAP + 6;
  return `<svg class="chart" viewBox="0 0 ${width} ${TOP + HEIGHT + 20}" role="img" aria-label="The class’s probability while pixels are taken away and put back, strongest first (solid) and in no order (dashed)">${panels.join('')}</svg>`;
}

/** The next of 1, 2, 5, 10, … hundredths and smaller. */
function niceAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}

function percentOf(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}
