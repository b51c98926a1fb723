import { expect, test } from 'vitest';
import { Backlog } from './backlog.ts';
import { Turns } from './turns.ts';

/** Lets everything that can go on do so. */
const settle = async (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Turns that note what runs, and work that takes a few of the loop's turns. */
function noted() {
  const turns = new Turns();
  const log: string[] = [];
  const work = (name: string) => async (): Promise<string> => {
    log.push(`${name} begins`);
    await settle();
    log.push(`${name} ends`);
    return name;
  };
  const cut = (name: string) => async (): Promise<void> => {
    for (let part = 1; part <= 3; part++) {
      await turns.standAside();
      log.push(`${name}${part}`);
      await settle();
    }
  };
  return { turns, log, work, cut };
}

test('work goes one after another in order, also after work that failed', async () => {
  const { turns, log, work } = noted();
  const failing = turns.take(async () => Promise.reject(new Error('no')));
  const results = [turns.take(work('a')), turns.take(work('b'))];
  await expect(failing).rejects.toThrow('no');
  expect(await Promise.all(results)).toEqual(['a', 'b']);
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
});

test('work over other parameters goes between the parts of yielding work, in order; yielding work comes last', async () => {
  const { turns, log, work, cut } = noted();
  const [training, timeline] = [{}, {}];
  const steps = ['s', 't'].map(async (name) => turns.take(cut(name), { over: training, yields: true }));
  await settle();
  const others = ['a', 'b'].map(async (name) => turns.take(work(name), { over: timeline }));
  await Promise.all([...steps, ...others]);
  expect(log.filter((entry) => !entry.endsWith('ends'))).toEqual(
    ['s1', 's2', 'a begins', 'b begins', 's3', 't1', 't2', 't3'].toSorted((a, b) => log.indexOf(a) - log.indexOf(b)),
  );
  expect(log.indexOf('a begins')).toBeLessThan(log.indexOf('s3'));
  expect(log.indexOf('b ends')).toBeLessThan(log.indexOf('t1'));
});

test.each([
  ['the same parameters', true],
  ['parameters that it does not name', false],
])('work over %s waits for the end of yielding work, also where it is held', async (_, isNamed) => {
  const { turns, log, work, cut } = noted();
  const training = {};
  const step = turns.take(cut('s'), { over: training, yields: true });
  await settle();
  const read = turns.hold(async () => turns.take(work('read'), isNamed ? { over: training } : {}));
  await Promise.all([step, read]);
  expect(log).toEqual(['s1', 's2', 's3', 'read begins', 'read ends']);
});

test('while it is held, yielding work neither goes on nor begins', async () => {
  const { turns, log, work, cut } = noted();
  const steps = ['s', 't'].map(async (name) => turns.take(cut(name), { over: {}, yields: true }));
  await settle();
  const before = log.length;
  await turns.hold(async () => {
    for (const name of ['a', 'b']) {
      await turns.take(work(name), { over: turns });
      await settle();
      await settle();
    }
    // One part may have been under way when the hold began.
    const own = log.slice(before).filter((entry) => !/^[ab] /.test(entry));
    expect(own.length).toBeLessThanOrEqual(1);
  });
  await Promise.all(steps);
  expect(log.filter((entry) => /^[st]\d$/.test(entry))).toEqual(['s1', 's2', 's3', 't1', 't2', 't3']);
});

test('a backlog lets in what fits, and one thing of any size', async () => {
  const backlog = new Backlog(10);
  const done: (() => void)[] = [];
  const log: string[] = [];
  const submit = async (name: string, operations: number): Promise<void> => {
    await backlog.room(operations);
    log.push(name);
    backlog.add(operations, new Promise<void>((resolve) => done.push(resolve)));
  };
  await submit('large', 50);
  const others = (async () => {
    await submit('small', 4);
    await submit('other', 6);
    await submit('third', 1);
  })();
  await settle();
  expect(log).toEqual(['large']);
  done[0]?.();
  await settle();
  expect(log).toEqual(['large', 'small', 'other']);
  done[1]?.();
  await others;
  expect(log).toEqual(['large', 'small', 'other', 'third']);
});
