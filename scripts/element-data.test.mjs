import { expect, test } from 'vitest';
import { choicesOf, editorDataOf, manifestOf, readElements } from '../packages/viewer/scripts/generate-manifest.mjs';
import { parseDocblock, readElement } from '../packages/viewer/scripts/read-element.mjs';
import { root } from './paths.mjs';

const source = `
export interface ThingEventMap { pick: CustomEvent<{ readonly a: number }> }

/**
 * Shows a thing,
 * on two lines.
 *
 * @element cs-thing
 * @property {readonly number[]} values - what is
 *   shown
 * @attr {'a' | 'b'} kind-of - which one
 * @fires {CustomEvent<{a: number}>} pick - the user picked
 * @slot - shown before
 * @slot end - shown after
 * @csspart bar - one bar
 * @cssproperty --cs-thing - its colour
 */
export class CsThing extends LitElement {
  static override properties = { values: { attribute: false }, kindOf: { attribute: 'kind-of', reflect: true } };

  declare addEventListener: EventListening<CsThing, ThingEventMap>;
  declare removeEventListener: EventListening<CsThing, ThingEventMap>;
  declare values: readonly number[];
  declare kindOf: 'a' | 'b';
  declare private hidden: boolean;

  constructor() {
    super();
    this.kindOf = 'a';
  }

  /** Starts over. */
  restart(): void {
    this.values = [];
  }
}
`;

test('reads an element’s public API from its docblock and its class', () => {
  const element = readElement(source, 'src/elements/thing/cs-thing.ts');
  expect(element).toMatchObject({
    tagName: 'cs-thing',
    className: 'CsThing',
    description: 'Shows a thing, on two lines.',
    attributes: [{ name: 'kind-of', fieldName: 'kindOf', type: "'a' | 'b'", initial: "'a'" }],
    methods: [{ name: 'restart', type: 'void', description: 'Starts over.' }],
    events: [{ name: 'pick', type: 'CustomEvent<{a: number}>', description: 'the user picked' }],
    eventMap: 'ThingEventMap',
    slots: [
      { name: '', description: 'shown before' },
      { name: 'end', description: 'shown after' },
    ],
    parts: [{ name: 'bar', description: 'one bar' }],
    cssProperties: [{ name: '--cs-thing', description: 'its colour' }],
  });
  expect(element.fields.map(({ name, isReflected }) => [name, isReflected])).toEqual([
    ['values', undefined],
    ['kindOf', true],
  ]);
});

test('refuses a docblock and a class that differ', () => {
  const path = 'cs-thing.ts';
  expect(() => readElement(source.replace("@attr {'a' | 'b'} kind-of", '@attr other'), path)).toThrow('other');
  expect(() => readElement(source.replace('@property {readonly number[]} values', '@property {x} gone'), path)).toThrow(
    'values is not in the docblock',
  );
  expect(() => readElement(source.replace('EventListening<CsThing,', 'EventListening<CsOther,'), path)).toThrow(
    'wants `declare addEventListener: EventListening<CsThing, ThingEventMap>',
  );
  expect(() => readElement('export class CsThing {}', path)).toThrow('no class');
});

test('types with braces, and choices', () => {
  expect(parseDocblock('* @fires {CustomEvent<{a: {b: number}}>} x - y').tags[0]).toMatchObject({
    type: 'CustomEvent<{a: {b: number}}>',
    name: 'x',
    description: 'y',
  });
  expect(choicesOf("'a' | 'b'")).toEqual(['a', 'b']);
  expect(choicesOf("'a' | string")).toEqual([]);
});

test('the elements’ manifest is one that tools read', async () => {
  const elements = await readElements(root);
  const { schemaVersion, modules } = manifestOf(elements);
  expect(schemaVersion).toBe('1.0.0');
  const declarations = modules.flatMap(({ declarations }) => declarations);
  expect(declarations.map(({ tagName }) => tagName)).toContain('cs-heatmap');
  for (const { description, events, attributes, members } of declarations) {
    expect(description.length).toBeGreaterThan(20);
    for (const { name, type } of [...events, ...attributes, ...members.filter(({ kind }) => kind === 'field')]) {
      expect(type?.text, name).toBeTruthy();
    }
  }
  const explanation = editorDataOf(elements).tags.find(({ name }) => name === 'cs-explanation');
  expect(explanation?.attributes.find(({ name }) => name === 'loading')?.values).toEqual([
    { name: 'lazy' },
    { name: 'eager' },
  ]);
});
