import { IncomingMessage } from 'node:http';

/** Smaller pieces are joined, in octets. */
const SMALL = 1024;
/** So many pieces are joined at most. */
const MAX_JOINED = 256;

/** After so many pieces, a body must have at least `MIN_MEAN` octets a piece. */
const CHECKED_AFTER = 4096;
const MIN_MEAN = 8;

/**
 * A request that joins the small pieces of its body. Node makes a piece of each chunk (RFC 9112 §7.1), and a client can
 * send chunks of one octet: each would be an object of a hundred times its size, and cost its reader a call. The parser's own
 * work for each chunk can't be saved, so that a connection which goes on sending such chunks is closed: a few of them
 * could keep the server busy with nothing.
 */
export class JoinedMessage extends IncomingMessage {
  #pieces: Buffer[] = [];
  #octets = 0;
  readonly #received = { pieces: 0, octets: 0 };

  /** Node calls this with each piece of the body that it receives, and with null at the end. */
  override push(piece: Buffer | null): boolean {
    if (piece !== null && this.#isCrumbs(piece)) {
      this.socket.destroy();
      return false;
    }
    if (piece === null || piece.length >= SMALL) {
      this.#pass();
      return super.push(piece);
    }
    // Passed on when Node is done with what it received at once. A tick would come after each piece.
    if (this.#pieces.length === 0) setImmediate(() => this.#pass());
    this.#pieces.push(piece);
    this.#octets += piece.length;
    if (this.#pieces.length === MAX_JOINED) this.#pass();
    // Node stops reading from the connection while the answer is false.
    return this.readableLength + this.#octets < this.readableHighWaterMark;
  }

  #isCrumbs({ length }: Buffer): boolean {
    const received = this.#received;
    received.pieces += 1;
    received.octets += length;
    return received.pieces > CHECKED_AFTER && received.octets < MIN_MEAN * received.pieces;
  }

  #pass(): void {
    if (this.#pieces.length === 0) return;
    const joined = Buffer.concat(this.#pieces, this.#octets);
    this.#pieces = [];
    this.#octets = 0;
    if (!this.destroyed) super.push(joined);
  }
}
