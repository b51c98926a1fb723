// What every page of the reference site has.
import { escapeHtml } from './html.mjs';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html convscope',
].join('; ');

/**
 * @param {{path: string, title: string, main: string, script?: string, pages: {path: string, title: string,
 *   group: string}[]}} page `path` in the site; `script` is the module that the page needs
 */
export function layout({ path, title, main, script, pages }) {
  const up = '../'.repeat(path.split('/').length - 1);
  const groups = [...new Set(pages.map(({ group }) => group))];
  const links = (group) =>
    pages
      .filter((page) => page.group === group)
      .map((page) => {
        const current = page.path === path ? ' aria-current="page"' : '';
        return `<li><a href="${up}${page.path}"${current}>${escapeHtml(page.title)}</a></li>`;
      })
      .join('\n');
  const module = script === undefined ? '' : `<script type="module" src="${up}${script}"></script>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(POLICY)}">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} · Convscope</title>
<link rel="icon" href="${up}seven.png">
<link rel="stylesheet" href="${up}site.css">
${module}
</head>
<body>
<div class="site">
<nav aria-label="Pages">
<a class="home" href="${up}index.html"${path === 'index.html' ? ' aria-current="page"' : ''}>Convscope</a>
${groups.map((group) => `<h2>${escapeHtml(group)}</h2>\n<ul>\n${links(group)}\n</ul>`).join('\n')}
</nav>
<main>
${main}
</main>
</div>
</body>
</html>
`;
}
