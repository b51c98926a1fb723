import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join, relative } from 'node:path';
import { version_core as tensorflowVersion } from '@tensorflow/tfjs-core';
import type { AdapterDescription } from '@convscope/gpu-engine';
import { adapterName, ratiosOf, type Environment, type HistoryEntry, type RecordedSuite } from './recorded.ts';
import { resultsPage } from './page.ts';

export function describeEnvironment(adapter: AdapterDescription): Environment {
  return {
    date: new Date().toISOString(),
    commit: commit(),
    adapter,
    cores: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    load: rounded(loadavg()[0] ?? NaN),
    versions: { node: process.versions.node, 'TensorFlow.js': tensorflowVersion },
  };
}

/** Writes the suite's results, adds its ratios to the history, and builds the page anew. Gives the path of the results. */
export function recordResults(folder: string, result: RecordedSuite): string {
  const adapter = adapterName(result.environment.adapter);
  const path = resultsPath(folder, result.name, adapter);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, jsonText(result));
  const { date, commit: atCommit } = result.environment;
  const entry: HistoryEntry = {
    date,
    commit: atCommit,
    adapter,
    suite: result.name,
    ratios: Object.fromEntries(ratiosOf(result)),
  };
  const history = [...readHistory(folder), entry];
  writeFileSync(join(folder, 'results', 'history.json'), jsonText(history));
  writeFileSync(join(folder, 'results', 'index.html'), resultsPage(allRecorded(folder, history), history));
  return relative(folder, path);
}

export function readRecorded(folder: string, suite: string, adapter: AdapterDescription): RecordedSuite | undefined {
  return readSuite(resultsPath(folder, suite, adapterName(adapter)));
}

/** The newest results of each suite on each adapter that the history knows. */
function allRecorded(folder: string, history: readonly HistoryEntry[]): readonly RecordedSuite[] {
  const paths = new Set(history.map(({ suite, adapter }) => resultsPath(folder, suite, adapter)));
  return [...paths].flatMap((path) => readSuite(path) ?? []);
}

function readSuite(path: string): RecordedSuite | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as RecordedSuite) : undefined;
}

function readHistory(folder: string): readonly HistoryEntry[] {
  const path = join(folder, 'results', 'history.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as HistoryEntry[]) : [];
}

function resultsPath(folder: string, suite: string, adapter: string): string {
  return join(folder, 'results', adapter, `${suite}.json`);
}

function commit(): string {
  const git = (...args: readonly string[]) => spawnSync('git', args, { encoding: 'utf8' }).stdout?.trim() ?? '';
  const changed = git('status', '--porcelain', '--untracked-files=no', '--', '../packages', '../shaders') !== '';
  return `${git('rev-parse', '--short', 'HEAD') || 'unknown'}${changed ? ', with changes' : ''}`;
}

function jsonText(value: unknown): string {
  const text = JSON.stringify(value, (_key, item: unknown) => (typeof item === 'number' ? rounded(item) : item), 2);
  // Lists of numbers on one line.
  return `${text.replace(/\[\s+([-\d.e+,\s]+?)\s+\]/g, (_, list: string) => `[${list.replace(/\s+/g, ' ')}]`)}\n`;
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
