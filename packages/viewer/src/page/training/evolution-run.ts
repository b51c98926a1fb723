import type { Model } from '@convscope/formats';
import { ParameterSet, type GpuDevice } from '@convscope/gpu-engine';
import { ConvscopeError, type TensorData } from '@convscope/gpu-engine/graph';
import { methodNamed, Session, type Explanation, type ExplanationRequest } from '@convscope/xai';
import type { EvolutionContent, EvolutionStep } from '@convscope/xai/render';
import type { ParameterSnapshot } from '@convscope/zoo';
import { sharedDevice } from '../../shared/shared-device.ts';

/** What is asked of every checkpoint. */
export interface EvolutionWish {
  readonly input: TensorData<'float32'>;
  readonly method: string;
  readonly layer: string | undefined;
  /** A class; the last checkpoint's top class where none is given. */
  readonly target: number | undefined;
}

/**
 * Explains one input at every checkpoint of a network, over parameters of its own, so that a training can go on beside
 * it on the same device. What was found is kept: going back and forth costs nothing.
 */
export class EvolutionRun {
  readonly model: Model;
  readonly #session: Session;
  readonly #parameters: ParameterSet;
  /** Which snapshot's parameters are on the GPU. */
  #loaded: ParameterSnapshot | undefined;
  #found = new Map<ParameterSnapshot, EvolutionStep>();
  #wish: EvolutionWish | undefined;
  #target = 0;
  #explanation: Pick<Explanation, 'sign' | 'layer' | 'units' | 'remarks'> | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  static async open(model: Model): Promise<EvolutionRun> {
    const device: GpuDevice = await sharedDevice();
    const parameters = await ParameterSet.create(device, model.parameters);
    return new EvolutionRun(model, await Session.create(device, model, parameters), parameters);
  }

  private constructor(model: Model, session: Session, parameters: ParameterSet) {
    this.model = model;
    this.#session = session;
    this.#parameters = parameters;
  }

  /** The device that it runs on. */
  get device(): GpuDevice {
    return this.#session.device;
  }

  /** Whether this snapshot was explained under the present wish. */
  has(snapshot: ParameterSnapshot): boolean {
    return this.#found.has(snapshot);
  }

  /** Whether this is the present wish. */
  isAbout(wish: EvolutionWish): boolean {
    return this.#wish === wish;
  }

  /** Another wish forgets all that was found. */
  async wish(wish: EvolutionWish, last: ParameterSnapshot): Promise<void> {
    await this.#exclusive(async () => {
      this.#wish = wish;
      this.#found = new Map();
      this.#explanation = undefined;
      this.#load(last);
      this.#target = wish.target ?? (await this.#session.predict(wish.input))[0]?.[0]?.index ?? 0;
    });
  }

  /** Explains one checkpoint, once. Throws what the method throws. */
  async explain(snapshot: ParameterSnapshot, signal: AbortSignal): Promise<void> {
    await this.#exclusive(async () => {
      const wish = this.#wish;
      if (wish === undefined || this.#found.has(snapshot) || signal.aborted) return;
      const { input, layer } = wish;
      const method = methodNamed(wish.method);
      this.#load(snapshot);
      const isOfUnit = method.layer === 'unit' && layer !== undefined;
      const isOfClass = method.explains.includes('class') && !isOfUnit;
      const request: ExplanationRequest = {
        input,
        signal,
        ...(method.layer === 'none' || layer === undefined ? {} : { layer }),
        ...(isOfClass ? { target: this.#target } : {}),
      };
      const explanation = await this.#session.explain(method, request);
      try {
        const tensor = (await explanation.tensor.read()) as TensorData<'float32'>;
        const [scores = []] = await this.#session.predict(input, signal);
        const probability = scores.find(({ index }) => index === this.#target)?.probability ?? 0;
        const { sign, remarks, units } = explanation;
        this.#explanation = {
          sign,
          remarks,
          ...(explanation.layer === undefined ? {} : { layer: explanation.layer }),
          ...(units === undefined ? {} : { units }),
        };
        this.#found.set(snapshot, { step: snapshot.step, tensor, probability });
      } finally {
        explanation.dispose();
      }
    });
  }

  /** Parameters of one snapshot for other work on the same session, one piece after another. */
  async with<Result>(snapshot: ParameterSnapshot, work: (session: Session) => Promise<Result>): Promise<Result> {
    return this.#exclusive(async () => {
      this.#load(snapshot);
      return work(this.#session);
    });
  }

  /** What was found so far; undefined while there is nothing. */
  content(): EvolutionContent | undefined {
    const [wish, explanation] = [this.#wish, this.#explanation];
    if (wish === undefined || explanation === undefined) return undefined;
    const steps = [...this.#found.values()].sort((a, b) => a.step - b.step);
    const className = this.model.labels[this.#target] ?? String(this.#target);
    return { model: this.model, method: methodNamed(wish.method), input: wish.input, explanation, className, steps };
  }

  dispose(): void {
    void this.#exclusive(async () => {
      this.#session.dispose();
      this.#parameters.dispose();
    });
  }

  #load(snapshot: ParameterSnapshot): void {
    if (this.#loaded === snapshot) return;
    this.#loaded = undefined;
    for (const name of this.#parameters.names) {
      const tensor = snapshot.parameters.get(name);
      if (tensor === undefined) throw new ConvscopeError('invalid-parameter', 'a checkpoint of another network');
      this.#parameters.write(name, tensor);
    }
    this.#loaded = snapshot;
  }

  /** Parameters belong to one piece of work at a time. */
  async #exclusive<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
