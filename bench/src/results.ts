import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join, relative } from 'node:path';
import { version_core as tensorflowVersion } from '@tensorflow/tfjs-core';
import type { AdapterDescription } from '@convscope/gpu-engine';
import type { Comparison, Summary } from './measure.ts';
import type { Check, Suite } from './suite.ts';

export interface CaseResult extends Comparison {
  readonly name: string;
}

/** What a time depends on, beside the code. `load` is the machine's load average of the last minute. */
export interface Environment {
  readonly date: string;
  readonly commit: string;
  readonly adapter: AdapterDescription;
  readonly cores: number;
  readonly processor: string;
  readonly load: number;
  readonly versions: Readonly<Record<string, string>>;
}

export interface SuiteResult {
  readonly environment: Environment;
  readonly settings: Readonly<Record<string, number>>;
  readonly checks: readonly Check[];
  readonly cases: readonly CaseResult[];
}

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

/** Writes `results/<suite>.json`; gives its path, relative to the folder. */
export function writeResults(folder: string, { name, title }: Suite, result: SuiteResult): string {
  const path = join(folder, 'results', `${name}.json`);
  mkdirSync(join(folder, 'results'), { recursive: true });
  const text = JSON.stringify({ name, title, unit: 'ms', ...result }, roundNumbers, 2);
  writeFileSync(path, `${text}\n`);
  return relative(folder, path);
}

/** One row a case: each contender's median with its quartiles and its minimum, and the ratios with their quartiles. */
export function markdownTable(cases: readonly CaseResult[]): string {
  const contenders = Object.keys(cases[0]?.times ?? {});
  const others = Object.keys(cases[0]?.ratios ?? {});
  const header = ['', ...contenders.map((name) => `${name}, ms`), ...others.map((name) => `${name} takes`)];
  const rows = cases.map(({ name, times, ratios }) => [
    name,
    ...Object.values(times).map((time) => `${spread(time, 0)}, min ${time.min.toFixed(0)}`),
    ...Object.values(ratios).map((ratio) => `${spread(ratio, 2)} times as long`),
  ]);
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function spread({ median, lowerQuartile, upperQuartile }: Summary, digits: number): string {
  return `${median.toFixed(digits)} (${lowerQuartile.toFixed(digits)} to ${upperQuartile.toFixed(digits)})`;
}

function commit(): string {
  const git = (...args: readonly string[]) => spawnSync('git', args, { encoding: 'utf8' }).stdout?.trim() ?? '';
  const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
  return `${git('rev-parse', '--short', 'HEAD') || 'unknown'}${changed ? ', with changes' : ''}`;
}

function roundNumbers(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? rounded(value) : value;
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
