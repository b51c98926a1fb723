import {
  methodNames,
  methodNamed,
  parseParameter,
  completeParameters,
  type ParameterValue,
  type Unit,
} from '@convscope/xai';
import type { Wish } from './lab-state.ts';

/** A wish as one value of an address: `grad-cam;layer=relu3;relu=false`. Parameters follow under their own names. */
export function writeWish({ method, layer, unit, target, seed, parameters = {} }: Wish): string {
  const parts = [clean(method)];
  if (layer !== undefined) parts.push(`layer=${clean(layer)}`);
  if (unit !== undefined) parts.push(`unit=${unitText(unit)}`);
  if (target !== undefined) parts.push(`target=${target}`);
  if (seed !== undefined) parts.push(`seed=${seed}`);
  for (const [name, value] of Object.entries(parameters)) parts.push(`p.${clean(name)}=${clean(String(value))}`);
  return parts.join(';');
}

/** Undefined for methods that are not there. Parameters that the method does not take are left out. */
export function readWish(text: string): Wish | undefined {
  const [first = '', ...rest] = text.split(';');
  const name = decoded(first);
  if (!methodNames.includes(name)) return undefined;
  const method = methodNamed(name);
  const wish: { -readonly [Name in keyof Wish]: Wish[Name] } = { method: name };
  const parameters = new Map<string, ParameterValue>();
  for (const part of rest) {
    const split = part.indexOf('=');
    const [field, value] = [decoded(part.slice(0, split)), decoded(part.slice(split + 1))];
    if (field === 'layer') wish.layer = value;
    else if (field === 'unit') wish.unit = readUnit(value);
    else if (field === 'target') wish.target = whole(value);
    else if (field === 'seed') wish.seed = whole(value);
    else if (field.startsWith('p.')) parameters.set(field.slice(2), value);
  }
  for (const [parameter, value] of parameters) {
    if (!Object.hasOwn(method.parameters, parameter)) continue;
    const specification = method.parameters[parameter];
    if (specification === undefined) continue;
    const given = { [parameter]: parseParameter(specification, String(value)) };
    if (isValid(() => completeParameters(method, given))) wish.parameters = { ...wish.parameters, ...given };
  }
  return wish;
}

export function unitText({ channel, y, x }: Unit): string {
  return y === undefined || x === undefined ? String(channel) : `${channel},${y},${x}`;
}

export function readUnit(text: string): Unit | undefined {
  const [channel, y, x] = text.split(',').map(whole);
  if (channel === undefined) return undefined;
  return y === undefined || x === undefined ? { channel } : { channel, y, x };
}

/** An integer from 0 up, of at most nine digits. */
export function whole(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** As it may stand between the marks of an address; slashes and commas stay readable. */
export function clean(text: string): string {
  return encodeURIComponent(text).replaceAll('%2F', '/').replaceAll('%2C', ',');
}

/** Empty where the text is no encoding of one. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function isValid(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}
