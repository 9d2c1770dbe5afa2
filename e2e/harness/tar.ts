import { gzipSync } from 'zlib';

const BLOCK = 512;

/** A gzipped tar archive of files: path → content. The same files give the same bytes. */
export function tarGz(files: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(files).flatMap(([path, content]) => {
    const bytes = Buffer.from(content, 'utf-8');
    return [header(path, bytes.length), bytes, Buffer.alloc((BLOCK - bytes.length % BLOCK) % BLOCK)];
  });
  return gzipSync(Buffer.concat([...entries, Buffer.alloc(2 * BLOCK)]));
}

/** As POSIX says: name, mode, owner, size, time and kind at fixed places. */
function header(path: string, size: number): Buffer {
  if (Buffer.byteLength(path) > 100) {
    throw new Error(`the path "${path}" is too long for this archive; expected at most 100 bytes.`);
  }
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, '0')}\0`;
  block.write(path, 0);
  block.write(octal(0o644, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(size, 12), 124);
  block.write(octal(0, 12), 136);
  block.write('        ', 148);
  block.write('0', 156);
  block.write('ustar\x0000', 257);
  block.write(`${octal(block.reduce((sum, byte) => sum + byte, 0), 7)} `, 148);
  return block;
}
