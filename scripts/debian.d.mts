/** The folder of SimpleSAMLphp, whether it is installed or unpacked by `npm test`. */
export function simpleSamlPhpFolder(): string | undefined;
