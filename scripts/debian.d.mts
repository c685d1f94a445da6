/** Where SimpleSAMLphp is: installed, or unpacked by `npm test`. */
export function simpleSamlPhpFolder(): string | undefined;
