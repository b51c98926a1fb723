import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: 0.5rem 1.25rem;
  }
  .play {
    display: grid;
    place-content: center;
    width: 2.25rem;
    height: 2.25rem;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .play:disabled {
    opacity: 0.4;
    cursor: default;
  }
  .track {
    position: relative;
    height: 2.75rem;
    margin-inline: 0.75rem;
    cursor: pointer;
    touch-action: none;
  }
  .line {
    position: absolute;
    inset: 0.875rem 0 auto;
    height: 4px;
    border-radius: 2px;
    background: var(--_line);
  }
  .line.done {
    inset-inline-end: auto;
    width: calc(var(--place) * 100%);
    background: var(--_accent);
  }
  .mark {
    position: absolute;
    inset-block-start: 1rem;
    inset-inline-start: calc(var(--place) * 100%);
    width: 10px;
    height: 10px;
    margin: -5px;
    border: 2px solid var(--_line);
    border-radius: 50%;
    background: var(--_surface);
  }
  .mark.done {
    border-color: var(--_accent);
  }
  .mark.shown {
    width: 18px;
    height: 18px;
    margin: -9px;
    border-color: var(--_accent);
    background: var(--_accent);
    box-shadow: 0 0 0 3px var(--_surface);
  }
  .tick {
    position: absolute;
    inset-block-start: 1rem;
    inset-inline-start: 50%;
    translate: -50%;
    color: var(--_muted);
    font-size: 0.6875rem;
    line-height: 1;
    pointer-events: none;
  }
  .mark.shown .tick {
    inset-block-start: 1.25rem;
    color: var(--_text);
  }
  output {
    min-width: 5.5rem;
    text-align: end;
  }
  @media (max-width: 480px) {
    :host {
      column-gap: 0.5rem;
    }
    output {
      grid-column: 1 / -1;
      justify-self: center;
    }
  }
`;
