'use strict';
// Loaded before everything else by the command, and by npm's scripts of a clone. ES5: see node-version.cjs.

var fault = require('./node-version.cjs')();
if (fault) {
  console.error(fault);
  process.exit(1);
}
