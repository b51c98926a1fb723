import { css } from 'lit';

export const styles = css`
  .filters {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(var(--cs-filter-size, 56px), 1fr));
    gap: 8px;
    max-width: 40rem;
  }
  .tops {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr));
    gap: 10px;
  }
  button {
    position: relative;
    padding: 3px;
    border: 0;
    border-radius: 5px;
    background: none;
    font-size: 0.6875rem;
    line-height: 1.4;
  }
  button:hover {
    background: var(--_sunken);
  }
  button[aria-pressed='true'] {
    box-shadow: inset 0 0 0 2px var(--_accent);
  }
  canvas {
    width: 100%;
    border-radius: 3px;
  }
  .pairs {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    gap: 3px;
    min-height: 2rem;
  }
  .pairs span {
    display: grid;
    gap: 3px;
  }
  .pairs canvas {
    aspect-ratio: 1;
    object-fit: contain;
  }
  .legend {
    max-width: 22rem;
    margin-top: 0.75rem;
  }
`;
