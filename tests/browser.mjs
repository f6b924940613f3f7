// The browser of the tests of pages. tests/browser.py runs the scripts that import it.
import { createRequire } from 'node:module';
import { after } from 'node:test';

const folder = process.env.BROWSER;
const { chromium } = createRequire(`${folder}/package.json`)('playwright-core');

/**
 * Start a browser for which `localhost` on every port is this server. Scripts need no free port 3000.
 *
 * A page must come from a server: the browser asks a person before a page without an address of this
 * machine calls one.
 */
export async function launch(server) {
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const browser = await chromium.launch({
    executablePath: `${folder}/chromium`,
    args: [`--host-resolver-rules=MAP localhost 127.0.0.1:${server.address().port}`],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: `${folder}/al2023/lib`,
      FONTCONFIG_FILE: `${folder}/fonts.conf`,
    },
  });
  after(async () => {
    await browser.close();
    server.close();
  });
  return browser;
}

/** A new page of a new person, without cookies, and the errors on its console. */
export async function open(browser, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const errors = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(String(error)));
  return { page, errors };
}
