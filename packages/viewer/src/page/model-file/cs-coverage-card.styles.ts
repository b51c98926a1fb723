import { css } from 'lit';

export const styles = css`
  summary {
    cursor: pointer;
  }
  summary span {
    margin-inline-start: 0.5rem;
  }
  dl {
    display: grid;
    grid-template-columns: max-content 1fr;
    gap: 0.5rem 1rem;
    margin: 0.75rem 0 0;
  }
  dt {
    color: var(--_muted);
  }
  dd {
    margin: 0;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  ul:not(.reasons) {
    display: flex;
    flex-wrap: wrap;
    gap: 0.125rem 1rem;
    max-height: 14rem;
    overflow: auto;
  }
  .op:not(:last-child)::after {
    content: ',';
  }
  .mark {
    color: var(--_accent);
    font-size: 0.875em;
  }
  button {
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    text-decoration: underline dotted;
    text-underline-offset: 0.2em;
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  @media (max-width: 40rem) {
    dl {
      grid-template-columns: 1fr;
      gap: 0.125rem;
    }
    dd {
      margin-bottom: 0.5rem;
    }
  }
`;
