import { escaped } from '../figure/html.ts';
import { PAGE_STYLE } from '../report/page-style.ts';
import { bytesText, shortNumber } from '../text.ts';
import { colorOf, OP_COLORS } from './op-colors.ts';
import { headingOf, methodText, rateOf, type ProfileContent, type ProfileRow } from './profile-content.ts';
import { milliseconds, percent } from './profile-text.ts';

const STYLE = `
.strip { display: block; width: 100%; height: 4.5rem; margin-top: 1rem; border-radius: 6px; }
.strip rect { stroke: var(--paper); stroke-width: 1; vector-effect: non-scaling-stroke; }
.strip rect:hover { opacity: 0.75; }
.key { display: flex; flex-wrap: wrap; gap: 0.3rem 1.25rem; margin: 0.8rem 0 0; padding: 0; list-style: none; font-size: 0.875rem; }
.key svg { width: 0.8rem; height: 0.8rem; margin-right: 0.4rem; border-radius: 2px; vertical-align: -1px; }
.nodes { margin-top: 1rem; }
.nodes th, .nodes td { font-size: 0.875rem; }
.nodes thead th { white-space: nowrap; }
.nodes code { color: var(--pale); font-size: 0.8rem; }
.nodes .room { width: 22%; min-width: 6rem; }
.nodes .room svg { display: block; width: 100%; height: 0.7rem; margin-top: 0.4rem; }
`;

/** The whole profile as one HTML page without scripts: the run as a strip, each op, each node. */
export function profilePage(content: ProfileContent): string {
  const { rows, profile } = content;
  const heading = escaped(headingOf(content));
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Profile: ${heading}</title>
<style>${PAGE_STYLE}${STYLE}</style>
<p class="eyebrow">Profile</p>
<h1>${heading}</h1>
<p class="lead"><strong>${milliseconds(profile.milliseconds)} ms</strong> in ${rows.length} nodes</p>
<p class="pale">${escaped(methodText(content))}. Each node is a submit of its own, so the sum is more than a run takes.</p>
<h2>The run from its beginning to its end</h2>
${strip(content)}
${key(content)}
<h2>Every node</h2>
<p class="pale">In the order in which they run. Bars are shares of the whole time.</p>
${nodeTable(rows)}
</html>
`;
}

/** Every node as wide as its share of the time. */
function strip({ rows }: ProfileContent): string {
  let left = 0;
  const boxes = rows.map((row) => {
    const box = `<rect x="${(1000 * left).toFixed(2)}" width="${(1000 * row.share).toFixed(2)}" height="72" fill="${css(row.opRank)}"><title>${escaped(`${row.node}: ${row.op}, ${milliseconds(row.milliseconds)} ms, ${percent(row.share)}`)}</title></rect>`;
    left += row.share;
    return box;
  });
  return `<svg class="strip" viewBox="0 0 1000 72" preserveAspectRatio="none" role="img" aria-label="Every node in its order, as wide as its share of the time; the table below has the numbers">${boxes.join('')}</svg>`;
}

function key({ ops }: ProfileContent): string {
  const shown = ops.slice(0, OP_COLORS.length);
  const others = ops.slice(OP_COLORS.length);
  const rest = others.reduce((sum, { share }) => sum + share, 0);
  const entries = shown.map(
    ({ op, count, share }, rank) =>
      `<li>${swatch(rank)}${escaped(op)} <span class="pale">${percent(share)}, ${count}</span></li>`,
  );
  if (others.length > 0)
    entries.push(
      `<li>${swatch(OP_COLORS.length)}${others.length} others <span class="pale">${percent(rest)}</span></li>`,
    );
  return `<ul class="key">${entries.join('')}</ul>`;
}

function nodeTable(rows: readonly ProfileRow[]): string {
  const most = Math.max(...rows.map(({ share }) => share), 1e-12);
  const lines = rows.map((row) => {
    const rate = rateOf(row);
    const bar = `<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width="${((100 * row.share) / most).toFixed(2)}" height="10" rx="1" fill="${css(row.opRank)}"/></svg>`;
    return `<tr><th scope="row">${escaped(row.node)}<br><code>${escaped(row.kernels.join(', '))}</code></th><td>${escaped(row.op)}</td><td>${row.shape}</td><td class="room">${bar}</td><td class="number">${milliseconds(row.milliseconds)}</td><td class="number">${percent(row.share)}</td><td class="number">${rate === undefined ? '' : shortNumber(rate)}</td><td class="number">${bytesText(row.bytes)}</td></tr>`;
  });
  const head = ['Node and kernels', 'Op', 'Shape', ''].map((name) => `<th scope="col">${name}</th>`).join('');
  const numbers = ['ms', 'share', 'GFLOP/s', 'memory touched'].map(
    (name) => `<th scope="col" class="number">${name}</th>`,
  );
  return `<div class="scroll nodes"><table><thead><tr>${head}${numbers.join('')}</tr></thead><tbody>${lines.join('\n')}</tbody></table></div>`;
}

const swatch = (rank: number): string =>
  `<svg viewBox="0 0 1 1" aria-hidden="true"><rect width="1" height="1" fill="${css(rank)}"/></svg>`;

const css = (rank: number): string => `rgb(${colorOf(rank).join(' ')})`;
