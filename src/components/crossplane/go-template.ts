import { JsonObject } from '../../synth/json';
import { toYaml } from '../../synth/yaml';

/** Stands for an expression while an object is written as YAML. */
const MARK = /GO_EXPRESSION_(\d+)_/g;

/**
 * Writes objects that are plain data as a Go template for function-go-templating: values that are only known on the cluster are
 * expressions in them, written as JSON, which is YAML whatever the value is. @internal
 */
export class GoTemplate {
  private readonly expressions: string[] = [];

  /** A value that the template computes, for use in an object. */
  public expression(text: string): string {
    this.expressions.push(text);
    return `GO_EXPRESSION_${this.expressions.length - 1}_`;
  }

  /** An object, as a YAML document. */
  public object(object: JsonObject): string {
    return `---\n${toYaml(object)}`.replace(MARK, (_, index) => `{{ ${this.expressions[Number(index)]} | toJson }}`);
  }

  /** A variable of the template. */
  public assign(variable: string, expression: string): string {
    return `{{- ${variable} := ${expression} }}\n`;
  }

  /** What is only there where an expression is neither empty nor absent. */
  public when(expression: string, ...documents: string[]): string {
    return `{{- if ${expression} }}\n${documents.join('')}{{- end }}\n`;
  }

  /** What is there once for each item of a list. */
  public each(variable: string, list: string, ...documents: string[]): string {
    return `{{- range ${variable} := ${list} }}\n${documents.join('')}{{- end }}\n`;
  }
}
