'use strict';

const PACKAGING_COMMANDS = ['package', 'deploy', 'deploy function', 'validate'];

const commandOf = (serverless) => serverless.processedInput.commands.join(' ');

const isPackaging = (serverless) => PACKAGING_COMMANDS.includes(commandOf(serverless));

module.exports = { commandOf, isPackaging };
