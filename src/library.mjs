// What `import 'vestibule-idp'` loads. The check comes first: a static import would make Node.js read all of index.js before.
import nodeVersionFault from './node-version.cjs';

const fault = nodeVersionFault();
if (fault) throw new Error(fault);

export const { startVestibule, VestibuleError } = await import('./index.js');
