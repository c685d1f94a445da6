'use strict';
// A file of its own, because an old Node.js can't read `import()`.

module.exports = function importLibrary() {
  return import('./index.js');
};
