/** A node that the engine cannot run. Caught by the importer, which goes on and reports all of them. */
export class UnsupportedNode extends Error {
  /** The value that would have to be known at load. */
  readonly needs: string | undefined;

  constructor(reason: string, needs?: string) {
    super(reason);
    this.name = 'UnsupportedNode';
    this.needs = needs;
  }
}

/** A node that computes with the batch size: the network is read again with the batch that the file states, or 1. */
export class NeedsConcreteBatch extends Error {
  readonly node: string;

  constructor(node: string) {
    super(`${node} computes with the size of the batch`);
    this.name = 'NeedsConcreteBatch';
    this.node = node;
  }
}
