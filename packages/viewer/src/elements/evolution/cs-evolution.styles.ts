import { css } from 'lit';

export const styles = css`
  .large {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 15rem));
    gap: 0.75rem;
    align-items: start;
  }
  .large.grid {
    grid-template-columns: minmax(0, 15rem) minmax(0, 30rem);
  }
  figure {
    margin: 0;
  }
  .large canvas {
    width: 100%;
    border-radius: 4px;
    background: var(--_sunken);
  }
  figcaption {
    margin-top: 0.25rem;
    color: var(--_muted);
    font-size: 0.75rem;
  }
  .pending {
    margin: 0;
    padding: 2rem 0;
  }
  .caption {
    min-height: 1.5em;
    margin: 0.5rem 0;
  }
  [part='legend'] {
    max-width: 22rem;
  }
  .strip {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(4.5rem, 1fr));
    gap: 0.5rem;
    margin: 1rem 0 0;
    padding: 0;
    list-style: none;
  }
  .strip button {
    display: grid;
    justify-items: center;
    gap: 1px;
    width: 100%;
    padding: 4px;
    border: 0;
    border-radius: 6px;
    background: none;
    font-size: 0.75rem;
    line-height: 1.3;
  }
  .strip button:hover {
    background: var(--_sunken);
  }
  .strip button[aria-pressed='true'] {
    background: var(--_sunken);
    box-shadow: inset 0 0 0 2px var(--_accent);
  }
  .strip canvas,
  .blank {
    width: 100%;
    border-radius: 3px;
    background: var(--_sunken);
  }
  .blank {
    aspect-ratio: 1;
  }
  .strip .muted {
    font-size: 0.6875rem;
  }
  @media (max-width: 480px) {
    .large,
    .large.grid {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
    .large.grid figure:nth-child(2) {
      grid-column: 1 / -1;
    }
  }
`;
