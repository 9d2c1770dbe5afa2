import { parse } from 'yaml';
import { Testing, components } from '../src';

/** What Crossplane adds to `spec` in the definition that it makes of an XRD. */
const CROSSPLANE_SPEC = {
  type: 'object',
  properties: {
    ...Object.fromEntries(['compositionRef', 'compositionRevisionRef'].map(name =>
      [name, { type: 'object', required: ['name'], properties: { name: { type: 'string' } } }])),
    ...Object.fromEntries(['compositionSelector', 'compositionRevisionSelector'].map(name =>
      [name, { type: 'object', required: ['matchLabels'], properties: { matchLabels: { type: 'object', additionalProperties: { type: 'string' } } } }])),
    compositionUpdatePolicy: { type: 'string', enum: ['Automatic', 'Manual'] },
  },
};

/** The schema that Crossplane makes of a version of an XRD. */
export function compositeSchema(definition: any, version: string): any {
  const schema = definition.spec.versions.find(({ name, served }: any) => name === version && served)?.schema.openAPIV3Schema;
  if (schema === undefined) {
    return undefined;
  }
  const { spec, status } = schema.properties;
  return {
    ...schema,
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object' },
      spec: { ...spec, properties: { ...spec.properties, crossplane: CROSSPLANE_SPEC } },
      status: { 'type': 'object', ...status, 'x-kubernetes-preserve-unknown-fields': true },
    },
  };
}

let own: any;

/** The schema of the API that the library itself defines: pod identities. */
export function ownCompositeSchema(group: string, version: string, kind: string): any {
  if (!own) {
    const platform = Testing.platform();
    const configuration = new components.CrossplaneConfiguration(platform, 'configuration');
    const { name } = configuration.podIdentities;
    own = parse(Testing.synth(platform)[`${configuration.directory}/compositeresourcedefinition-${name}.yaml`]);
  }
  return own.spec.group === group && own.spec.names.kind === kind ? compositeSchema(own, version) : undefined;
}
