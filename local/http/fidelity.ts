import type { Fidelity } from '../fidelity.ts';

export const fidelity: Fidelity = {
  title: 'Over HTTP',
  behaviours: [
    {
      behaviour:
        'AWS JSON 1.0 and 1.1, REST JSON (Lambda, SageMaker Runtime), REST XML (S3), query (SNS, CloudWatch) and RPC v2 CBOR (CloudWatch) by the bindings of AWS’s own models',
      source: 'model: botocore 1.43.11',
      standing: 'as AWS',
    },
    {
      behaviour:
        'The AWS CLI, boto3 and the SDK for JavaScript work unchanged with AWS_ENDPOINT_URL; StartSyncExecution needs the host prefix switched off (AWS_DISABLE_HOST_PREFIX_INJECTION, disableHostPrefix)',
      source: 'tried: aws-cli 1.45, boto3 1.43, SDK for JavaScript 3.1162',
      standing: 'ours',
    },
    {
      behaviour:
        'The AWS CLI’s first version sends SQS past AWS_ENDPOINT_URL; it needs --endpoint-url, which the shell file of npm run local gives it',
      source: 'aws-cli 1.45: customizations/overridesslcommonname.py',
      standing: 'as AWS',
    },
    {
      behaviour: 'Queue URLs in answers of SQS point to this world instead of AWS',
      source: 'this world',
      standing: 'ours',
    },
    {
      behaviour: 'The access key id tells the role; signatures, secrets and session tokens are not checked',
      source: 'this world',
      standing: 'ours',
    },
    {
      behaviour: 'Errors have the shape and the common codes of each protocol, and every answer a request id',
      source: 'guide: Common errors, Smithy: wire protocols',
      standing: 'as AWS',
    },
    {
      behaviour: 'SQS and CloudWatch tell their old codes in x-amzn-query-error',
      source: 'model: awsQueryCompatible; SDK for JavaScript: awsQueryError',
      standing: 'as AWS',
    },
    {
      behaviour:
        'A JSON service that is asked without a target, by GET or with another content type answers UnknownOperationException with 404',
      source: 'reported: answers of DynamoDB and Step Functions',
      standing: 'ours',
    },
    {
      behaviour: 'An operation or service that is not here answers NotModelled with 501 and names this page',
      source: 'this world',
      standing: 'ours',
    },
    {
      behaviour:
        'A body over the limit is refused: Step Functions, SNS and CloudWatch 1 MB, DynamoDB 16 MB, Lambda and SageMaker Runtime 6,291,456 bytes',
      source: 'guide: quotas of each service',
      standing: 'as AWS',
    },
    {
      behaviour: 'S3 takes 1 GiB in one request, where AWS takes 5; other services take 4 MB',
      source: 'this world',
      standing: 'ours',
    },
    {
      behaviour: 'STS answers GetCallerIdentity; roles are taken by their access keys instead of AssumeRole',
      source: 'this world',
      standing: 'ours',
    },
    {
      behaviour: 'The server listens on 127.0.0.1 only, without TLS',
      source: 'this world',
      standing: 'ours',
    },
    {
      behaviour: 'Event streams, the query form of SQS, and anonymous access to S3',
      source: 'model',
      standing: 'not modelled',
    },
  ],
};
