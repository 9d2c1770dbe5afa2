/**
 * What is delivered to a cluster, as plain data: its Kustomizations, the objects of each, and the edges between them. Built from
 * rendered objects, so that nothing that reads it needs a construct.
 */
export interface Delivery {
  /** Name of the cluster. */
  readonly cluster: string;

  /** In the order of their files. */
  readonly kustomizations: DeliveredKustomization[];

  /** What Flux applies beside the Kustomizations, from the directory with their files: the ConfigMap with the variables. */
  readonly beside: DeliveredObject[];

  /** The source of the repository, which the bootstrap makes. */
  readonly source: DeliveredReference;

  /** Values of the cluster's variables, by name. */
  readonly variables: { [name: string]: string };

  /** What is on the cluster before Flux starts, beside Kubernetes and Flux themselves. */
  readonly assumed: DeliveredFacts;
}

/** An object, by its API, kind and name. */
export interface DeliveredReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;

  /** @default - none: an object of a cluster-scoped kind */
  readonly namespace?: string;
}

/** What comes to be on a cluster without being an object of the repository. */
export interface DeliveredFacts {
  readonly objects: DeliveredReference[];

  /** APIs: `group/Kind`, or `group/*` for every kind of a group. */
  readonly apis: string[];

  /** API groups whose controller runs. */
  readonly controllers: string[];

  /** API groups whose objects a webhook looks at before they are accepted. */
  readonly webhooks: string[];
}

/** What objects bring about once their controllers have done what they are there for. */
export interface DeliveredProvision extends DeliveredFacts {
  /** All of these objects are needed for it. */
  readonly by: DeliveredReference[];
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

  /** What these objects bring about, as far as it was said. */
  readonly provides: DeliveredProvision[];

  /** The Kustomization itself. */
  readonly manifest: any;
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
