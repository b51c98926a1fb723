import { css } from 'lit';

export const styles = css`
  :host {
    --_first: var(--cs-curve-training, light-dark(#8a94a0, #7f8a96));
    --_second: var(--cs-curve-held-out, var(--_accent));
    --_third: var(--cs-curve-rate, light-dark(#b0661e, #e3a560));
  }
  .switches {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 1.25rem;
    margin-bottom: 0.5rem;
    color: var(--_muted);
    font-size: 0.8125rem;
  }
  .switches input {
    accent-color: var(--_accent);
    vertical-align: -1px;
  }
  .empty {
    padding: 2rem 0;
    text-align: center;
  }
  figure {
    margin: 0 0 0.625rem;
  }
  figcaption {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 1rem;
    margin-bottom: 0.25rem;
    font-size: 0.8125rem;
  }
  .title {
    flex: 1;
    font-weight: 600;
  }
  .key {
    color: var(--_muted);
  }
  .key b {
    color: var(--_text);
    font-weight: 500;
  }
  .key i {
    display: inline-block;
    width: 14px;
    height: 3px;
    margin-inline-end: 0.35em;
    border-radius: 2px;
    background: var(--_series);
    vertical-align: middle;
  }
  .first {
    --_series: var(--_first);
  }
  .second {
    --_series: var(--_second);
  }
  .third {
    --_series: var(--_third);
  }
  .plot {
    position: relative;
    margin-inline-start: 3.5rem;
  }
  svg {
    display: block;
    width: 100%;
    height: 120px;
    border-block-end: 1px solid var(--_line);
    overflow: visible;
    cursor: crosshair;
    touch-action: pan-y;
  }
  .low svg {
    height: 56px;
  }
  polyline {
    fill: none;
    stroke: var(--_series);
    stroke-width: 2;
    stroke-linejoin: round;
    vector-effect: non-scaling-stroke;
  }
  .grid {
    stroke: var(--_line);
    stroke-width: 1;
    vector-effect: non-scaling-stroke;
    opacity: 0.7;
  }
  .cursor {
    stroke: var(--_text);
    stroke-width: 1;
    stroke-dasharray: 3 3;
    vector-effect: non-scaling-stroke;
  }
  .dot {
    position: absolute;
    inset-block-start: calc(var(--y) * 120px);
    inset-inline-start: calc(var(--x) * 100%);
    width: 8px;
    height: 8px;
    margin: -4px;
    border-radius: 50%;
    background: var(--_series);
    box-shadow: 0 0 0 2px var(--_surface);
    pointer-events: none;
  }
  .low .dot {
    inset-block-start: calc(var(--y) * 56px);
  }
  .numbers span {
    position: absolute;
    inset-block-start: calc(var(--place) * 120px);
    inset-inline-end: calc(100% + 0.4rem);
    translate: 0 -50%;
    color: var(--_muted);
    font-size: 0.6875rem;
    white-space: nowrap;
  }
  .low .numbers span {
    inset-block-start: calc(var(--place) * 56px);
  }
  .low .numbers span:not(:first-child, :last-child) {
    display: none;
  }
  .steps {
    position: relative;
    height: 1.25rem;
    color: var(--_muted);
    font-size: 0.6875rem;
  }
  .steps span {
    position: absolute;
    inset-block-start: 0.25rem;
    inset-inline-start: calc(var(--place) * 100%);
    translate: -50%;
  }
`;
