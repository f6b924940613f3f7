'use strict';

// Puts the files of the page /v1/docs and the contract that it shows into a Python layer, compressed.

const fs = require('node:fs');
const path = require('node:path');
const zlib = require('node:zlib');
const esbuild = require('esbuild');
const { filesIn } = require('./files');

const PAGE = 'infra/docs-page';
const SWAGGER_UI = 'node_modules/swagger-ui-dist';
const CONTRACT = 'src/artisthub/meta/openapi.json';
// The page signs in with the client.
const CLIENT = 'clients/typescript/src';

/** @type {(service: string) => Buffer[]} */
const sourcesOf = (service) =>
  [
    path.join(service, SWAGGER_UI, 'package.json'),
    path.join(service, CONTRACT),
    ...[PAGE, CLIENT].flatMap((folder) => filesIn(path.join(service, folder)).sort()),
  ].map((file) => fs.readFileSync(file));

/** @type {(service: string, folder: string) => void} */
const fillDocsPage = (service, folder) => {
  const destination = path.join(folder, 'swagger_ui');
  fs.mkdirSync(destination, { recursive: true });
  /** @type {(name: string, content: string | Uint8Array) => void} */
  const write = (name, content) =>
    fs.writeFileSync(path.join(destination, `${name}.gz`), zlib.gzipSync(content, { level: 9 }));
  for (const [from, name] of [
    [SWAGGER_UI, 'swagger-ui.css'],
    [SWAGGER_UI, 'swagger-ui-bundle.js'],
    [PAGE, 'page.css'],
    [PAGE, 'page.html'],
  ]) {
    write(name, fs.readFileSync(path.join(service, from, name)));
  }
  write('page.js', bundled(path.join(service, PAGE, 'page.mts')));
  write('openapi.json', withoutWhitespace(path.join(service, CONTRACT)));
  fs.copyFileSync(path.join(service, SWAGGER_UI, 'LICENSE'), path.join(destination, 'LICENSE'));
};

/** @type {(file: string) => Uint8Array} */
const bundled = (file) => {
  const { outputFiles } = esbuild.buildSync({
    entryPoints: [file],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    write: false,
  });
  return outputFiles[0].contents;
};

/** @type {(file: string) => string} */
const withoutWhitespace = (file) => JSON.stringify(JSON.parse(fs.readFileSync(file, 'utf8')));

module.exports = { fillDocsPage, sourcesOf };
