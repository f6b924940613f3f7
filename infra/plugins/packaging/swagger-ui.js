'use strict';

// Copies the files of the page /v1/docs into a Python layer, compressed.

const fs = require('node:fs');
const path = require('node:path');
const zlib = require('node:zlib');

const FILES = ['swagger-ui.css', 'swagger-ui-bundle.js'];

/** @type {(source: string, folder: string) => void} */
const copySwaggerUi = (source, folder) => {
  const destination = path.join(folder, 'swagger_ui');
  fs.mkdirSync(destination, { recursive: true });
  for (const file of FILES) {
    const zipped = zlib.gzipSync(fs.readFileSync(path.join(source, file)), { level: 9 });
    fs.writeFileSync(path.join(destination, `${file}.gz`), zipped);
  }
  fs.copyFileSync(path.join(source, 'LICENSE'), path.join(destination, 'LICENSE'));
};

module.exports = { copySwaggerUi };
