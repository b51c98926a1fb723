import { html, nothing, type TemplateResult } from 'lit';
import type { TargetDetail } from '../elements/class-scores/cs-class-scores.ts';
import type { InputDetail } from '../elements/image-input/cs-image-input.ts';
import { percentText } from '../shared/number-text.ts';
import { fileHash } from './file-hash.ts';
import type { Lab } from './lab/lab.ts';
import { drawingReference } from './state/drawing-text.ts';
import type { InputReference } from './state/lab-state.ts';

/** More classes than this are listed best first. */
const MOST_IN_ORDER = 10;

/** The network's input, and the ways to another one. */
export function inputCard(
  lab: Lab,
  setInput: (reference: InputReference | undefined, file: File | undefined) => void,
): TemplateResult {
  const isColor = lab.model.preprocessing.channels === 3;
  const hasSamples = lab.samples.length > 0;
  const title = isColor ? 'Your picture' : hasSamples ? 'Draw a digit' : 'Draw something';
  const name = async (detail: InputDetail): Promise<void> => {
    const reference = await referenceOf(lab, detail);
    // Another input may have come meanwhile.
    if (lab.input === detail.tensor) setInput(reference, detail.file);
  };
  const onInput = ({ detail }: CustomEvent<InputDetail>): void => {
    const channel = lab.state.unit?.channel;
    lab.setInput(detail.tensor, {
      input: undefined,
      target: undefined,
      unit: channel === undefined ? undefined : { channel },
    });
    void name(detail);
  };
  return html`<section class="card input-card" aria-labelledby="input-title">
    <h2 id="input-title">${title}</h2>
    <cs-image-input
      .preprocessing=${lab.model.preprocessing}
      .samples=${lab.samples}
      .value=${lab.input}
      camera
      @input=${onInput}
    ></cs-image-input>
  </section>`;
}

/** How a link can name this input. */
async function referenceOf(lab: Lab, detail: InputDetail): Promise<InputReference | undefined> {
  const number = lab.samples.findIndex(({ tensor }) => tensor === detail.tensor);
  if (number >= 0) return { kind: 'sample', number };
  const drawing = await drawingReference(detail.tensor, lab.model.preprocessing);
  if (drawing !== undefined || detail.file === undefined) return drawing;
  return { kind: 'file', name: detail.file.name, hash: await fileHash(detail.file) };
}

/** The network's answer. */
export function scoresCard(lab: Lab): TemplateResult {
  const { scores, input, working, problem } = lab;
  const [best] = input === undefined ? [] : scores;
  const answer =
    best === undefined
      ? 'It has no picture yet.'
      : `with ${percentText(best.probability)}. Click a class to ask about it.`;
  return html`<section class="card scores-card" aria-labelledby="scores-title" aria-busy=${working !== undefined}>
    <h2 id="scores-title">${best === undefined ? 'What it says' : html`It says <em>${best.label}</em>`}</h2>
    <p class="muted">${answer}</p>
    ${problem === undefined ? nothing : html`<p class="problem" role="alert">${problem}</p>`}
    ${
      best === undefined
        ? nothing
        : html`<cs-class-scores
            order=${scores.length > MOST_IN_ORDER ? 'score' : 'class'}
            .scores=${scores}
            .target=${lab.target}
            @target=${({ detail }: CustomEvent<TargetDetail>) => lab.change({ target: detail.index })}
          ></cs-class-scores>`
    }
    <p class="working muted number">${working ?? ''}</p>
  </section>`;
}
