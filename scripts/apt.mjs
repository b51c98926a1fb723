// What Debian and Ubuntu can install for us, as root.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const backportsList = 'convscope-backports.sources';

/** The fields of /etc/os-release. */
export function distribution(path = '/etc/os-release') {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const fields = [...text.matchAll(/^(\w+)="?([^"\n]*)"?$/gm)].map(([, name, value]) => [name, value]);
  const { ID = '', ID_LIKE = '', VERSION_CODENAME = '' } = Object.fromEntries(fields);
  return { names: [ID, ...ID_LIKE.split(' ')].filter(Boolean), codename: VERSION_CODENAME };
}

export function hasApt() {
  return distribution().names.some((name) => name === 'debian' || name === 'ubuntu') && existsSync('/usr/bin/apt-get');
}

export const isRoot = () => process.getuid?.() === 0;

function aptGet(...args) {
  console.log(`apt-get ${args.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Its long output would bury our own lines, and matters only when it fails.
  const result = spawnSync('apt-get', args, {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (result.status !== 0) console.error(`${result.stdout ?? ''}${result.stderr ?? ''}`.trimEnd());
  return result.status === 0;
}

/** @returns {boolean} whether all of them are installed now */
export function aptInstall(packages, options = []) {
  return aptGet('update') && aptGet('install', '-y', '--no-install-recommends', ...options, ...packages);
}

/** The mirror that the distribution's own entry for `suite` names, in either of apt's two formats. */
export function mirrorOf(suite, folder = '/etc/apt') {
  const parts = join(folder, 'sources.list.d');
  const names = existsSync(parts) ? readdirSync(parts).map((name) => join(parts, name)) : [];
  for (const path of [join(folder, 'sources.list'), ...names]) {
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    for (const line of text.split('\n')) {
      const [, address, suites] = /^deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)/.exec(line) ?? [];
      if (suites === suite) return address;
    }
    if (!path.endsWith('.sources')) continue;
    for (const stanza of text.split(/\n\s*\n/)) {
      const field = (name) => new RegExp(`^${name}:\\s*(.+)$`, 'm').exec(stanza)?.[1].trim().split(/\s+/) ?? [];
      if (field('Suites').includes(suite)) return field('URIs')[0];
    }
  }
  return undefined;
}

/** The deb822 stanza that adds Debian's backports, from the mirror that is used already. */
export function backportsSource(codename, mirror) {
  return [
    'Types: deb',
    `URIs: ${mirror}`,
    `Suites: ${codename}-backports`,
    'Components: main',
    'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg',
    '',
  ].join('\n');
}

/** lavapipe: from backports on Debian 12, whose own is too old for Dawn, else the distribution's. */
export function installLavapipe() {
  const { names, codename } = distribution();
  const packages = ['mesa-vulkan-drivers', 'libvulkan1'];
  if (names[0] !== 'debian' || codename !== 'bookworm') return aptInstall(packages);
  const suite = `${codename}-backports`;
  if (!mirrorOf(suite)) {
    const mirror = mirrorOf(codename);
    if (!mirror) {
      console.error(`no entry for ${codename} in /etc/apt: cannot tell which mirror has ${suite}`);
      return false;
    }
    writeFileSync(join('/etc/apt/sources.list.d', backportsList), backportsSource(codename, mirror));
    console.log(`added /etc/apt/sources.list.d/${backportsList}`);
  }
  return aptInstall(packages, ['-t', suite]);
}
