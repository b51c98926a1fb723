import type { Method } from '../method.ts';
import { inputSignal } from '../signal/input-signal.ts';
import { deconvnetRules } from '../signal/relu-rules.ts';

/** Deconvnet reconstruction of a class score or of any unit of any layer. */
export const deconvnet: Method = {
  name: 'deconvnet',
  title: 'Deconvnet',
  summary:
    'What in the input a unit saw: its activation sent back through unpooling by switches, ReLU and transposed filters.',
  formula: 'R_l = ReLU(R_{l+1}) at each ReLU; filters transposed; maxima put back where the pools’ switches say',
  paper: {
    authors: 'Zeiler, Fergus',
    title: 'Visualizing and Understanding Convolutional Networks',
    year: 2013,
    arxiv: '1311.2901',
  },
  explains: ['class', 'unit'],
  layer: 'unit',
  parameters: {},
  caveat:
    'a deconvnet partly recovers the input whatever the weights are (Nie et al. 2018, 1805.07039): sharp is not yet faithful',
  run: (session, request) => inputSignal(session, request, 'deconvnet', deconvnetRules),
};
