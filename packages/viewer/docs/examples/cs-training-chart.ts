import { loadCheckpoints } from '@convscope/zoo';

export async function show(chart: HTMLElementTagNameMap['cs-training-chart']): Promise<void> {
  const { losses, evaluations } = (await loadCheckpoints('digits')).report;
  const last = losses.at(-1)?.step ?? 0;
  // One an epoch.
  const at = (index: number): number => ((index + 1) * last) / evaluations.length;
  chart.losses = losses.map(({ step, loss }) => ({ step, value: loss }));
  chart.validationLosses = evaluations.map(({ loss }, index) => ({ step: at(index), value: loss }));
  chart.accuracies = evaluations.map(({ accuracy }, index) => ({ step: at(index), value: accuracy }));
  chart.cursor = last;
}
