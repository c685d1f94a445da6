'use strict';
// What `require('vestibule-idp')` loads. ES5, so that an old Node.js says what it lacks, instead of a SyntaxError.

var fault = require('./node-version.cjs')();
if (fault) throw new Error(fault);

/**
 * Jest runs each test file in a context of its own, where `require` and `process` are copies that can't load ES modules. Those
 * of Node.js itself are in its main context. So the library is loaded once in a process, and `import` gives the same one.
 */
var processOfNode = require('vm').runInThisContext('process');
var requireOfNode = processOfNode.getBuiltinModule('module').createRequire(__filename);
var library = requireOfNode('./index.js');

exports.startVestibule = library.startVestibule;
exports.VestibuleError = library.VestibuleError;
