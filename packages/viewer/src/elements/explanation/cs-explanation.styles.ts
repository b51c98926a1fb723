import { css } from 'lit';

export const styles = css`
  figure {
    margin: 0;
  }
  .poster {
    display: block;
    width: 100%;
    height: auto;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }
  figcaption {
    margin-top: 0.375rem;
  }
  figcaption p {
    margin: 0;
  }
  .remark {
    font-size: 0.75rem;
  }
  .working {
    margin: 0.5rem 0 0;
    min-height: 1.45em;
    font-size: 0.8125rem;
  }
  progress {
    display: block;
    width: 100%;
    height: 4px;
    margin-top: 0.5rem;
    accent-color: var(--_accent);
  }
  .failure strong {
    display: block;
  }
  .failure.below {
    margin-top: 0.5rem;
    font-size: 0.8125rem;
  }
  .retry {
    margin-top: 0.5rem;
    padding: 0.3rem 0.8rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .retry:hover {
    border-color: var(--_accent);
  }
`;
