/** A schema field may itself be called `description`: what is taken out is the text, not a mapping of that name. */
export function withoutDescriptions(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutDescriptions);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(Object.entries(value)
    .filter(([key, item]) => !(key === 'description' && typeof item === 'string'))
    .map(([key, item]) => [key, withoutDescriptions(item)]));
}
