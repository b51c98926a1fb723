import { expect, test } from 'vitest';
import { Progress } from './progress.ts';

function written(isTTY: boolean, use: (progress: Progress) => void): string {
  let text = '';
  use(new Progress({ write: (more) => (text += more), isTTY, columns: 60 }, 'work'));
  return text;
}

test('plain lines every ten percent where there is no terminal', () => {
  const text = written(false, (progress) => {
    for (let step = 0; step <= 40; step++) progress.update(step / 100, `step ${step}`);
    progress.line('half time');
    progress.end();
  });
  expect(text).toBe(
    'work 0 % step 0\nwork 10 % step 10\nwork 20 % step 20\nwork 30 % step 30\nwork 40 % step 40\nhalf time\n',
  );
});

test('one bar that is redrawn, and taken away, on a terminal', () => {
  const text = written(true, (progress) => {
    progress.update(0.5, 'a note');
    progress.end();
  });
  expect(text).toBe(`\rwork ${'█'.repeat(12)}${'░'.repeat(12)} 50 % a note\x1b[K\r\x1b[K`);
});
