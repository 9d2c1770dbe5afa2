import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const folders: string[] = [];

afterAll(() => folders.forEach(folder => rmSync(folder, { recursive: true, force: true })));

/** An empty folder, which is gone once the suite is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-strata-test-'));
  folders.push(folder);
  return folder;
}
