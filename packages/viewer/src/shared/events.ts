/** Where an element is: without data, at work, showing its data, or showing why it cannot. */
export type ElementStatus = 'idle' | 'loading' | 'ready' | 'error';

/** Detail of `progress`. */
export interface ProgressDetail {
  /** The done part of the work, 0 to 1. */
  readonly done: number;
}

/** Detail of `error`. The error is a `ConvscopeError` where it was foreseen. */
export interface ErrorDetail {
  readonly error: unknown;
  /** The error in plain words. */
  readonly message: string;
}

/** The events that every element has. They concern the element alone and do not bubble. */
export interface StatusEventMap {
  load: CustomEvent<undefined>;
  progress: CustomEvent<ProgressDetail>;
  error: CustomEvent<ErrorDetail>;
}

/**
 * `addEventListener` and `removeEventListener` of an element, which know its own events. Elements declare them with this
 * type; the methods themselves are the platform's.
 */
export interface EventListening<Element extends HTMLElement, Events extends object> {
  <Name extends keyof Events & string>(
    name: Name,
    listener: ((this: Element, event: Events[Name]) => unknown) | { handleEvent: (event: Events[Name]) => unknown },
    options?: boolean | AddEventListenerOptions,
  ): void;
  <Name extends Exclude<keyof HTMLElementEventMap, keyof Events>>(
    name: Name,
    listener: (this: Element, event: HTMLElementEventMap[Name]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  (name: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

/** Dispatches one of an element's own events, typed by its event map. */
export function emit<Events extends object, Name extends keyof Events & string>(
  element: HTMLElement,
  name: Name,
  detail: Events[Name] extends CustomEvent<infer Detail> ? Detail : never,
  { bubbles = false }: { readonly bubbles?: boolean } = {},
): void {
  element.dispatchEvent(new CustomEvent(name, { detail, bubbles, composed: bubbles }));
}
