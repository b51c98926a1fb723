import type { Method } from '../method.ts';
import { inputSignal } from '../signal/input-signal.ts';
import { guidedRules } from '../signal/relu-rules.ts';

/** Guided backpropagation of a class score or unit. */
export const guidedBackprop: Method = {
  name: 'guided-backprop',
  title: 'Guided backpropagation',
  summary: 'The gradient, with every ReLU letting through only positive signals at places that were active.',
  formula: 'R_l = (A_l > 0) · (R_{l+1} > 0) · R_{l+1} at each ReLU, the gradient elsewhere',
  paper: {
    authors: 'Springenberg, Dosovitskiy, Brox, Riedmiller',
    title: 'Striving for Simplicity: The All Convolutional Net',
    year: 2014,
    arxiv: '1412.6806',
  },
  explains: ['class', 'unit'],
  layer: 'unit',
  parameters: {},
  caveat:
    'guided backpropagation partly recovers the input whatever the weights are (Nie et al. 2018, 1805.07039): sharp is not yet faithful',
  run: (session, request) => inputSignal(session, request, 'guided-backprop', guidedRules),
};
