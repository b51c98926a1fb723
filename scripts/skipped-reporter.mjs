// A vitest reporter that keeps why tests were skipped (`context.skip('reason')`), which its JSON report leaves out.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './paths.mjs';

// vitest asks a reporter's module for its default export.
// oxlint-disable-next-line import/no-default-export
export default class SkippedReporter {
  onTestRunEnd(modules) {
    const skipped = modules.flatMap((module) =>
      [...module.children.allTests('skipped')].map((test) => ({
        file: module.relativeModuleId ?? module.moduleId,
        name: test.fullName,
        reason: test.result().note ?? `marked ${test.options.mode ?? 'skip'} without a reason`,
      })),
    );
    const folder = join(cacheFolder, 'test-results');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'skipped.json'), JSON.stringify(skipped, undefined, 2));
  }
}
