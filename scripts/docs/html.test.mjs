import { expect, test } from 'vitest';
import { formula, inline, markdown, table } from './html.mjs';

test('escapes everything, also in code and in tables’ neighbours', () => {
  expect(inline('a `<b>` & "c" **d**')).toBe('a <code>&lt;b&gt;</code> &amp; &quot;c&quot; <strong>d</strong>');
  expect(inline('[page](x.html)')).toBe('<a href="x.html">page</a>');
  expect(table(['a'], [])).toBe('');
});

test('turns how-tos into headings, paragraphs, lists and code', () => {
  const html = markdown(
    '# One\n\ntwo\nthree\n\n- a\n  b\n- `c`\n\n```sh\n- <not> a list\n\n# nor a title\n```\n\nend\n',
  );
  expect(html.replaceAll(/\n+/g, '\n').trim()).toBe(
    [
      '<h1>One</h1>',
      '<p>two three</p>',
      '<ul><li>a b</li><li><code>c</code></li></ul>',
      '<pre tabindex="0"><code>- &lt;not&gt; a list',
      '# nor a title</code></pre>',
      '<p>end</p>',
    ].join('\n'),
  );
});

test('sets what stands below and above in formulas', () => {
  expect(formula('A_{k,ij} > w_k²; ∫_0^1 x^T')).toBe(
    '<div class="formula"><div>A<sub>k,ij</sub> &gt; w<sub>k</sub>²</div><div>∫<sub>0</sub><sup>1</sup> x<sup>T</sup></div></div>',
  );
});
