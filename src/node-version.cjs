'use strict';
// ES5 and CommonJS, like everything that runs before this check: any version of Node.js has to be able to read it.

/**
 * A sentence for the user when a version of Node.js, by default this one, is older than `engines` in package.json allows;
 * otherwise undefined.
 */
module.exports = function nodeVersionFault(version) {
  var oldest = require('../package.json').engines.node.replace('>=', '');
  var wanted = oldest.split('.');
  var given = version || process.versions.node;
  var found = given.split('.');
  var difference = found[0] - wanted[0] || found[1] - wanted[1];
  if (difference >= 0) return undefined;
  return (
    'Vestibule needs Node.js ' +
    oldest +
    ' or later. ' +
    process.execPath +
    ' is ' +
    given +
    '.\n' +
    'Install a current one (https://nodejs.org, or "nvm install 22") and run the command again.'
  );
};
