import { Construct } from 'constructs';
import { podIdentityTemplate, POD_IDENTITY_RESOURCES } from './pod-identity-resources';
import { POD_IDENTITY_SPEC, POD_IDENTITY_STATUS } from './pod-identity-schema';
import { CompositeResourceDefinition } from '../crossplane/composite-resource-definition';
import { Composition } from '../crossplane/composition';
import { CompositionStep } from '../crossplane/composition-step';

/** What an identity's API is called, and what holds for every role of it. @internal */
export interface PodIdentityApi {
  readonly group: string;
  readonly permissionsBoundary?: string;
}

/** Defines the API of pod identities, with its Composition. @internal */
export function definePodIdentities(scope: Construct, { group, permissionsBoundary }: PodIdentityApi): CompositeResourceDefinition {
  const definition = new CompositeResourceDefinition(scope, 'pod-identities', {
    group,
    kind: 'EKSPodIdentity',
    plural: 'ekspodidentities',
    versions: [{ name: 'v1alpha1', spec: POD_IDENTITY_SPEC, status: POD_IDENTITY_STATUS }],
  });
  new Composition(scope, 'pod-identities-composition', {
    definition,
    steps: [CompositionStep.goTemplate(podIdentityTemplate(permissionsBoundary)), CompositionStep.autoReady()],
    composes: POD_IDENTITY_RESOURCES,
  });
  return definition;
}
