#!/usr/bin/env node
import { main } from '../dist/main.js';

const cancellation = new AbortController();
// Once: a second Ctrl+C ends the process at once.
for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => cancellation.abort());
// A reader that went away (`convscope methods | head -1`) is no failure.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
});

const { stdout, stderr, env } = process;
process.exitCode = await main(process.argv.slice(2), { stdout, stderr, env, signal: cancellation.signal });
