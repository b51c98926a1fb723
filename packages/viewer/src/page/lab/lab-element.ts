import { LitElement, type PropertyValues } from 'lit';
import type { Lab } from './lab.ts';

/** A part of the page that shows a lab: renders into the light DOM, and again whenever the lab changes. */
export abstract class LabElement extends LitElement {
  static override properties: Record<string, object> = { lab: { attribute: false } };

  declare lab: Lab;
  #subscribed: Lab | undefined;
  #unsubscribe: () => void = () => undefined;

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe();
    this.#subscribed = undefined;
  }

  override willUpdate(_changed: PropertyValues<this>): void {
    if (this.lab === this.#subscribed || !this.isConnected) return;
    this.#unsubscribe();
    this.#subscribed = this.lab;
    this.#unsubscribe = this.lab.subscribe(() => this.requestUpdate());
  }
}
