'use strict';

// Copies the files of the page /v1/docs and the contract that it shows into a Python layer, compressed.

const fs = require('node:fs');
const path = require('node:path');
const zlib = require('node:zlib');

const FILES = ['swagger-ui.css', 'swagger-ui-bundle.js'];

/** @type {(source: string, contract: string, folder: string) => void} */
const copySwaggerUi = (source, contract, folder) => {
  const destination = path.join(folder, 'swagger_ui');
  fs.mkdirSync(destination, { recursive: true });
  /** @type {(name: string, content: string | Buffer) => void} */
  const write = (name, content) =>
    fs.writeFileSync(path.join(destination, `${name}.gz`), zlib.gzipSync(content, { level: 9 }));
  for (const file of FILES) write(file, fs.readFileSync(path.join(source, file)));
  write('openapi.json', withoutWhitespace(contract));
  fs.copyFileSync(path.join(source, 'LICENSE'), path.join(destination, 'LICENSE'));
};

/** @type {(file: string) => string} */
const withoutWhitespace = (file) => JSON.stringify(JSON.parse(fs.readFileSync(file, 'utf8')));

module.exports = { copySwaggerUi };
