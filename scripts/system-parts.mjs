// A browser and a Vulkan driver: what the tests need besides packages.
import { existsSync } from 'node:fs';
import { chooseVulkanDriver, lookedForDrivers } from './adapter.mjs';
import { aptInstall, hasApt, installLavapipe, isRoot } from './apt.mjs';
import { findBrowser, lookedForBrowsers } from './browser.mjs';

// Chromium brings SwiftShader but not the Vulkan loader, through which Node finds it; without a font no text has a width.
const aptPackages = ['chromium', 'libvulkan1', 'fonts-liberation'];
const list = (lines) => lines.map((line) => `  - ${line}`).join('\n');

/** The one command that installs what is missing here. */
function command() {
  if (hasApt()) return `sudo apt-get install ${aptPackages.join(' ')}`;
  if (process.platform === 'darwin') return 'brew install --cask chromium';
  if (process.platform === 'win32') return 'winget install Google.Chrome';
  if (existsSync('/usr/bin/dnf')) return 'sudo dnf install chromium vulkan-loader mesa-vulkan-drivers';
  if (existsSync('/usr/bin/pacman')) return 'sudo pacman -S chromium vulkan-icd-loader vulkan-swrast';
  if (existsSync('/sbin/apk')) return 'doas apk add chromium vulkan-loader mesa-vulkan-swrast';
  return 'CHROME_PATH=/path/to/chrome npm test';
}

function usableBrowser() {
  const path = findBrowser();
  return path && existsSync(path) ? path : undefined;
}

function reportMissing(what, looked) {
  console.error(`no ${what} found; looked for:\n${list(looked)}`);
}

/**
 * Finds a browser and a Vulkan driver, installing them where that may be done.
 *
 * @param {{lavapipe: 'required' | 'preferred' | 'as-found'}} options lavapipe adds a package source on Debian 12, so
 *   only `npm run setup -- --lavapipe` (required) and CI=true (preferred) install it
 * @returns {{browser: string, driver: {env: Record<string, string>, description: string, hardware: boolean}}}
 */
export function ensureSystemParts({ lavapipe }) {
  let browser = usableBrowser();
  let driver = chooseVulkanDriver();
  const mayInstall = isRoot() && hasApt();

  const wantsLavapipe = lavapipe !== 'as-found' && !driver?.hardware && !/lavapipe|lvp/.test(driver?.description ?? '');
  if (wantsLavapipe) {
    const done = mayInstall && installLavapipe();
    driver = chooseVulkanDriver();
    if (!done && lavapipe === 'required') {
      throw new Error(
        `lavapipe is not installed: ${mayInstall ? 'apt-get failed' : 'this takes root on Debian or Ubuntu'}`,
      );
    }
    if (!done) console.error('lavapipe is not installed; SwiftShader does, 4 to 6 times slower');
  }

  if (!browser) reportMissing('browser', lookedForBrowsers);
  if (!driver) reportMissing('Vulkan driver that WebGPU works on', lookedForDrivers);
  if ((!browser || !driver) && mayInstall) {
    if (!aptInstall(aptPackages)) throw new Error(`apt-get could not install ${aptPackages.join(', ')}`);
    browser = usableBrowser();
    driver = chooseVulkanDriver();
  }
  if (!browser || !driver) {
    const missing = [!browser && 'a browser', !driver && 'a Vulkan driver'].filter(Boolean).join(' and ');
    throw new Error(`${missing} missing; run this, then try again:\n  ${command()}`);
  }
  return { browser, driver };
}

/** How much is to be installed, by the command line and the environment. */
export function lavapipeWish(args = process.argv) {
  if (args.includes('--lavapipe')) return 'required';
  return process.env.CI === 'true' ? 'preferred' : 'as-found';
}
