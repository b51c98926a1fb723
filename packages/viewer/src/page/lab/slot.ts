import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { TensorData } from '@convscope/gpu-engine/graph';
import { methodNamed, type Explanation, type ExplanationRequest } from '@convscope/xai';
import { messageOf } from '../../shared/failure-words.ts';
import type { Wish } from '../state/lab-state.ts';
import { isCancelled, type Lab } from './lab.ts';

export type SlotStatus = 'idle' | 'working' | 'ready' | 'failed';

/**
 * A place of a view for one explanation. It is computed anew when what was asked for or the input has changed; what
 * was there before stays until then, and is disposed of when it is out of sight.
 */
export class Slot implements ReactiveController {
  status: SlotStatus = 'idle';
  explanation: Explanation | undefined;
  /** The input that the explanation is about. */
  input: Lab['input'];
  /** The done part of the work, 0 to 1. */
  progress = 0;
  problem: string | undefined;
  /** Pictures in the making, as they stood last; undefined when they are done. */
  growing: TensorData<'float32'> | undefined;
  readonly #host: ReactiveControllerHost;
  #key: readonly unknown[] = [];
  #cancel = new AbortController();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /**
   * Asks for an explanation of the present input; cheap where it is the one already asked for. Methods that look at no
   * input are not begun anew when it changes.
   */
  show(lab: Lab, wish: Wish | undefined, guide?: TensorData<'float32'>): void {
    const looksAtInput = wish === undefined || methodNamed(wish.method).input !== 'none';
    const shown = looksAtInput ? lab.input : lab.blank;
    const asked = wish && requestOf(lab, wish);
    const key = [lab, shown, wish?.method, JSON.stringify(asked), guide];
    if (key.every((part, index) => part === this.#key[index])) return;
    if (lab !== this.#key[0]) this.#forget();
    this.#key = key;
    this.#cancel.abort();
    this.#cancel = new AbortController();
    this.problem = undefined;
    this.growing = undefined;
    if (wish === undefined || asked === undefined || shown === undefined) {
      this.status = 'idle';
      return;
    }
    this.status = 'working';
    this.progress = 0;
    const { signal } = this.#cancel;
    void this.#compute(lab, wish.method, { ...asked, input: shown, ...(guide === undefined ? {} : { guide }), signal });
  }

  /** Ends the work that is going on; the same wish is not begun again by itself. */
  stop(): void {
    this.#cancel.abort();
    this.growing = undefined;
    if (this.status === 'working') this.status = this.explanation === undefined ? 'idle' : 'ready';
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#cancel.abort();
    this.#forget();
    this.#key = [];
    this.status = 'idle';
  }

  /** What another network gave does not fit the preprocessing of this one. */
  #forget(): void {
    this.explanation?.dispose();
    this.explanation = undefined;
    this.input = undefined;
  }

  async #compute(lab: Lab, name: string, asked: ExplanationRequest & { readonly signal: AbortSignal }): Promise<void> {
    const { input, signal } = asked;
    try {
      const method = methodNamed(name);
      const words = `${method.title} …`;
      const request: ExplanationRequest = {
        ...asked,
        onProgress: (done) => {
          this.progress = done;
          this.#host.requestUpdate();
        },
        onPicture: (pictures) => {
          if (!signal.aborted) this.growing = pictures;
        },
      };
      const found = await lab.run(words, signal, async () => lab.session.explain(method, request));
      if (signal.aborted) {
        found.dispose();
        return;
      }
      const old = this.explanation;
      this.growing = undefined;
      this.explanation = found;
      this.input = input;
      this.status = 'ready';
      this.#host.requestUpdate();
      await this.#host.updateComplete;
      old?.dispose();
    } catch (error) {
      if (signal.aborted || isCancelled(error)) return;
      this.status = 'failed';
      this.growing = undefined;
      this.problem = messageOf(error);
      this.#host.requestUpdate();
    }
  }
}

/**
 * A unit is explained where one is named; else the class, where the method knows of classes. Pictures made from noise
 * are of all channels or classes unless the wish names one.
 */
export function requestOf(lab: Lab, wish: Wish): Omit<ExplanationRequest, 'input'> {
  const { layer, unit, seed, parameters } = wish;
  const { explains, input } = methodNamed(wish.method);
  const isUnit = unit !== undefined || (explains.includes('unit') && layer !== undefined) || explains.length === 0;
  const chosen = wish.target ?? (input === 'none' ? undefined : lab.state.target);
  const target = isUnit || !explains.includes('class') ? undefined : chosen;
  return {
    layer,
    ...(unit === undefined ? {} : { unit }),
    ...(target === undefined ? {} : { target }),
    ...(seed === undefined ? {} : { seed }),
    ...(parameters === undefined ? {} : { parameters }),
  };
}
