const ACTION = /^(\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/;
const SID = /^[A-Za-z0-9]+$/;

/** What a statement of an IAM policy says. */
export interface StatementOptions {
  /** Actions, with `*` and `?` as wildcards: `s3:GetObject`, `route53:List*`. */
  readonly actions: string[];

  /**
   * ARNs of what they are done to, with wildcards.
   *
   * @default - everything: `*`
   */
  readonly resources?: string[];

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
    const { actions, resources = ['*'], conditions = {}, sid } = options;
    refuse(actions.length === 0, 'no action', 'at least one', 'say what it allows');
    refuse(resources.length === 0, 'no resource', 'at least one', 'leave resources out for all of them');
    for (const action of actions) {
      refuse(!ACTION.test(action), `the action "${action}"`, '<service>:<action>, such as s3:GetObject', 'correct the action');
    }
    for (const resource of resources) {
      refuse(resource !== '*' && !resource.startsWith('arn:'), `the resource "${resource}"`, 'an ARN, or * for everything', 'correct the resource');
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
    const { actions, resources = ['*'], conditions, sid } = this.options;
    return {
      ...sid === undefined ? {} : { Sid: sid },
      Effect: this.effect,
      Action: actions,
      Resource: resources,
      ...conditions === undefined ? {} : { Condition: conditions },
    };
  }
}

function refuse(wrong: boolean, given: string, expected: string, mend: string): void {
  if (wrong) {
    throw new Error(`a statement of an IAM policy has ${given}; expected ${expected}: ${mend}.`);
  }
}
