import { CsFeatureMaps } from './cs-feature-maps.ts';

if (customElements.get('cs-feature-maps') === undefined) customElements.define('cs-feature-maps', CsFeatureMaps);
