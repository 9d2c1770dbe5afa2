import { isJsonObject, Json } from './json';

/** Stands for `null` while an object goes through cdk8s, which drops it. A private-use character, which no manifest holds. */
const NULL = '\uE003';

/** A copy with marks instead of nulls. What is no plain mapping or list stays the object that it is. */
export function markNulls(value: unknown): unknown {
  if (value === null) {
    return NULL;
  }
  if (Array.isArray(value)) {
    return value.map(markNulls);
  }
  const plain = typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
  return plain ? Object.fromEntries(Object.entries(value as object).map(([key, item]) => [key, markNulls(item)])) : value;
}

/** A copy with nulls where the marks are. */
export function restoreNulls<T extends Json>(value: T): T {
  if (value === NULL) {
    return null as T;
  }
  if (Array.isArray(value)) {
    return value.map(restoreNulls) as T;
  }
  return isJsonObject(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, restoreNulls(item)])) as T : value;
}
