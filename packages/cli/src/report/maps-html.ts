import type { Paper } from '@convscope/xai';
import { escaped, imageElement } from '../figure/html.ts';
import { printable } from '../text.ts';
import { curvesChart } from './chart.ts';
import type { MapSection, ReportContent } from './content.ts';
import { classText, pictureElement } from './elements.ts';
import { scaleElement } from './scale-html.ts';
import {
  completenessFinding,
  deletionFinding,
  insertionFinding,
  percent,
  randomizationFinding,
  type Finding,
} from './sentences.ts';
import { CURVE_STEPS } from './worth.ts';

/** The attributions, each with what it is worth, after a table of all. */
export function mapsSection(content: ReportContent): string {
  const { maps, target, chance } = content;
  if (target === undefined || maps.length === 0) return '';
  const name = classText(target);
  const found = maps.map((map) => findingsOf(map, content, name));
  return `<h2>Why ${escaped(name)}</h2>
<p>Maps of which pixels count for ${escaped(name)}, by methods that ask in different ways. Where they agree, there is likely
something; where a check says that a map is no better than none, leave it aside.</p>
${chance === undefined ? '' : tableOf(maps, found)}
<div class="maps">${maps.map((map, index) => mapHtml(map, content, found[index] ?? [])).join('\n')}</div>
${chance === undefined ? '' : explanationOf(name, percent(target.probability))}`;
}

function findingsOf({ worth }: MapSection, { chance }: ReportContent, name: string): readonly Finding[] {
  if (worth === undefined || chance === undefined) return [];
  return [
    deletionFinding(worth.curves, chance, name),
    insertionFinding(worth.curves, chance, name),
    completenessFinding(worth.completeness),
    randomizationFinding(worth.randomization),
  ].filter((finding) => finding !== undefined);
}

function tableOf(maps: readonly MapSection[], found: readonly (readonly Finding[])[]): string {
  const titles = ['Deletion', 'Insertion', 'Completeness', 'Random weights'];
  const rows = maps.map(({ judged }, row) => {
    const cells = titles.map((title) => {
      const finding = found[row]?.find((one) => one.title === title);
      return finding === undefined
        ? '<td class="neutral">promises none</td>'
        : `<td class="${finding.verdict}">${escaped(MARKS[finding.verdict])} ${escaped(finding.figure)}</td>`;
    });
    return `<tr><th scope="row">${escaped(judged.method.title)}</th>${cells.join('')}</tr>`;
  });
  const heads = titles.map((title) => `<th scope="col">${title}</th>`).join('');
  return `<div class="card scroll layer"><table><thead><tr><th scope="col">method</th>${heads}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

const MARKS = { good: '✓', bad: '✗', neutral: '·' } as const;

function mapHtml(map: MapSection, { model, chance, target }: ReportContent, findings: readonly Finding[]): string {
  const { judged, layer, sign, pictures, remarks, worth } = map;
  const { title, summary, paper } = judged.method;
  const facts = [
    ...(layer === undefined ? [] : [`layer ${layer}`]),
    ...(judged.method.explains.includes('class') && target !== undefined ? [] : ['the same for every class']),
    ...(judged.settings === '' ? [] : [judged.settings]),
  ];
  const own = remarks.filter((remark) => !remark.startsWith('explains the top class'));
  const caption = `${pictures.caption.replace('x', ' × ')}; on the right ${pictures.isInterpolated ? 'interpolated ' : ''}over the picture`;
  return `<article class="card"><h3>${escaped(title)}</h3>
<p class="pale">${escaped(summary)} ${escaped(citation(paper))}</p>
<div class="pair">${imageElement(pictures.map, `${title} for ${printable(model.name)}: the map`, { classes: `wide pixels` })}${pictureElement(pictures.over, `${title}: the map over the picture`)}</div>
${scaleElement(sign, pictures.scale)}
<p class="pale">${escaped(printable([...facts, caption].join('; ')))}</p>
${own.length === 0 ? '' : `<ul class="notes pale">${own.map((remark) => `<li>${escaped(printable(remark))}</li>`).join('')}</ul>`}
${findings.length === 0 ? '' : `<ul class="findings">${findings.map(findingHtml).join('')}</ul>`}
${worth === undefined || chance === undefined ? '' : curvesChart(worth.curves, chance)}
</article>`;
}

function findingHtml({ title, verdict, sentence }: Finding): string {
  return `<li><strong class="${verdict}">${escaped(MARKS[verdict])} ${escaped(title)}</strong>${escaped(sentence)}</li>`;
}

function citation({ authors, year, arxiv }: Paper): string {
  const [first = ''] = authors.split(',');
  const others = authors.includes(',') ? ' et al.' : '';
  return `(${first}${others} ${year}${arxiv === undefined ? '' : `, arXiv ${arxiv}`})`;
}

function explanationOf(name: string, probability: string): string {
  return `<h2>How the maps were judged</h2>
<p>The network gives ${escaped(name)} ${probability}. <strong>Deletion</strong> sets the pixels that a map ranks highest to the
training mean first, in ${CURVE_STEPS} steps, and watches that probability fall; <strong>insertion</strong> puts them back into a
blurred picture (Petsiuk et al. 2018). The dashed lines are the same for pixels in no order, which any useful map should beat.
<strong>Completeness</strong> asks whether a map’s values add up to the change of the score, for methods that promise it
(Sundararajan et al. 2017). <strong>Random weights</strong> makes the network forget, from its last layer to its first, and asks
whether the map forgets too (Adebayo et al. 2018): a map that stays is of the picture, not of the network. None of them proves a
map right; they find some that are wrong.</p>`;
}
