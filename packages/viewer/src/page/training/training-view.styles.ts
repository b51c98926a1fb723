import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    grid-template-columns: repeat(12, minmax(0, 1fr));
    gap: 1.25rem;
    --cs-surface: var(--surface, light-dark(#ffffff, #171b20));
  }
  .card {
    grid-column: span 12;
    min-width: 0;
    padding: 1.25rem;
    border: 1px solid var(--_line);
    border-radius: 12px;
    background: var(--_surface);
  }
  .evolution {
    grid-column: span 7;
    grid-row: span 2;
  }
  .curves,
  .filters {
    grid-column: span 5;
  }
  h2 {
    margin: 0 0 0.75rem;
    font-size: 1.1875rem;
    letter-spacing: -0.01em;
    line-height: 1.3;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0 1rem;
  }
  p {
    margin: 0.25rem 0 0.5rem;
  }
  .fields {
    display: flex;
    flex-wrap: wrap;
    gap: 0.625rem 1.25rem;
    margin-bottom: 0.875rem;
  }
  label {
    color: var(--_muted);
    font-size: 0.8125rem;
  }
  select,
  input[type='number'] {
    max-width: 100%;
    margin-inline-start: 0.35rem;
    padding: 0.3rem 0.5rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    font-size: 0.875rem;
  }
  input[type='number'] {
    width: 5rem;
  }
  button {
    padding: 0.4rem 0.8rem;
    border: 1px solid var(--_line);
    border-radius: 7px;
    background: var(--_surface);
  }
  button:hover:enabled {
    border-color: var(--_accent);
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  button.primary {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    margin-top: 0.875rem;
  }
  .offer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 0.75rem;
    margin-bottom: 1rem;
    padding: 0.625rem 0.875rem;
    border-radius: 8px;
    background: var(--_sunken);
  }
  .offer p {
    flex: 1 1 16rem;
    margin: 0;
  }
  .folder {
    margin-bottom: 0.875rem;
    padding: 0.75rem 1rem;
    border: 2px dashed var(--_line);
    border-radius: 8px;
  }
  .file input {
    margin-inline-start: 0.5rem;
  }
  .progress {
    margin-top: 1rem;
  }
  progress {
    width: 100%;
    height: 6px;
    accent-color: var(--_accent);
  }
  .samples {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-bottom: 1rem;
  }
  .samples label {
    position: relative;
    cursor: pointer;
  }
  .samples input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .samples canvas {
    width: 40px;
    height: 40px;
    border-radius: 4px;
  }
  .samples input:checked + canvas {
    outline: 3px solid var(--_accent);
    outline-offset: 1px;
  }
  .samples input:focus-visible + canvas {
    outline: 3px double var(--_accent);
    outline-offset: 2px;
  }
  @media (max-width: 960px) {
    .evolution,
    .curves,
    .filters {
      grid-column: span 12;
    }
  }
`;
