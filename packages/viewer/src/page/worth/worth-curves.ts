import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { RandomizationStep } from '@convscope/xai';

/** Of the drawing, in its own units; text is beside it in HTML. */
const [WIDTH, HEIGHT] = [120, 56];

/** A curve of numbers from 0 to 1 over 0 to 100 %, filled down to zero, with another one dashed for comparison. */
export function curve(values: ArrayLike<number>, compared: ArrayLike<number>, label: string): TemplateResult {
  const line = points(values);
  return html`<svg class="curve" viewBox="-1 -3 ${WIDTH + 2} ${HEIGHT + 6}" role="img" aria-label=${label}>
    ${frame()}
    ${svg`<polygon class="area" points=${`0,${HEIGHT} ${line} ${WIDTH},${HEIGHT}`}></polygon>
      <polyline class="compared" points=${points(compared)}></polyline>
      <polyline class="line" points=${line}></polyline>`}
  </svg>`;
}

/** One bar a stage from -1 to 1 of rank correlation, drawn by magnitude; hollow where it is negative. */
export function bars(steps: readonly RandomizationStep[], label: string): TemplateResult {
  const all = [1, ...steps.map(({ correlation }) => correlation)];
  const slot = WIDTH / all.length;
  return html`<svg class="curve" viewBox="-1 -3 ${WIDTH + 2} ${HEIGHT + 6}" role="img" aria-label=${label}>
    ${frame()}
    ${all.map((value, index) => {
      const height = Number.isNaN(value) ? 0 : Math.min(Math.abs(value), 1) * HEIGHT;
      return svg`<rect class=${value < 0 ? 'bar negative' : 'bar'} x=${index * slot + slot * 0.15} y=${HEIGHT - height}
        width=${slot * 0.7} height=${Math.max(height, 1)}></rect>`;
    })}
  </svg>`;
}

function frame(): SVGTemplateResult {
  return svg`<path class="frame" d=${`M0 0V${HEIGHT}H${WIDTH}`}></path>`;
}

function points(values: ArrayLike<number>): string {
  return Array.from(values, (value, index) => {
    const x = (index / Math.max(values.length - 1, 1)) * WIDTH;
    return `${x.toFixed(1)},${((1 - Math.min(Math.max(value, 0), 1)) * HEIGHT).toFixed(1)}`;
  }).join(' ');
}
