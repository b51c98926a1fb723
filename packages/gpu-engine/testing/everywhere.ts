/** Takes one candidate for every problem to which it applies. */
export class Everywhere extends Map<string, string> {
  readonly #name: string;

  constructor(name: string) {
    super();
    this.#name = name;
  }

  override get(): string {
    return this.#name;
  }
}
