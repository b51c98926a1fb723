// Runs a kernel in wgsl_reflect's interpreter on small sizes, and names the accesses that two invocations make unordered.
import { detectRaces, WorkgroupScheduler } from 'wgsl_reflect/wgsl_reflect.module.js';
import { readableSource, reflectKernel } from './generate-kernels.mjs';

const elements = 4096;
const defaultSize = 2;
const stepBudget = 1_000_000;
const State = { running: 0, atBarrier: 1, done: 2 };

/**
 * wgsl_reflect steps invocations in turn, one command each, but keeps a function's return value on the syntax tree, where
 * another invocation's call overwrites it. Accesses between two barriers are compared as a set, so running each
 * invocation to its barrier finds the same races with the right values.
 */
function runToBarriers() {
  let steps = 0;
  for (;;) {
    for (const invocation of this._invocations) {
      while (invocation.state === State.running) {
        const command = this._peek(invocation);
        const barrier = command && this._asBarrier(command);
        if (!command) invocation.state = State.done;
        else if (barrier) Object.assign(invocation, { state: State.atBarrier, barrierNode: barrier });
        else {
          this._tracker.currentInvocation = invocation.index;
          this._tracker.currentLine = command.line;
          this._debug.stepStack(invocation.stack, true);
          steps += 1;
          if (steps <= stepBudget) continue;
          this.errors.push(`no end after ${stepBudget} steps`);
          return;
        }
      }
    }
    const parked = this._invocations.filter(({ state }) => state === State.atBarrier);
    if (parked.length === 0) {
      this._tracker.endPhase();
      return;
    }
    this._syncBarrier(parked);
  }
}

/** `// Example: rows = 4, keptSize = 2 3` in a shader's head gives the sizes that fit together; all others are 2. */
export function exampleSizes(source) {
  const [, text = ''] = /^\/\/ Example:(.*)$/m.exec(source) ?? [];
  const entries = text.split(',').map((part) => part.split('=').map((side) => side.trim()));
  return new Map(
    entries.filter(([name]) => name).map(([name, values = '']) => [name, values.split(/\s+/).map(Number)]),
  );
}

/** The interpreter knows no subgroups. Their values go into no index, so that any will do here. */
function withoutSubgroups(source) {
  return source.replace(/^enable subgroups;$/m, '').replace(/\bsubgroupShuffle\((\w+), [^()]*\)/g, '$1');
}

function uniformData({ uniforms, uniformSize }, sizes) {
  const data = new DataView(new ArrayBuffer(uniformSize));
  for (const { name, type, offset, count = 1 } of uniforms) {
    const length = type === 'vec4u' ? 4 * count : 1;
    const values = sizes.get(name) ?? [];
    for (let index = 0; index < length; index += 1) {
      const value = values[index] ?? values.at(-1) ?? defaultSize;
      if (type === 'f32') data.setFloat32(offset + 4 * index, value, true);
      else data.setUint32(offset + 4 * index, value, true);
    }
  }
  return data.buffer;
}

function bindGroup(entryPoint, sizes) {
  const entries = entryPoint.bindings.map(({ kind, element, binding }) => {
    if (kind === 'uniform') return [binding, { uniform: uniformData(entryPoint, sizes) }];
    const floating = /f/.test(element);
    return [binding, floating ? new Float32Array(elements).fill(0.5).buffer : new Uint32Array(elements).buffer];
  });
  return Object.fromEntries(entries);
}

/** @returns {{entryPoint: string, problems: string[]}[]} one entry for each compute entry point of the file */
export function racesIn(fileName, source) {
  WorkgroupScheduler.prototype.run = runToBarriers;
  const sizes = exampleSizes(source);
  const readable = withoutSubgroups(readableSource(source));
  const { entryPoints } = reflectKernel(fileName, source);
  return Object.entries(entryPoints).map(([name, entryPoint]) => {
    const { races, errors } = detectRaces(readable, readableSource(name), [1, 1, 1], {
      0: bindGroup(entryPoint, sizes),
    });
    return { entryPoint: name, problems: [...races.map(({ message }) => message), ...errors] };
  });
}
