import { zlibSync } from "fflate";

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];
const RGBA = 6;

/** Pixels (red, green, blue, opacity; 0…255; row by row) as a PNG file. */
export function encodePng({
  width,
  height,
  data,
}: {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}): Uint8Array {
  const rows = new Uint8Array(height * (4 * width + 1));
  for (let y = 0; y < height; y++)
    rows.set(data.subarray(4 * width * y, 4 * width * (y + 1)), y * (4 * width + 1) + 1);
  const header = [...bytes(width), ...bytes(height), 8, RGBA, 0, 0, 0];
  const parts = [
    chunk("IHDR", new Uint8Array(header)),
    chunk("IDAT", zlibSync(rows)),
    chunk("IEND", new Uint8Array()),
  ];
  const file = new Uint8Array(SIGNATURE.length + parts.reduce((size, part) => size + part.length, 0));
  file.set(SIGNATURE);
  let offset = SIGNATURE.length;
  for (const part of parts) {
    file.set(part, offset);
    offset += part.length;
  }
  return file;
}

export function toBase64(data: Uint8Array): string {
  let text = "";
  for (let k = 0; k < data.length; k += 8192) text += String.fromCharCode(...data.subarray(k, k + 8192));
  return btoa(text);
}

const bytes = (n: number): number[] => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];

function chunk(type: string, data: Uint8Array): Uint8Array {
  const out = new Uint8Array(data.length + 12);
  out.set(bytes(data.length));
  out.set(
    Array.from(type, (letter) => letter.charCodeAt(0)),
    4,
  );
  out.set(data, 8);
  out.set(bytes(crc32(out.subarray(4, data.length + 8))), data.length + 8);
  return out;
}

/** CRC-32 of PNG (polynomial 0xEDB88320), bit by bit: pictures here are small. */
function crc32(data: Uint8Array): number {
  let crc = -1;
  for (const byte of data) {
    crc ^= byte;
    for (let k = 0; k < 8; k++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  }
  return ~crc >>> 0;
}
