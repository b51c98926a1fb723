/// <reference types="vite/types/importMeta.d.ts" />
import '@convscope/viewer/define';
import { failureWords } from '@convscope/viewer';

interface Example {
  readonly show: (element: HTMLElement) => Promise<void>;
}

/** One file an element, named after it. */
const examples = import.meta.glob<Example>('./examples/*.ts', { eager: true });

for (const element of document.querySelectorAll<HTMLElement>('[data-example]')) {
  examples[`./examples/${element.localName}.ts`]?.show(element).catch((error: unknown) => {
    const { title, advice } = failureWords(error);
    const words = document.createElement('p');
    words.className = 'failure';
    words.setAttribute('role', 'alert');
    words.textContent = `${title}. ${advice}`;
    element.after(words);
  });
}
