import '../feature-maps/define.ts';
import '../heatmap/define.ts';
import '../picture/define.ts';
import { CsExplanation } from './cs-explanation.ts';

if (customElements.get('cs-explanation') === undefined) customElements.define('cs-explanation', CsExplanation);
