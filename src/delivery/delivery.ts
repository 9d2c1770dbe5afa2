/**
 * What is delivered to a cluster, as plain data: its Kustomizations, the objects of each, and the edges between them. Built from
 * rendered objects, so that nothing that reads it needs a construct.
 */
export interface Delivery {
  /** Name of the cluster. */
  readonly cluster: string;

  /** In the order of their files. */
  readonly kustomizations: DeliveredKustomization[];
}

/** One Kustomization, and what its path builds. */
export interface DeliveredKustomization {
  readonly name: string;
  readonly namespace: string;

  /** Name of the layer that it is a stage of. */
  readonly layer: string;

  /** Construct path. */
  readonly constructPath: string;

  /** File of the Kustomization, from the root of the repository. */
  readonly file: string;

  /** Directory that it reads, from the root of the repository. */
  readonly directory: string;

  /** The source that the directory is in: `GitRepository flux-system/flux-system`. */
  readonly source: string;

  readonly dependsOn: DeliveredDependency[];

  /** The objects that the directory builds, before Flux substitutes variables. */
  readonly objects: DeliveredObject[];
}

/** An entry of `dependsOn`. */
export interface DeliveredDependency {
  readonly name: string;
  readonly namespace: string;

  /** @default - not said */
  readonly because?: string;
}

/** An object, as kustomize builds it. */
export interface DeliveredObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;

  /** @default - none */
  readonly namespace?: string;

  /** File that holds it, from the root of the repository. */
  readonly file: string;

  /** Construct path. */
  readonly constructPath: string;

  /** The object itself. */
  readonly manifest: any;
}
