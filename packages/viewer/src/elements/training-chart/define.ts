import { CsTrainingChart } from './cs-training-chart.ts';

if (customElements.get('cs-training-chart') === undefined) customElements.define('cs-training-chart', CsTrainingChart);
