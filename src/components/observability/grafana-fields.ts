import { IGrafana } from './grafana';

const UID = /^[a-zA-Z0-9_-]{1,40}$/;

/** Which Grafanas an object of a namespace is for. @internal */
export function instanceFields({ grafanaLabels, grafanaNamespace }: IGrafana, namespace: string | undefined): object {
  return {
    // Once allowed it cannot be taken back without making the object anew, so it is written only where it is needed.
    allowCrossNamespaceImport: grafanaNamespace === undefined || grafanaNamespace !== namespace ? true : undefined,
    instanceSelector: { matchLabels: grafanaLabels },
  };
}

/** What the operator's definitions refuse as a uid. @internal */
export function uidProblems(object: string, uid: string | undefined): string[] {
  return uid === undefined || UID.test(uid) ? [] : [
    `${object} has the uid "${uid}"; expected at most 40 letters, digits, "-" and "_": give it another uid.`,
  ];
}

/** An object that is for no Grafana would be for every one. @internal */
export function instanceProblems(object: string, { grafanaLabels }: IGrafana): string[] {
  return Object.keys(grafanaLabels).length > 0 ? [] : [
    `${object} is for a Grafana without labels, which the operator takes for every Grafana; expected at least one label: name one in Grafana.fromLabels(…).`,
  ];
}
