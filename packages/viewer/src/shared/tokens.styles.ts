import { css } from 'lit';

/** Colours and type that all elements share. Each can be set from outside by the custom property of its name. */
export const tokens = css`
  :host {
    --_accent: var(--cs-accent, light-dark(#0b6b5d, #5ed1ba));
    --_on-accent: var(--cs-on-accent, light-dark(#ffffff, #06231e));
    --_text: var(--cs-text, light-dark(#1b1f23, #e8eaed));
    --_muted: var(--cs-muted, light-dark(#5b6570, #a2abb5));
    --_line: var(--cs-line, light-dark(#d9dee3, #343b43));
    --_surface: var(--cs-surface, light-dark(#ffffff, #171b20));
    --_sunken: var(--cs-sunken, light-dark(#f1f3f5, #0f1216));
    --_radius: var(--cs-radius, 6px);
    display: block;
    color: var(--_text);
    font:
      0.875rem / 1.45 system-ui,
      sans-serif;
    font-family: var(--cs-font, system-ui, sans-serif);
  }
  :host([hidden]) {
    display: none;
  }
  * {
    box-sizing: border-box;
  }
  button,
  input,
  select {
    font: inherit;
    color: inherit;
  }
  button {
    cursor: pointer;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  canvas {
    display: block;
    image-rendering: pixelated;
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  .muted {
    color: var(--_muted);
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .failure {
    margin: 0;
    padding: 0.75rem 1rem;
    border-inline-start: 3px solid light-dark(#b3261e, #f2857d);
    background: var(--_sunken);
  }
`;
