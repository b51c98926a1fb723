import { loadCheckpoints } from '@convscope/zoo';

export async function show(timeline: HTMLElementTagNameMap['cs-timeline']): Promise<void> {
  const { snapshots } = await loadCheckpoints('digits');
  timeline.steps = snapshots.map(({ step }) => step);
  timeline.index = snapshots.length - 1;
}
