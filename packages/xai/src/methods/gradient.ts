import type { Method } from '../method.ts';
import { inputSignal } from '../signal/input-signal.ts';

/**
 * Gradient of a class score or unit with respect to the input, signed and raw. The saliency map of the paper is its
 * absolute value, maximised over channels, which `render` can make of it.
 */
export const gradient: Method = {
  name: 'gradient',
  title: 'Gradient',
  summary: 'How much the score would change with each pixel: the derivative of a class score (before softmax) or unit.',
  formula: 'M = ∂y_c / ∂x',
  paper: {
    authors: 'Simonyan, Vedaldi, Zisserman',
    title: 'Deep Inside Convolutional Networks: Visualising Image Classification Models and Saliency Maps',
    year: 2013,
    arxiv: '1312.6034',
  },
  explains: ['class', 'unit'],
  layer: 'unit',
  parameters: {},
  run: (session, request) => inputSignal(session, request, 'gradient', []),
};
