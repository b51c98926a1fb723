import { placeName, type HistoryEntry, type RecordedSuite } from './recorded.ts';
import type { CaseResult, Figure } from './suite.ts';
import { digits, spread } from './text.ts';

/** The recorded results as one page without scripts: opens from the disk, loads nothing. */
export function resultsPage(suites: readonly RecordedSuite[], history: readonly HistoryEntry[]): string {
  const sections = suites.map((suite) => suiteSection(suite, history)).join('\n');
  const links = suites.map((suite) => `<a href="#${idOf(suite)}">${escape(`${suite.name}, ${adapterOf(suite)}`)}</a>`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Convscope benchmarks</title>
<style>${STYLE}</style>
<h1>Convscope benchmarks</h1>
<p>Both sides of a comparison ran in one process or page, on one adapter, in turns. A ratio says how many times longer
the other side took: above 1, Convscope is faster. Times are medians with their quartiles, in milliseconds.</p>
<nav>${links.join(' · ')}</nav>
${sections}
</html>
`;
}

const STYLE = `
:root { color-scheme: light dark; --ours: #0072b2; --line: #8884; --slow: #d55e00; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 76rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number, th.number { text-align: right; white-space: nowrap; }
.facts { opacity: .75; } .slow { color: var(--slow); font-weight: 600; }
.scroll { overflow-x: auto; } svg { display: block; max-width: 100%; height: auto; } svg text { fill: currentColor; font-size: 12px; }
h2 { margin-top: 3rem; }`;

const adapterOf = ({ environment }: RecordedSuite): string => placeName(environment);
const idOf = (suite: RecordedSuite): string => `${suite.name}-${adapterOf(suite)}`;

function suiteSection(suite: RecordedSuite, history: readonly HistoryEntry[]): string {
  const { title, environment, cases, figures } = suite;
  const { date, commit, adapter, cores, processor, load, versions } = environment;
  const software = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const facts = [
    date.slice(0, 10),
    `commit ${commit}`,
    adapter.description || adapter.vendor,
    `${cores} cores of ${processor}${load === undefined ? '' : `, load ${load}`}`,
    ...software,
  ];
  const entries = history.filter((entry) => entry.suite === suite.name && entry.adapter === adapterOf(suite));
  return `<section><h2 id="${idOf(suite)}">${escape(title)}</h2>
<p class="facts">${escape(facts.join(' · '))}</p>
${ratioBars(cases)}
${figureTable(figures)}
${caseTable(cases)}
${historyChart(entries)}
</section>`;
}

function figureTable(figures: readonly Figure[]): string {
  if (figures.length === 0) return '';
  const rows = figures.map(({ name, value, unit, wanted }) => {
    const isMet = wanted === undefined || (unit === 'times' ? value >= wanted : value <= wanted);
    const limit = wanted === undefined ? '' : `${unit === 'times' ? 'at least' : 'at most'} ${wanted}`;
    return `<tr><td>${escape(name)}</td><td class="number${isMet ? '' : ' slow'}">${digits(value)} ${unit}</td><td>${limit}</td></tr>`;
  });
  return `<div class="scroll"><table><tr><th>figure</th><th class="number">measured</th><th>wanted</th></tr>${rows.join('')}</table></div>`;
}

function caseTable(cases: readonly CaseResult[]): string {
  if (cases.length === 0) return '';
  const sides = [...new Set(cases.flatMap(({ times }) => Object.keys(times)))];
  const head = [...sides.map((side) => `${side}, ms`), 'GFLOP/s', 'ratio'].map(
    (name) => `<th class="number">${escape(name)}</th>`,
  );
  const rows = cases.map(({ name, group, times, ratios, operations }) => {
    const [own] = Object.values(times);
    const rate = operations === undefined || own === undefined ? '' : digits(operations / own.median / 1e6);
    const ofSides = sides.map(
      (side) => `<td class="number">${times[side] === undefined ? '' : spread(times[side])}</td>`,
    );
    const against = Object.values(ratios).map((ratio) => spread(ratio));
    const isSlow = Object.values(ratios).some(({ median }) => median < 1);
    return `<tr><td>${escape([group, name].filter(Boolean).join(', '))}</td>${ofSides.join('')}<td class="number">${rate}</td><td class="number${isSlow ? ' slow' : ''}">${against.join(' ')}</td></tr>`;
  });
  return `<details><summary>${cases.length} cases</summary><div class="scroll"><table><tr><th>case</th>${head.join('')}</tr>${rows.join('')}</table></div></details>`;
}

/** A bar a case on a logarithmic scale, from the line at 1. */
function ratioBars(cases: readonly CaseResult[]): string {
  const bars = cases.flatMap(({ name, group, ratios }) =>
    Object.values(ratios).map(({ median }) => ({ name: [group, name].filter(Boolean).join(', '), ratio: median })),
  );
  if (bars.length === 0) return '';
  const [left, width, step] = [520, 560, 18];
  const logs = bars.map(({ ratio }) => Math.log2(ratio));
  const [low, high] = [Math.floor(Math.min(0, ...logs)), Math.ceil(Math.max(1, ...logs))];
  const at = (log: number): number => left + ((log - low) / (high - low)) * width;
  const ticks = Array.from({ length: high - low + 1 }, (_, index) => low + index).map(
    (log) =>
      `<line x1="${at(log)}" x2="${at(log)}" y1="14" y2="${bars.length * step + 18}" stroke="currentColor" stroke-opacity="${log === 0 ? 0.8 : 0.15}"/><text x="${at(log)}" y="10" text-anchor="middle">${digits(2 ** log)}x</text>`,
  );
  const rows = bars.map(({ name, ratio }, index) => {
    const [start, end] = [at(0), at(Math.log2(ratio))].toSorted((a, b) => a - b) as [number, number];
    const y = 20 + index * step;
    return `<text x="${left - 10}" y="${y + 11}" text-anchor="end">${escape(name)}</text><rect x="${start.toFixed(1)}" y="${y}" width="${(end - start).toFixed(1)}" height="12" fill="var(--${ratio < 1 ? 'slow' : 'ours'})"/><text x="${(end + 5).toFixed(1)}" y="${y + 11}">${digits(ratio)}</text>`;
  });
  const height = bars.length * step + 24;
  return `<svg viewBox="0 0 ${left + width + 50} ${height}" role="img" aria-label="Ratios, case by case">${ticks.join('')}${rows.join('')}</svg>`;
}

/** Each tracked ratio over the recordings; a line needs two. */
function historyChart(entries: readonly HistoryEntry[]): string {
  if (entries.length < 2) return '';
  const names = [...new Set(entries.flatMap(({ ratios }) => Object.keys(ratios)))];
  const charts = names.map((name) => {
    const points = entries.flatMap(({ ratios, commit }) =>
      ratios[name] === undefined ? [] : [{ commit, ratio: ratios[name] }],
    );
    const [first, last] = [points[0], points.at(-1)];
    if (points.length < 2 || first === undefined || last === undefined) return '';
    const most = Math.max(...points.map(({ ratio }) => ratio));
    const place = (ratio: number, index: number) =>
      `${(10 + (index / (points.length - 1)) * 240).toFixed(1)},${(50 - (ratio / most) * 40).toFixed(1)}`;
    const line = points.map(({ ratio }, index) => place(ratio, index)).join(' ');
    return `<tr><td>${escape(name)}</td><td class="number">${digits(first.ratio)} (${escape(first.commit)})</td><td><svg viewBox="0 0 260 60" width="260" role="img" aria-label="${escape(`${name} over commits`)}"><line x1="10" x2="250" y1="50" y2="50" stroke="currentColor" stroke-opacity=".3"/><polyline points="${line}" fill="none" stroke="var(--ours)" stroke-width="2"/></svg></td><td class="number">${digits(last.ratio)} (${escape(last.commit)})</td></tr>`;
  });
  return `<details><summary>Ratios over ${entries.length} recordings</summary><div class="scroll"><table><tr><th>ratio</th><th class="number">first</th><th></th><th class="number">last</th></tr>${charts.join('')}</table></div></details>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
