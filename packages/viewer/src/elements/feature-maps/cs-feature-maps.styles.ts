import { css } from 'lit';

export const styles = css`
  .maps {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(var(--cs-map-size, 76px), 1fr));
    gap: 6px;
  }
  .maps button {
    position: relative;
    padding: 0;
    border: 0;
    border-radius: 3px;
    background: none;
    line-height: 0;
  }
  .maps button:hover canvas {
    filter: brightness(1.12);
  }
  .maps button[aria-pressed='true'] {
    outline: 3px solid var(--_accent);
    outline-offset: 1px;
  }
  canvas {
    width: 100%;
    height: auto;
    border-radius: 3px;
  }
  .channel {
    position: absolute;
    inset: auto auto 2px 2px;
    padding: 0 4px;
    border-radius: 2px;
    background: rgb(0 0 0 / 55%);
    color: #fff;
    font-size: 0.6875rem;
    line-height: 1.35;
    pointer-events: none;
  }
  .mark {
    position: absolute;
    inset-block-start: calc(var(--y) * 100%);
    inset-inline-start: calc(var(--x) * 100%);
    width: 12px;
    height: 12px;
    margin: -6px;
    border: 2px solid #fff;
    border-radius: 50%;
    box-shadow:
      0 0 0 1px #000,
      inset 0 0 0 1px #000;
    pointer-events: none;
  }
  .more {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 0.75rem;
    margin: 0.75rem 0 0;
  }
  .more button {
    padding: 0.3rem 0.6rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .more button:hover {
    border-color: var(--_accent);
  }
  .foot {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 16rem));
    gap: 0.25rem 1rem;
    align-items: start;
    margin-top: 0.75rem;
  }
  .value {
    margin: 0;
    min-height: 1.45em;
    font-size: 0.75rem;
  }
`;
