'use strict';

/** @import { Serverless } from '../osls' */

const PACKAGING_COMMANDS = ['package', 'deploy', 'deploy function', 'validate'];

/** @type {(serverless: Serverless) => string} */
const commandOf = (serverless) => serverless.processedInput.commands.join(' ');

/** @type {(serverless: Serverless) => boolean} */
const isPackaging = (serverless) => PACKAGING_COMMANDS.includes(commandOf(serverless));

module.exports = { commandOf, isPackaging };
