import { CsTimeline } from './cs-timeline.ts';

if (customElements.get('cs-timeline') === undefined) customElements.define('cs-timeline', CsTimeline);
