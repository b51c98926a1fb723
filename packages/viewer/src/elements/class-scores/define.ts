import { CsClassScores } from './cs-class-scores.ts';

if (customElements.get('cs-class-scores') === undefined) customElements.define('cs-class-scores', CsClassScores);
