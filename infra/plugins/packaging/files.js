'use strict';

const fs = require('node:fs');
const path = require('node:path');

/** @type {(folder: string) => string[]} */
const filesIn = (folder) =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

/** @type {(folder: string) => void} */
const emptyFolder = (folder) => {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
};

module.exports = { emptyFolder, filesIn };
