import '../define.ts';
import './training/define.ts';
import { CsPage } from './cs-page.ts';
import { applyTheme, storedTheme } from './theme.ts';
import { defineViews } from './views/define.ts';

applyTheme(storedTheme());
defineViews();
customElements.define('cs-page', CsPage);
