/** A function that finds out once what it tells of something, for as long as that is there. */
export function memoized<K extends object, V>(findOut: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return key => {
    let found = known.get(key);
    if (!found) {
      known.set(key, found = { value: findOut(key) });
    }
    return found.value;
  };
}
