import { CsEvolution } from './cs-evolution.ts';

if (customElements.get('cs-evolution') === undefined) customElements.define('cs-evolution', CsEvolution);
