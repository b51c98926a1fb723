// HTML from plain text, from the few words of Markdown that docblocks and how-tos use, and from formulas.

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export const escapeHtml = (text) => String(text).replace(/[&<>"]/g, (letter) => ENTITIES[letter]);

/** Code, strong words and links inside of a paragraph. */
export function inline(text) {
  return text
    .split(/(`[^`]+`)/)
    .map((part) =>
      part.startsWith('`') && part.length > 2 ? `<code>${escapeHtml(part.slice(1, -1))}</code>` : words(part),
    )
    .join('');
}

const words = (text) =>
  escapeHtml(text)
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, '<a href="$2">$1</a>');

/** Headings, paragraphs, lists and fenced code. */
export function markdown(text) {
  const parts = text.split(/^```(\w*)\n([\s\S]*?)^```\n/m);
  return parts
    .map((part, index) => {
      if (index % 3 === 0) return blocks(part);
      return index % 3 === 1 ? '' : `<pre tabindex="0"><code>${escapeHtml(part.trimEnd())}</code></pre>`;
    })
    .join('\n');
}

function blocks(text) {
  return text
    .split(/\n{2,}/)
    .map((block) => block.trim())
    .filter((block) => block !== '')
    .map((block) => {
      const [, marks, title] = /^(#{1,3}) (.*)$/.exec(block) ?? [];
      if (marks !== undefined) return `<h${marks.length}>${inline(title)}</h${marks.length}>`;
      if (!block.startsWith('- ')) return `<p>${inline(block.replaceAll('\n', ' '))}</p>`;
      const items = block.split(/\n(?=- )/).map((item) => item.slice(2).replace(/\s*\n\s*/g, ' '));
      return `<ul>${items.map((item) => `<li>${inline(item)}</li>`).join('')}</ul>`;
    })
    .join('\n');
}

/** A method's formula: `_` and `^` with one name or with what braces hold; `;` parts lines. */
export function formula(text) {
  const lines = text.split('; ').map((line) =>
    escapeHtml(line).replace(/([_^])(?:\{([^}]*)\}|([\p{L}\p{N}*]))/gu, (_, mark, group, one) => {
      const tag = mark === '_' ? 'sub' : 'sup';
      return `<${tag}>${group ?? one}</${tag}>`;
    }),
  );
  return `<div class="formula">${lines.map((line) => `<div>${line}</div>`).join('')}</div>`;
}

/** A table of rows of HTML; nothing where there are none. */
export function table(header, rows) {
  if (rows.length === 0) return '';
  const cells = (tag, row) => row.map((cell) => `<${tag}>${cell}</${tag}>`).join('');
  return `<div class="scroll" tabindex="0"><table>
<thead><tr>${cells('th', header)}</tr></thead>
<tbody>${rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('\n')}</tbody>
</table></div>`;
}
