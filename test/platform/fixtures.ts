import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Cluster, Component, Platform } from '../../src';

/** A ConfigMap. */
export function configMap(scope: Construct, id: string, data: { [key: string]: any } = { key: 'value' }): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', data });
}

/** A component of the area `apps` that holds one ConfigMap of its own name. */
export function component(scope: Platform | Cluster, id: string, data?: { [key: string]: any }, area: string = 'apps'): Component {
  const made = new Component(scope, id, { area, namespace: 'default' });
  configMap(made, id, data);
  return made;
}

/** The files below a directory: path → content. */
export function filesBelow(directory: string): { [path: string]: string } {
  const paths = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(directory.length + 1));
  return Object.fromEntries(paths.sort().map(path => [path, readFileSync(join(directory, path), 'utf-8')]));
}
