import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GpuDevice } from '../device/gpu-device.ts';
import { requestNodeDevice } from '../node.ts';
import { smallNetwork } from './evaluate.test-support.ts';
import { ParameterSet } from './parameter-set.ts';
import { Plan } from './plan.ts';
import { profileRun, type Profile, type ProfileOptions } from './profile.ts';

let device: GpuDevice;
beforeAll(async () => {
  device = await requestNodeDevice();
});
afterAll(() => {
  expect(device.memory.use).toMatchObject({ bytes: 0, buffers: 0 });
  device.dispose();
});

const { graph, parameters, x } = smallNetwork();

async function profileOf(options: ProfileOptions): Promise<Profile> {
  const set = await ParameterSet.create(device, new Map(Object.entries(parameters)));
  const plan = await Plan.compile(device, graph);
  const instance = await plan.instantiate(set);
  const profile = await profileRun(instance, { inputs: { x }, ...options }).finally(() => {
    for (const owner of [instance, plan, set]) owner.dispose();
  });
  return profile;
}

test('by the clock each node has its share, and what it costs', async () => {
  let time = 0;
  // Every submit takes one tick of the clock more than an empty one does.
  let calls = 0;
  const clock = () => {
    calls += 1;
    time += calls <= 18 ? 1 : 3;
    return time;
  };
  const profile = await profileOf({ clock, method: 'clock', runs: 3 });
  expect(profile).toMatchObject({ method: 'clock', runs: 3, overheadMilliseconds: 1 });
  expect(profile.nodes.map(({ node }) => node)).toEqual([
    'conv1',
    'norm1',
    'relu1',
    'conv2 and 1 more',
    'pool',
    'logits',
  ]);
  expect(profile.nodes.every(({ milliseconds }) => milliseconds === 2)).toBe(true);
  expect(profile.milliseconds).toBe(12);
  const pool = profile.nodes.find(({ node }) => node === 'pool');
  // Its input and two outputs, four bytes an element.
  expect(pool).toMatchObject({ op: 'maxPool', kernels: ['max-pool/maxPool'], bytes: 4 * (2304 + 2 * 576) });
  expect(profile.nodes[0]?.operations).toBeGreaterThanOrEqual(2 * 2 * 8 * 144 * 27 * 0.5);
});

test('by timestamps where the device has them; else a clock is asked for', async () => {
  if (device.handle.features.has('timestamp-query')) {
    const profile = await profileOf({ runs: 2 });
    expect(profile).toMatchObject({ method: 'timestamps', overheadMilliseconds: 0 });
    expect(profile.nodes).toHaveLength(6);
    expect(profile.nodes.every(({ milliseconds }) => milliseconds >= 0 && milliseconds < 60_000)).toBe(true);
    expect(profile.milliseconds).toBeGreaterThan(0);
  }
  await expect(profileOf({ method: 'clock' })).rejects.toMatchObject({ code: 'invalid-parameter' });
});

test('a profile leaves the instance as a run does: the next run gives the same', async () => {
  const set = await ParameterSet.create(device, new Map(Object.entries(parameters)));
  const plan = await Plan.compile(device, graph);
  const instance = await plan.instantiate(set);
  const want = await (await instance.run({ inputs: { x } })).get('logits')?.read();
  await profileRun(instance, { inputs: { x }, clock: () => 0, method: 'clock', runs: 1 });
  expect(await (await instance.run({ inputs: { x } })).get('logits')?.read()).toEqual(want);
  for (const owner of [instance, plan, set]) owner.dispose();
});
