import { expect, test } from 'vitest';
import { browserText } from './browser-text.ts';

test.each<[string, Parameters<typeof browserText>[0]]>([
  [
    'Google Chrome 141 on Linux',
    {
      userAgent: '',
      userAgentData: {
        brands: [
          { brand: 'Not?A_Brand', version: '8' },
          { brand: 'Chromium', version: '141' },
          { brand: 'Google Chrome', version: '141' },
        ],
        platform: 'Linux',
      },
    },
  ],
  ['Chromium 141', { userAgent: '', userAgentData: { brands: [{ brand: 'Chromium', version: '141' }], platform: '' } }],
  [
    'Firefox 145 on Windows',
    { userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0' },
  ],
  [
    'Safari 26.0 on macOS',
    {
      userAgent:
        'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
    },
  ],
  ['unknown browser', { userAgent: 'curl' }],
])('%s', (text, facts) => {
  expect(browserText(facts)).toBe(text);
});
