import { css } from 'lit';

export const styles = css`
  .surface {
    position: relative;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    overflow: hidden;
    background: var(--_sunken);
  }
  .surface.over {
    outline: 3px dashed var(--_accent);
    outline-offset: -6px;
  }
  .pad {
    width: 100%;
    aspect-ratio: var(--ratio, 1);
  }
  .drawn .pad {
    touch-action: none;
    cursor: crosshair;
  }
  .surface:not(.drawn) .pad {
    image-rendering: auto;
  }
  .surface.empty:not(.drawn) .pad {
    visibility: hidden;
  }
  .surface.empty:not(.drawn) .hint {
    inset-block-start: 45%;
    color: var(--_muted);
  }
  .live {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    object-fit: contain;
    background: #000;
  }
  .hint {
    position: absolute;
    inset: auto 0 0;
    margin: 0;
    padding: 0.5rem;
    text-align: center;
    font-size: 0.8125rem;
    color: var(--hint);
    pointer-events: none;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    margin-top: 0.625rem;
  }
  .actions button {
    flex: 1 1 auto;
    padding: 0.4rem 0.5rem;
    white-space: nowrap;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .actions button:hover {
    border-color: var(--_accent);
  }
  .samples {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(32px, 1fr));
    gap: 6px;
    margin: 0.75rem 0 0;
    padding: 0;
    border: 0;
  }
  .samples button {
    padding: 0;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) - 2px);
    overflow: hidden;
    background: none;
    line-height: 0;
  }
  .samples button:hover {
    border-color: var(--_accent);
  }
  .samples button[aria-pressed='true'] {
    outline: 2px solid var(--_accent);
    outline-offset: 1px;
  }
  .samples canvas {
    width: 100%;
    aspect-ratio: 1;
  }
  .failure {
    margin-top: 0.625rem;
    overflow-wrap: anywhere;
  }
`;
