/** Undoes the packing of a slice ("plane-1"): gzip, low and high bytes apart, zigzag, difference to the left neighbour. */

export type Pixels = Uint16Array<ArrayBuffer> | Int16Array<ArrayBuffer>;

/** The pixels of one slice, row by row. Throws if the bytes are not what the description says. */
export function decodePlane(bytes: Uint8Array, rows: number, columns: number, isSigned: boolean): Pixels {
  const count = rows * columns;
  if (bytes.length !== 2 * count) throw new Error(`A slice of ${rows} x ${columns} pixels came with ${bytes.length} bytes.`);
  const pixels = new Uint16Array(count);
  for (let row = 0, at = 0; row < rows; row++) {
    let value = 0;
    for (let column = 0; column < columns; column++, at++) {
      const zigzag = (bytes[at] as number) | ((bytes[count + at] as number) << 8);
      value = (value + ((zigzag >>> 1) ^ -(zigzag & 1))) & 0xffff;
      pixels[at] = value;
    }
  }
  return isSigned ? new Int16Array(pixels.buffer) : pixels;
}

export async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
