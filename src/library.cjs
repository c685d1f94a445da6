'use strict';
// What `require('vestibule-idp')` loads. ES5, so that an old Node.js says what it lacks, instead of a SyntaxError.

var fault = require('./node-version.cjs')();
if (fault) throw new Error(fault);

/**
 * The library is an ES module. Jest runs each test file in a context of its own, whose `require`, `process` and `import()`
 * can't load one; tsx turns what is required into CommonJS. So the library is imported, and by the main context of Node.js:
 * it is loaded once in a process, and `import 'vestibule-idp'` gives the same one.
 */
var processOfNode = require('vm').runInThisContext('process');
var requireOfNode = processOfNode.getBuiltinModule('module').createRequire(__filename);

exports.VestibuleError = requireOfNode('./vestibule-error.cjs').VestibuleError;
exports.startVestibule = function startVestibule(options) {
  // Its stack begins at the caller, who isn't on it any more when the library is loaded.
  var failure = new exports.VestibuleError('InternalError', '');
  Error.captureStackTrace(failure, startVestibule);
  return requireOfNode('./import-library.cjs')()
    .then(function (library) {
      return library.startVestibule(options);
    })
    .catch(function (error) {
      if (!(error instanceof exports.VestibuleError)) throw error;
      var properties = Object.getOwnPropertyDescriptors(error);
      delete properties.stack;
      throw Object.defineProperties(failure, properties);
    });
};
