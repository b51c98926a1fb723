import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { version_core as tensorflowVersion } from '@tensorflow/tfjs-core';
import type { AdapterDescription } from '@convscope/gpu-engine';
import { readHistory, readRecordings } from '../read-recorded.ts';
import {
  jsonText,
  placeName,
  ratiosOf,
  rounded,
  type Environment,
  type HistoryEntry,
  type RecordedSuite,
} from '../recorded.ts';
import { resultsPage } from '../results-page.ts';

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
  const adapter = placeName(result.environment);
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
  // The same recording imported twice is still one.
  const others = historyOf(folder).filter(
    (known) => known.date !== date || known.suite !== result.name || known.adapter !== adapter,
  );
  const history = [...others, entry].toSorted((a, b) => a.date.localeCompare(b.date));
  writeFileSync(join(folder, 'results', 'history.json'), jsonText(history));
  writeFileSync(join(folder, 'results', 'index.html'), resultsPage(allRecorded(folder, history), history));
  return relative(folder, path);
}

/**
 * Records what the benchmark page saved. Throws where the file is no recording, holds cases in which the sides did not
 * agree, or quick sizes, which say nothing about speed.
 *
 * @returns the paths of the results.
 */
export function importResults(folder: string, path: string): readonly string[] {
  const recordings = readRecordings(readFileSync(foundFile(folder, path), 'utf8'));
  for (const { name, checks } of recordings) {
    if (name.endsWith('-quick'))
      throw new Error(`${name}: quick sizes say nothing about speed, so nothing is recorded`);
    const failed = checks.find(({ difference, tolerance }) => difference > tolerance);
    if (failed !== undefined) throw new Error(`${name}: the sides differ in ${failed.what}`);
  }
  return recordings.map((recording) => recordResults(folder, recording));
}

/** Scripts run in their package's folder, but people name files as they see them from where they are. */
function foundFile(folder: string, path: string): string {
  const places = [process.env['INIT_CWD'] ?? '.', '.', join(folder, '..')].map((place) => resolve(place, path));
  const found = places.find((place) => existsSync(place));
  if (found === undefined) throw new Error(`no such file: ${path}`);
  return found;
}

export function readRecorded(
  folder: string,
  suite: string,
  environment: Pick<Environment, 'adapter' | 'runtime'>,
): RecordedSuite | undefined {
  return readSuite(resultsPath(folder, suite, placeName(environment)));
}

/** Where else the suite was recorded. */
export function placesOf(folder: string, suite: string): readonly string[] {
  const results = join(folder, 'results');
  if (!existsSync(results)) return [];
  return readdirSync(results).filter((place) => existsSync(resultsPath(folder, suite, place)));
}

/** The newest results of each suite on each adapter that the history knows. */
function allRecorded(folder: string, history: readonly HistoryEntry[]): readonly RecordedSuite[] {
  const paths = new Set(history.map(({ suite, adapter }) => resultsPath(folder, suite, adapter)));
  return [...paths].flatMap((path) => readSuite(path) ?? []);
}

function readSuite(path: string): RecordedSuite | undefined {
  return existsSync(path) ? readRecordings(readFileSync(path, 'utf8'))[0] : undefined;
}

function historyOf(folder: string): readonly HistoryEntry[] {
  const path = join(folder, 'results', 'history.json');
  return existsSync(path) ? readHistory(readFileSync(path, 'utf8')) : [];
}

function resultsPath(folder: string, suite: string, adapter: string): string {
  return join(folder, 'results', adapter, `${suite}.json`);
}

export function commit(): string {
  const git = (...args: readonly string[]) => spawnSync('git', args, { encoding: 'utf8' }).stdout?.trim() ?? '';
  const changed = git('status', '--porcelain', '--untracked-files=no', '--', '../packages', '../shaders') !== '';
  return `${git('rev-parse', '--short', 'HEAD') || 'unknown'}${changed ? ', with changes' : ''}`;
}
