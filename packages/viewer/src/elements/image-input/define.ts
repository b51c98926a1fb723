import { CsImageInput } from './cs-image-input.ts';

if (customElements.get('cs-image-input') === undefined) customElements.define('cs-image-input', CsImageInput);
