// The page that scripts/gallery.mjs writes: pictures by address, no scripts.

/** @returns {string} HTML of all sections, each a network on a picture with one figure a method */
export function galleryPage(sections) {
  const links = sections.map(({ title }, index) => `<li><a href="#s${index}">${escape(title)}</a></li>`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Convscope gallery</title><style>
:root{color-scheme:light dark;--paper:#f6f7f9;--ink:#16181d;--pale:#5b6270;--card:#fff}
@media (prefers-color-scheme:dark){:root{--paper:#14161a;--ink:#e8eaee;--pale:#9aa2b1;--card:#1e2127}}
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;padding:0 1rem;max-width:110rem;background:var(--paper);color:var(--ink)}
h2{margin:3rem 0 0;font-size:1.3rem;overflow-wrap:anywhere}.facts,figcaption span,.none{color:var(--pale);font-size:.9rem}
.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(34rem,100%),1fr));gap:1rem;margin-top:1rem}
figure{margin:0;background:var(--card);padding:1rem;border-radius:.5rem}img{width:100%;height:auto;background:#fff}
figcaption strong,figcaption span{display:block}figcaption{overflow-wrap:anywhere}ul.none{padding-left:1.2rem}
</style></head><body>
<h1>Every network under every method</h1>
<p>Made by <code>npm run gallery</code> with the command line. Each figure shows the input, the map and both together, with
its scale, class and layer; where settings were made shorter than the defaults, the caption says so.</p>
<ol>${links.join('')}</ol>
${sections.map(section).join('\n')}
</body></html>
`;
}

function section({ title, figures, report, flags = [] }, index) {
  const shown = figures.filter(({ file }) => file !== undefined);
  const missing = figures.filter(({ file }) => file === undefined);
  const problem = report.problem === undefined ? '' : `<p>${escape(report.problem)}</p>`;
  return `<section id="s${index}"><h2>${escape(title)}</h2>${problem}
<p class="facts">${escape(factsOf(report, flags))}</p>
<div class="figures">${shown.map(figure).join('\n')}</div>
${missing.length === 0 ? '' : `<ul class="none">${missing.map(({ method, problem: why }) => `<li>${escape(`${method}: ${why}`)}</li>`).join('')}</ul>`}
</section>`;
}

function factsOf({ parameters, input, coverage }, flags) {
  if (parameters === undefined) return '';
  const preset = flags.indexOf('--preprocess');
  return [
    `${parameters.toLocaleString('en')} parameters`,
    `input ${input.shape.join(' x ')}`,
    ...(preset < 0 ? [] : [`preprocessing ${flags[preset + 1]}`]),
    ...(coverage?.stripped === undefined || coverage.stripped === null ? [] : [coverage.stripped]),
  ].join(' · ');
}

function figure({ method, settings = [], file, said = [] }) {
  const address = encodeURIComponent(file);
  const title = [method, ...settings].join(', ');
  return `<figure><a href="${address}"><img loading="lazy" src="${address}" alt="${escape(`${method}: ${said.join(', ')}`)}"></a>
<figcaption><strong>${escape(title)}</strong><span>${escape(said.join(' · '))}</span></figcaption></figure>`;
}

function escape(text) {
  return text.replaceAll(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
