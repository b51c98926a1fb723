import { CsPicture } from './cs-picture.ts';

if (customElements.get('cs-picture') === undefined) customElements.define('cs-picture', CsPicture);
