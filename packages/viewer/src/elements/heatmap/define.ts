import { CsHeatmap } from './cs-heatmap.ts';

if (customElements.get('cs-heatmap') === undefined) customElements.define('cs-heatmap', CsHeatmap);
