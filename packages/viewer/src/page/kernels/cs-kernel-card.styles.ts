import { css } from 'lit';

export const styles = css`
  summary {
    cursor: pointer;
  }
  summary span {
    margin-inline-start: 0.5rem;
  }
  p {
    margin: 0.5rem 0 0;
    max-width: 70ch;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 1rem;
  }
  button {
    padding: 0.25rem 0.75rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  button:disabled {
    color: var(--_muted);
    cursor: default;
  }
  progress {
    width: 12rem;
    accent-color: var(--_accent);
  }
  [role='alert'] {
    color: light-dark(#a1260d, #ff9c85);
  }
`;
