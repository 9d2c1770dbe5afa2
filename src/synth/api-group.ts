/** The API group of an `apiVersion`; empty for the core group. */
export function apiGroup(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}

/** The kind of an object with its API group: `apps/Deployment`, `/Secret` for the core group. */
export function groupKind({ apiVersion, kind }: { readonly apiVersion?: unknown; readonly kind?: unknown }): string {
  return `${apiGroup(String(apiVersion))}/${String(kind)}`;
}
