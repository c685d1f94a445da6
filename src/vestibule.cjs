#!/usr/bin/env node
'use strict';
// The command `vestibule`. ES5, so that an old Node.js says what it lacks, instead of a SyntaxError in main.js.

require('./refuse-old-node.cjs');
// In a file of its own, because an old Node.js can't read `import()`.
require('./import-main.cjs');
