import type { GpuDevice } from '../device/gpu-device.ts';
import { valueOf, type Graph, type KernelQuestion } from '../graph/index.ts';
import { lowerGraph } from './lower.ts';
import { loweringOptions, type PlanOptions } from './plan.ts';

/** Every problem that a plan of this graph would have several kernels for, in order, as often as it comes. */
export function kernelQuestions(device: GpuDevice, graph: Graph, options: PlanOptions = {}): readonly KernelQuestion[] {
  const questions: KernelQuestion[] = [];
  const outputs = (options.outputs ?? graph.outputs).map((name) => valueOf(graph, name).name);
  const onQuestion = (question: KernelQuestion): void => void questions.push(question);
  // Nodes that are tried together with what follows them would ask twice, and for the same kernels.
  lowerGraph(graph, { ...loweringOptions(device, outputs, options), epilogues: 'apart', onQuestion });
  return questions;
}
