import { expect, it } from 'vitest';
import { reportHtml } from './report-html.ts';

it('holds what it is given, and shows every text as text', () => {
  const hostile = `"><img src=x onerror=alert(1)>'</title><script>alert(1)</script>&`;
  const html = reportHtml({
    model: hostile,
    modelFacts: hostile,
    input: 'data:image/png;base64,AA',
    scores: [{ index: 0, label: hostile, logit: 1.5, probability: 0.75 }],
    figures: [
      {
        title: hostile,
        facts: hostile,
        summary: hostile,
        citation: hostile,
        remarks: [hostile],
        picture: 'data:image/png;base64,BB',
      },
    ],
    address: hostile,
  });
  expect(html).not.toMatch(/<script|onerror=alert\(1\)>(?!&)/);
  expect(html.match(/<img /g)).toHaveLength(2);
  expect(html).toContain('75.0 %');
  expect(html).toContain('base64,BB');
});
