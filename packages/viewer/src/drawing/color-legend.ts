import { css, html, type TemplateResult } from 'lit';
import { colorTable, type ColorMapName, type Scale } from '@convscope/xai/render';
import { numberText } from '../shared/number-text.ts';

/** A bar of a colour map with the numbers that its ends and, on signed scales, its zero stand for. */
export function colorLegend(colorMap: ColorMapName, scale: Scale): TemplateResult {
  const ticks = scale.min < 0 ? [scale.min, 0, scale.max] : [scale.min, scale.max];
  const label = `colours from ${numberText(scale.min)} to ${numberText(scale.max)}`;
  return html`<div class="legend" part="legend" role="img" aria-label=${label}>
    <div class="ramp" .style=${`background: linear-gradient(to right, ${gradientStops(colorMap)})`}></div>
    <div class="ticks number">${ticks.map((tick) => html`<span>${numberText(tick)}</span>`)}</div>
  </div>`;
}

export const legendStyles = css`
  .ramp {
    height: 10px;
    border: 1px solid var(--_line);
    border-radius: 3px;
  }
  .ticks {
    display: flex;
    justify-content: space-between;
    margin-top: 2px;
    font-size: 0.75rem;
    color: var(--_muted);
  }
`;

function gradientStops(colorMap: ColorMapName): string {
  const table = colorTable(colorMap);
  return Array.from({ length: 52 }, (_, stop) => {
    const [red = 0, green = 0, blue = 0] = table.subarray(stop * 20, stop * 20 + 3);
    return `rgb(${red} ${green} ${blue})`;
  }).join(', ');
}
