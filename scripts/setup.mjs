// `npm run setup [-- --lavapipe]`: everything that the tests need, installed where that may be done, else named.
import { installPackages } from './install-packages.mjs';
import { ensureSystemParts, lavapipeWish } from './system-parts.mjs';

try {
  installPackages();
  const { browser, driver } = ensureSystemParts({ lavapipe: lavapipeWish() });
  console.log(`browser: ${browser}\nVulkan driver: ${driver.description}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
