import '../define.ts';
import { CsPage } from './cs-page.ts';

customElements.define('cs-page', CsPage);
