import { render } from 'lit';
import { askAdapter } from './ask-adapter.ts';
import { Benchmark } from './benchmark.ts';
import { pageView } from './views/page-view.ts';

const root = document.querySelector('main');
if (root === null) throw new Error('the page has no main element');
let isDrawn = true;
const draw = () => {
  isDrawn = true;
  render(pageView(benchmark), root);
};
const benchmark = new Benchmark(() => {
  // Many messages of a worker come between two frames.
  if (isDrawn) requestAnimationFrame(draw);
  isDrawn = false;
});
draw();
const adapter = await askAdapter();
// A processor that plays the GPU would take hours for real sizes.
const isSoftware = adapter.kind === 'found' && adapter.adapter.class === 'software';
benchmark.change({ adapter, ...(isSoftware ? { extent: 'quick' } : {}) });
