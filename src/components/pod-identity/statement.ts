import { variableUses } from '../../synth/substitution';

const ACTION = /^(\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/;
const SID = /^[A-Za-z0-9]+$/;

/** What a statement of an IAM policy says. */
export interface StatementOptions {
  /**
   * Actions, with `*` and `?` as wildcards: `s3:GetObject`, `route53:List*`.
   *
   * @default - none; either they or `notActions` have to be said
   */
  readonly actions?: string[];

  /**
   * All actions but these. To deny everything except a few: to allow with it is to allow much.
   *
   * @default - none
   */
  readonly notActions?: string[];

  /**
   * ARNs of what they are done to, with wildcards.
   *
   * @default - everything: `*`
   */
  readonly resources?: string[];

  /**
   * Everything but these ARNs.
   *
   * @default - none
   */
  readonly notResources?: string[];

  /**
   * When it holds: operator → key → values, `{ StringEquals: { 'aws:ResourceTag/team': ['web'] } }`.
   *
   * @default - always
   */
  readonly conditions?: { [operator: string]: { [key: string]: string[] } };

  /**
   * Its id, of letters and digits.
   *
   * @default - none
   */
  readonly sid?: string;
}

/**
 * A statement of an IAM policy.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html
 */
export class Statement {
  /**
   * Allows actions.
   *
   * @throws where AWS would refuse what is said
   */
  public static allow(options: StatementOptions): Statement {
    return new Statement('Allow', options);
  }

  /**
   * Denies actions, whatever else allows them.
   *
   * @throws where AWS would refuse what is said
   */
  public static deny(options: StatementOptions): Statement {
    return new Statement('Deny', options);
  }

  private constructor(private readonly effect: string, private readonly options: StatementOptions) {
    const { actions, notActions, resources, notResources, conditions = {}, sid } = options;
    refuse(actions !== undefined && notActions !== undefined, 'both actions and notActions', 'one of them', 'leave the other out');
    refuse(resources !== undefined && notResources !== undefined, 'both resources and notResources', 'one of them', 'leave the other out');
    refuse((actions ?? notActions ?? []).length === 0, 'no action', 'at least one', 'say which with actions');
    refuse((resources ?? notResources)?.length === 0, 'no resource', 'at least one', 'leave resources out for all of them');
    for (const action of actions ?? notActions!) {
      refuse(!ACTION.test(action), `the action "${action}"`, '<service>:<action>, such as s3:GetObject', 'correct the action');
    }
    for (const resource of resources ?? notResources ?? []) {
      refuse(!isArn(resource), `the resource "${resource}"`, 'an ARN, or * for everything', 'correct the resource');
    }
    for (const [operator, keys] of Object.entries(conditions)) {
      const entries = Object.entries(keys);
      refuse(entries.length === 0 || entries.some(([, values]) => values.length === 0),
        `the condition ${operator} without a value`, 'a key with its values', 'name them, or leave the condition out');
    }
    refuse(sid !== undefined && !SID.test(sid), `the sid "${sid}"`, 'letters and digits', 'correct the sid');
  }

  /** As a policy document has it. */
  public toStatementJson(): any {
    const { actions, notActions, resources, notResources, conditions, sid } = this.options;
    return {
      ...sid === undefined ? {} : { Sid: sid },
      Effect: this.effect,
      ...notActions === undefined ? { Action: actions } : { NotAction: notActions },
      ...notResources === undefined ? { Resource: resources ?? ['*'] } : { NotResource: notResources },
      ...conditions === undefined ? {} : { Condition: conditions },
    };
  }
}

/** Whether a text can be an ARN; what a variable holds, only the cluster knows. */
function isArn(resource: string): boolean {
  return resource === '*' || resource.startsWith('arn:') || variableUses(resource).length > 0;
}

function refuse(wrong: boolean, given: string, expected: string, mend: string): void {
  if (wrong) {
    throw new Error(`a statement of an IAM policy has ${given}; expected ${expected}: ${mend}.`);
  }
}
