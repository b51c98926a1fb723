import { css } from 'lit';

export const styles = css`
  .stage {
    position: relative;
    overflow: hidden;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_sunken);
    cursor: crosshair;
  }
  canvas {
    width: 100%;
    height: auto;
  }
  .map {
    position: absolute;
    inset: 0;
    height: 100%;
    opacity: var(--opacity);
  }
  .map.alone {
    position: static;
    opacity: 1;
  }
  .probe {
    position: absolute;
    inset-block-start: calc(var(--y) * 100%);
    inset-inline-start: calc(var(--x) * 100%);
    width: 14px;
    height: 14px;
    margin: -7px;
    border: 2px solid #fff;
    border-radius: 50%;
    box-shadow:
      0 0 0 1px #000,
      inset 0 0 0 1px #000;
    pointer-events: none;
  }
  .legend {
    margin-top: 0.625rem;
  }
  :host([compact]) .value {
    margin-top: 0.125rem;
    white-space: nowrap;
  }
  .value {
    margin: 0.25rem 0 0;
    min-height: 1.45em;
    font-size: 0.75rem;
  }
  /* The colours of signed maps would mix with the picture's. */
  .grey {
    filter: grayscale(1);
  }
`;
