import { CsFilters } from './cs-filters.ts';

if (customElements.get('cs-filters') === undefined) customElements.define('cs-filters', CsFilters);
