import { components } from '../../../src';

const { AwsService } = components;

test('a service has a provider and an API group', () => {
  const { name, providerName, group } = AwsService.of('rds');
  expect({ name, providerName, group }).toEqual({ name: 'rds', providerName: 'provider-aws-rds', group: 'rds.aws.m.upbound.io' });
});

test('the services that platforms use most', () => {
  const { EC2, EKS, IAM, KMS, S3 } = AwsService;
  expect([EC2, EKS, IAM, KMS, S3].map(({ providerName }) => providerName)).toEqual([
    'provider-aws-ec2', 'provider-aws-eks', 'provider-aws-iam', 'provider-aws-kms', 'provider-aws-s3',
  ]);
});

test.each(['provider-aws-rds', 'RDS', ''])('refuses the name "%s"', name => {
  expect(() => AwsService.of(name)).toThrow(
    `"${name}" is no name of an AWS service; expected small letters and digits, as in the provider's name: rds for provider-aws-rds.`);
});
