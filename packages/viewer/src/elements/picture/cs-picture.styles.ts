import { css } from 'lit';

export const styles = css`
  .pictures {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, var(--cs-picture-size, 100%)), 1fr));
    gap: 6px;
  }
  figure {
    margin: 0;
  }
  figcaption {
    font-size: 0.75rem;
    overflow-wrap: anywhere;
  }
  canvas {
    width: 100%;
    height: auto;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_sunken);
  }
  canvas.large {
    image-rendering: auto;
  }
`;
