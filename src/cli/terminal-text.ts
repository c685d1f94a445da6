/** Control characters but tab and line feed, and those that turn the direction of text around. */
const NOT_SHOWN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A text for a terminal. What a service provider's metadata or an answering server says is quoted in messages, and could
 * otherwise colour, move or erase what a terminal shows.
 */
export const terminalText = (text: string): string => text.replace(NOT_SHOWN, '\uFFFD');
