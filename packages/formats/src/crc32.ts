/** The CRC-32 of ISO 3309 that gzip, zip and PNG share; continues from `previous` where one is given. */
export function crc32(bytes: Uint8Array, previous = 0): number {
  const remainders = (table ??= makeTable());
  let crc = ~previous;
  for (let index = 0; index < bytes.length; index++) {
    crc = (remainders[(crc ^ (bytes[index] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}

let table: Int32Array | undefined;

function makeTable(): Int32Array {
  return Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    return crc;
  });
}
