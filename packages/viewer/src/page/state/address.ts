import {
  firstState,
  viewNames,
  wallScales,
  type InputReference,
  type LabState,
  type ModelReference,
} from './lab-state.ts';
import { clean, decoded, readUnit, readWish, unitText, whole, writeWish } from './wish-text.ts';

/** Longer addresses are not read: nobody's link is that long. */
const MOST_CHARACTERS = 65_536;
const MOST_TILES = 24;

/** The state as the fragment of an address, without `#`: what is as at the start is left out. */
export function writeAddress(state: LabState): string {
  const parts: string[] = [];
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined) parts.push(`${name}=${value}`);
  };
  add('model', modelText(state.model));
  add('preset', state.preset && clean(state.preset));
  add('labels', state.labels && `url:${clean(state.labels)}`);
  add('input', state.input && inputText(state.input));
  if (state.view !== firstState.view) add('view', state.view);
  if (state.method !== firstState.method) add('method', clean(state.method));
  add('target', state.target?.toString());
  add('layer', state.layer && clean(state.layer));
  add('unit', state.unit && unitText(state.unit));
  add('by', state.unitMethod && clean(state.unitMethod));
  add('convolution', state.convolution && clean(state.convolution));
  add('filter', state.filter?.toString());
  if (state.opacity !== undefined) add('opacity', String(state.opacity));
  if (state.isSmooth !== undefined) add('smooth', String(state.isSmooth));
  add('scale', state.wallScale);
  const tiles = state.tiles.map(writeWish);
  if (tiles.join('&') !== firstState.tiles.map(writeWish).join('&')) {
    if (tiles.length === 0) add('tiles', 'none');
    for (const tile of tiles) add('tile', tile);
  }
  for (const [view, wish] of Object.entries(state.pictures)) add(view, writeWish(wish));
  return parts.join('&');
}

/** What a fragment says about the state. Whatever cannot be understood is left out: a link is a stranger's text. */
export function readAddress(text: string): Partial<LabState> {
  const found: { -readonly [Name in keyof LabState]?: LabState[Name] } = {};
  if (text.length > MOST_CHARACTERS) return found;
  for (const part of text.replace(/^#/, '').split('&')) {
    const split = part.indexOf('=');
    if (split < 0) continue;
    const [name, value] = [part.slice(0, split), part.slice(split + 1)];
    readPart(found, name, value);
  }
  return found;
}

function readPart(found: { -readonly [Name in keyof LabState]?: LabState[Name] }, name: string, value: string): void {
  const text = decoded(value);
  const view = viewNames.find((known) => known === name);
  if (view !== undefined) {
    const wish = readWish(value);
    if (wish !== undefined) found.pictures = { ...found.pictures, [view]: wish };
    return;
  }
  switch (name) {
    case 'model':
      found.model = readModel(value) ?? found.model ?? firstState.model;
      break;
    case 'preset':
      found.preset = text;
      break;
    case 'labels':
      found.labels = readLabels(value);
      break;
    case 'input':
      found.input = readInput(value);
      break;
    case 'view':
      found.view = viewNames.find((known) => known === text) ?? firstState.view;
      break;
    case 'method':
      found.method = text;
      break;
    case 'target':
      found.target = whole(text);
      break;
    case 'layer':
      found.layer = text;
      break;
    case 'unit':
      found.unit = readUnit(text);
      break;
    case 'by':
      found.unitMethod = text;
      break;
    case 'convolution':
      found.convolution = text;
      break;
    case 'filter':
      found.filter = whole(text);
      break;
    case 'opacity':
      found.opacity = share(text);
      break;
    case 'smooth':
      found.isSmooth = text === 'true';
      break;
    case 'scale':
      found.wallScale = wallScales.find((known) => known === text);
      break;
    case 'tiles':
      found.tiles ??= [];
      break;
    case 'tile': {
      const wish = readWish(value);
      if (wish !== undefined && (found.tiles?.length ?? 0) < MOST_TILES) found.tiles = [...(found.tiles ?? []), wish];
      break;
    }
  }
}

function modelText(model: ModelReference): string {
  if (model.kind === 'file') return `file:${clean(model.hash)}:${clean(model.name)}`;
  return model.kind === 'url' ? `url:${clean(model.url)}` : clean(model.name);
}

function readModel(value: string): ModelReference | undefined {
  const [kind, first = '', second = ''] = value.split(':').map(decoded);
  if (kind === 'file') return isHash(first) ? { kind, hash: first, name: second } : undefined;
  if (kind === 'url') return isWebAddress(first) ? { kind, url: first } : undefined;
  return kind === undefined || kind === '' ? undefined : { kind: 'zoo', name: kind };
}

function inputText(input: InputReference): string {
  if (input.kind === 'sample') return `sample:${input.number}`;
  if (input.kind === 'file') return `file:${clean(input.hash)}:${clean(input.name)}`;
  if (input.kind === 'url') return `url:${clean(input.url)}`;
  return `pixels:${input.width}x${input.height}:${input.data}`;
}

function readInput(value: string): InputReference | undefined {
  const [kind, first = '', second = ''] = value.split(':').map(decoded);
  if (kind === 'file') return isHash(first) ? { kind, hash: first, name: second } : undefined;
  if (kind === 'url') return isWebAddress(first) ? { kind, url: first } : undefined;
  if (kind === 'pixels') {
    const [width, height] = first.split('x').map(whole);
    return width === undefined || height === undefined ? undefined : { kind, width, height, data: second };
  }
  const number = whole(first);
  return kind === 'sample' && number !== undefined ? { kind, number } : undefined;
}

function readLabels(value: string): string | undefined {
  const [kind, url = ''] = value.split(':').map(decoded);
  return kind === 'url' && isWebAddress(url) ? url : undefined;
}

function share(text: string): number | undefined {
  const value = Number(text);
  return text !== '' && value >= 0 && value <= 1 ? value : undefined;
}

function isHash(text: string): boolean {
  return /^[0-9a-f]{16}$/.test(text);
}

/** Only what the page itself could load: never `javascript:` or `data:`. */
function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.0\.0\.1)$/.test(hostname));
}
