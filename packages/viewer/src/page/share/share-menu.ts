import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { tensorToPicture } from '@convscope/formats';
import { methodNamed } from '@convscope/xai';
import { paint } from '../../drawing/paint.ts';
import { messageOf } from '../../shared/failure-words.ts';
import type { Lab } from '../lab/lab.ts';
import { modelFacts, nameOf } from '../opened-model.ts';
import { factsText, type LabTile } from '../wall/lab-tile.ts';
import { embedCode } from './embed-code.ts';
import { reportHtml, type ReportFigure } from './report-html.ts';
import { fileNameOf, save } from './save.ts';

/** Ways to take away what the page shows: a link, code to embed, a report. */
export class LabShare extends LitElement {
  static override properties = { lab: { attribute: false }, said: { state: true } };

  declare lab: Lab;
  /** What the last press did, or why it could not. */
  declare private said: string | undefined;

  constructor() {
    super();
    this.said = undefined;
  }

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override render(): TemplateResult {
    return html`<details class="menu" @keydown=${this.#onKeyDown}>
      <summary class="secondary">Share</summary>
      <div class="menu-panel card">
        <button type="button" class="secondary" name="copy-link" @click=${this.#copyLink}>Copy link</button>
        <small class="muted">${this.#linkWords()}</small>
        <button type="button" class="secondary" name="copy-embed" @click=${this.#copyEmbed}>Copy embed code</button>
        <small class="muted">the first tile of the wall, for a page of your own</small>
        <button type="button" class="secondary" name="report" @click=${this.#report}>Download report</button>
        <small class="muted">the wall as one HTML file</small>
        <p class="said" role="status">${this.said ?? nothing}</p>
      </div>
    </details>`;
  }

  #linkWords(): string {
    const { model, input } = this.lab.state;
    if (model.kind === 'file' || input?.kind === 'file')
      return 'files are not in the link: who opens it is asked for them';
    return input === undefined ? 'all that you see but the picture' : 'all that you see';
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const menu = event.currentTarget as HTMLDetailsElement;
    if (event.key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.querySelector('summary')?.focus();
  };

  readonly #copyLink = async (): Promise<void> => {
    await this.#attempt(async () => {
      await navigator.clipboard.writeText(location.href);
      return 'The link is in the clipboard.';
    });
  };

  readonly #copyEmbed = async (): Promise<void> => {
    await this.#attempt(async () => {
      const [first = { method: this.lab.state.method }] = this.lab.state.tiles;
      await navigator.clipboard.writeText(embedCode(this.lab.state, first));
      return 'The code is in the clipboard. Put convscope.js, the network and the picture beside your page.';
    });
  };

  readonly #report = async (): Promise<void> => {
    const { lab } = this;
    await this.#attempt(async () => {
      const tiles = [...document.querySelectorAll<LabTile>('lab-tile')];
      if (tiles.length === 0) {
        lab.change({ view: 'attribution' });
        return 'This is the wall that the report will show. Press again when it is ready.';
      }
      const figures = await Promise.all(tiles.map(figureOfTile));
      const content = {
        model: nameOf(lab.opened),
        modelFacts: modelFacts(lab.model),
        input: inputPicture(lab),
        scores: lab.scores.slice(0, 10),
        figures: figures.filter((figure) => figure !== undefined),
        address: location.href,
      };
      save(new Blob([reportHtml(content)], { type: 'text/html' }), fileNameOf([nameOf(lab.opened), 'report'], 'html'));
      return 'The report is downloaded.';
    });
  };

  async #attempt(work: () => Promise<string>): Promise<void> {
    this.said = undefined;
    try {
      this.said = await work();
    } catch (error) {
      this.said = messageOf(error);
    }
  }
}

async function figureOfTile(tile: LabTile): Promise<ReportFigure | undefined> {
  const { lab, wish, work } = tile;
  const figure = await tile.figure();
  if (figure === undefined) return undefined;
  const { title, summary, paper } = methodNamed(wish.method);
  return {
    title,
    facts: factsText(lab, work.explanation),
    summary,
    citation: `${paper.authors}: ${paper.title} (${paper.year})`,
    remarks: work.explanation?.remarks ?? [],
    picture: await dataAddress(figure),
  };
}

function inputPicture({ input, model }: Lab): string {
  const canvas = document.createElement('canvas');
  if (input !== undefined) {
    const { data, width, height } = tensorToPicture(input, model.preprocessing);
    paint(canvas, { pixels: data, width, height });
  }
  return canvas.toDataURL();
}

async function dataAddress(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(typeof reader.result === 'string' ? reader.result : ''));
    reader.addEventListener('error', () => reject(reader.error ?? new Error('the picture could not be read')));
    reader.readAsDataURL(blob);
  });
}
