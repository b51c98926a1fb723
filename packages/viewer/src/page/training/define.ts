import '../../elements/evolution/define.ts';
import '../../elements/filters/define.ts';
import '../../elements/timeline/define.ts';
import '../../elements/training-chart/define.ts';
import { CsTrainingView } from './training-view.ts';

if (customElements.get('cs-training-view') === undefined) customElements.define('cs-training-view', CsTrainingView);
