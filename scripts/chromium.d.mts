export function findChromium(): string | undefined;
export function howToInstall(): string;
