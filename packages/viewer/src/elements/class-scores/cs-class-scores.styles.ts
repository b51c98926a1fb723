import { css } from 'lit';

export const styles = css`
  :host {
    container-type: inline-size;
  }
  input[type='search'] {
    width: 100%;
    margin-bottom: 0.625rem;
    padding: 0.35rem 0.6rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .none {
    margin: 0.5rem 8px;
  }
  [role='radiogroup'] {
    display: grid;
    max-height: 36rem;
    overflow: hidden auto;
    scrollbar-width: thin;
    grid-template-columns: auto 1fr auto auto;
    gap: 2px 0;
  }
  button {
    display: grid;
    grid-column: 1 / -1;
    grid-template-columns: subgrid;
    align-items: center;
    padding: 3px 8px;
    border: 1px solid transparent;
    border-radius: var(--_radius);
    background: none;
    text-align: start;
  }
  button:hover {
    background: var(--_sunken);
  }
  button[aria-checked='true'] {
    border-color: var(--_accent);
    background: color-mix(in srgb, var(--_accent) 9%, transparent);
  }
  .label {
    min-width: 1.5ch;
    max-width: 14ch;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 600;
  }
  .stacked .label {
    grid-column: 1 / -1;
    max-width: none;
  }
  .stacked .track {
    grid-column: 1 / 3;
    height: 8px;
    margin-inline-start: 0;
  }
  @container (width < 20rem) {
    .words .label {
      grid-column: 1 / -1;
      max-width: none;
    }
    .words .track {
      grid-column: 1 / 3;
      height: 8px;
      margin-inline-start: 0;
    }
  }
  .track {
    height: 12px;
    margin-inline: 10px;
    border-radius: 6px;
    background: var(--_sunken);
    box-shadow: inset 0 0 0 1px var(--_line);
    overflow: hidden;
  }
  .bar {
    width: calc(var(--share) * 100%);
    height: 100%;
    background: var(--cs-bar, var(--_muted));
    transition: width 160ms ease-out;
  }
  .best .bar {
    background: var(--cs-bar-best, var(--_accent));
  }
  .probability,
  .logit {
    min-width: 7ch;
    text-align: end;
  }
  .head {
    display: grid;
    grid-column: 1 / -1;
    grid-template-columns: subgrid;
    padding: 0 9px 2px;
    font-size: 0.75rem;
    color: var(--_muted);
  }
  @media (prefers-reduced-motion: reduce) {
    .bar {
      transition: none;
    }
  }
`;
