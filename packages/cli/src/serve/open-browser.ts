import { spawn } from 'node:child_process';

/** What opens an address in the user's browser, by system. */
const OPENERS: ReadonlyMap<string, readonly [command: string, ...rest: string[]]> = new Map([
  ['darwin', ['open']],
  ['win32', ['rundll32', 'url.dll,FileProtocolHandler']],
]);

/** Opens an address in the user's browser and goes on; false where nothing can open one. */
export function openBrowser(address: string, platform: string = process.platform): Promise<boolean> {
  const [command, ...rest] = OPENERS.get(platform) ?? ['xdg-open'];
  return new Promise((resolve) => {
    const child = spawn(command, [...rest, address], { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
