import { Variable, components } from '../../../src';

const { Statement } = components;

test('allows actions on everything', () => {
  expect(Statement.allow({ actions: ['s3:ListAllMyBuckets'] }).toStatementJson())
    .toEqual({ Effect: 'Allow', Action: ['s3:ListAllMyBuckets'], Resource: ['*'] });
});

test('everything set', () => {
  expect(Statement.deny({
    sid: 'Others',
    actions: ['s3:*Object', 'ec2:Describe?ags', '*'],
    resources: ['arn:aws:s3:::bucket/*', `${Variable.of('queue_arn')}`, '*'],
    conditions: { StringNotEquals: { 'aws:ResourceTag/team': ['web', 'shop'] } },
  }).toStatementJson()).toEqual({
    Sid: 'Others',
    Effect: 'Deny',
    Action: ['s3:*Object', 'ec2:Describe?ags', '*'],
    Resource: ['arn:aws:s3:::bucket/*', `${Variable.of('queue_arn')}`, '*'],
    Condition: { StringNotEquals: { 'aws:ResourceTag/team': ['web', 'shop'] } },
  });
});

test('denies all but a few', () => {
  expect(Statement.deny({ notActions: ['s3:GetObject'], notResources: ['arn:aws:s3:::bucket/*'] }).toStatementJson())
    .toEqual({ Effect: 'Deny', NotAction: ['s3:GetObject'], NotResource: ['arn:aws:s3:::bucket/*'] });
});

test.each<[components.StatementOptions, string]>([
  [{}, 'no action; expected at least one: say which with actions.'],
  [{ actions: [] }, 'no action; expected at least one: say which with actions.'],
  [{ notActions: [] }, 'no action; expected at least one: say which with actions.'],
  [{ actions: ['s3:GetObject'], notActions: ['s3:PutObject'] }, 'both actions and notActions; expected one of them: leave the other out.'],
  [{ actions: ['GetObject'] }, 'the action "GetObject"; expected <service>:<action>, such as s3:GetObject: correct the action.'],
  [{ actions: ['s3:GetObject'], resources: [] }, 'no resource; expected at least one: leave resources out for all of them.'],
  [{ actions: ['s3:GetObject'], resources: ['bucket'] }, 'the resource "bucket"; expected an ARN, or * for everything: correct the resource.'],
  [{ actions: ['s3:GetObject'], notResources: ['bucket'] }, 'the resource "bucket"; expected an ARN, or * for everything: correct the resource.'],
  [{ actions: ['s3:GetObject'], resources: ['*'], notResources: ['*'] }, 'both resources and notResources; expected one of them: leave the other out.'],
  [{ actions: ['s3:GetObject'], conditions: { StringEquals: {} } },
    'the condition StringEquals without a value; expected a key with its values: name them, or leave the condition out.'],
  [{ actions: ['s3:GetObject'], conditions: { StringEquals: { 'aws:PrincipalTag/team': [] } } },
    'the condition StringEquals without a value; expected a key with its values: name them, or leave the condition out.'],
  [{ actions: ['s3:GetObject'], sid: 'read objects' }, 'the sid "read objects"; expected letters and digits: correct the sid.'],
])('refuses %j', (options, error) => {
  expect(() => Statement.allow(options)).toThrow(new Error(`a statement of an IAM policy has ${error}`));
});
