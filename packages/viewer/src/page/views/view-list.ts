import { html, type TemplateResult } from 'lit';
import type { Lab } from '../lab/lab.ts';
import { methodsOf } from '../lab/method-families.ts';
import type { ViewName } from '../state/lab-state.ts';

/** One tab of the page. */
export interface View {
  readonly name: ViewName;
  readonly title: string;
  readonly render: (lab: Lab) => TemplateResult;
}

/** The views that there are something for, in the order of their tabs. */
export function viewList(): readonly View[] {
  const pictures = (name: ViewName, title: string): readonly View[] =>
    methodsOf(name).length === 0
      ? []
      : [{ name, title, render: (lab) => html`<lab-pictures .lab=${lab} .view=${name}></lab-pictures>` }];
  return [
    { name: 'overview', title: 'Overview', render: (lab) => html`<lab-overview .lab=${lab}></lab-overview>` },
    {
      name: 'activations',
      title: 'Activations',
      render: (lab) => html`<lab-activations .lab=${lab}></lab-activations>`,
    },
    { name: 'filters', title: 'Filters', render: (lab) => html`<lab-filters .lab=${lab}></lab-filters>` },
    { name: 'attribution', title: 'Attribution', render: (lab) => html`<lab-wall .lab=${lab}></lab-wall>` },
    { name: 'deconvnet', title: 'Deconvnet', render: (lab) => html`<lab-deconvnet .lab=${lab}></lab-deconvnet>` },
    ...pictures('dream', 'Dream'),
    ...pictures('visualization', 'Visualization'),
    ...pictures('reconstruction', 'Reconstruction'),
    { name: 'hierarchy', title: 'Hierarchy', render: (lab) => html`<lab-hierarchy .lab=${lab}></lab-hierarchy>` },
    // What it shows outlives the tab and the network: see `tabs`.
    ...(customElements.get('cs-training-view') === undefined
      ? []
      : [{ name: 'training' as const, title: 'Training', render: () => html`` }]),
  ];
}
