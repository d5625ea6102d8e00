import type { Fidelity } from '../fidelity.ts';

export const fidelity: Fidelity = {
  title: 'The door',
  behaviours: [
    {
      behaviour:
        'Every call is held to AWS’s own model: required members, types, enums, patterns, lengths, ranges; all faults in one error',
      source: 'model; wording from published errors',
      standing: 'as AWS',
    },
    {
      behaviour: 'ECR tells the first fault in its own words, SQS names a missing parameter',
      source: 'reported (ECR); recorded (SQS)',
      standing: 'as AWS',
    },
    {
      behaviour:
        'The value of a member that the model calls sensitive stands in no error and no line of the journal',
      source: 'model; recorded for KMS',
      standing: 'as AWS',
    },
    {
      behaviour: 'An unknown member is refused, where most services drop it unseen',
      source: 'the stack’s own rule',
      standing: 'ours',
    },
    {
      behaviour:
        'The caller’s role must allow the action: Allow, Deny, NotAction, NotResource, wildcards, conditions with IfExists, ForAllValues and ForAnyValue, `iam:PassRole` with `iam:PassedToService`, policies of queue, topic, bucket, function, repository and key',
      source: 'guide: IAM policy evaluation logic',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Each operation needs the actions on the resources that the Service Authorization Reference names; an operation without an entry fails a test',
      source: 'guide: Service Authorization Reference',
      standing: 'as AWS',
    },
    {
      behaviour:
        'A model package needs its caller to read image and artifact, a model made from a package needs the package',
      source: 'guide: Register a Model Version; Deploy a Model Version from a Different Account',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Messages to a queue or topic with a key of one’s own need `kms:GenerateDataKey` and `kms:Decrypt` from role and key policy; nothing is encrypted',
      source: 'guide: KMS key policies; SNS and SQS key management',
      standing: 'as AWS',
    },
    {
      behaviour:
        'SageMaker takes on the job’s role: trust, S3 reads and writes, the image, logs; what is missing fails the create call or the job with AWS’s reason',
      source: 'guide: SageMaker roles; reported texts of create, download, image and model data',
      standing: 'as AWS',
    },
    {
      behaviour: 'The texts of a refused upload, and of a refused download in a processing job',
      source: 'they follow the reported text of a training job’s download',
      standing: 'ours',
    },
    {
      behaviour: 'A job or function that may not write its log goes on without one',
      source: 'guide: Lambda execution role; SageMaker roles',
      standing: 'as AWS',
    },
    {
      behaviour:
        'A state machine is refused when made or changed if its role is not trusted, may not keep the managed rules of its `.sync` states, or may not deliver logs',
      source: 'reported: nasa/cumulus#2693, aws-samples/amazon-sagemaker-safe-deployment-pipeline#29',
      standing: 'as AWS',
    },
    {
      behaviour: 'A state machine whose role may not write to X-Ray is made, and its traces are lost',
      source: 'reported: DataBiosphere/azul#6614, aws/serverless-application-model#1728',
      standing: 'as AWS',
    },
    {
      behaviour:
        '`.sync` looks at what has ended in the machine’s role: without `Describe…Job` or `states:DescribeExecution` the task fails',
      source: 'guide: IAM policies for integrated services; the error is that of a refused call',
      standing: 'ours',
    },
    {
      behaviour:
        'A traced function is refused without `xray:PutTraceSegments`, a queue’s poller without its three SQS actions, a rule’s target with a role that EventBridge may not take on',
      source: 'reported: coinbase/fenrir#1, Miserlou/Zappa#381; guide: Lambda with SQS',
      standing: 'as AWS',
    },
    {
      behaviour:
        'An unknown condition key or operator, a policy variable, NotPrincipal or a permissions boundary stops the run',
      source: 'the stack’s own rule',
      standing: 'ours',
    },
    {
      behaviour:
        'A role’s policy with a statement without effect, action or resource, with a principal or an unknown element is refused when it is read; a trust policy with a resource, and any resource policy that names nobody',
      source: 'guide: Grammar of the IAM JSON policy language; reported: `MalformedPolicyDocument`',
      standing: 'as AWS',
    },
    {
      behaviour: 'Policies of queue, topic, bucket, key and repository are refused in IAM’s words',
      source: 'each service has words of its own',
      standing: 'ours',
    },
    {
      behaviour: 'An account in which no role exists, as an empty world is at first, judges nobody',
      source: 'there is nothing to judge by',
      standing: 'ours',
    },
    {
      behaviour: 'Codes and texts of `AccessDenied…` per service',
      source: 'reported; the text inside a state machine is not',
      standing: 'unconfirmed',
      case: 'stepfunctions/access-denied-in-a-task',
    },
    {
      behaviour:
        'A grant behind a condition that only service control policies, sessions or organizations know',
      source: 'guide: IAM policy evaluation logic',
      standing: 'not modelled',
    },
    {
      behaviour:
        'A scenario’s list of faults: the n-th call fails, is throttled in the service’s words, slow, delivered twice, or loses its answer; events are dropped, doubled, delayed, reordered',
      source:
        'guides of retries and of delivery; a lost answer is `<Service>.SdkClientException` to a machine and a cut connection over HTTP',
      standing: 'ours',
    },
    {
      behaviour: 'A function’s call cannot be slow in virtual time: no time passes while a function runs',
      source: 'the world’s clock',
      standing: 'ours',
    },
    {
      behaviour:
        'Tag keys that begin with `aws:` are refused with a text of most services, here always as `ValidationException`',
      source: 'reported for many services',
      standing: 'ours',
    },
    {
      behaviour: 'A condition operator that IAM does not know is `Invalid Condition type`, letter by letter',
      source: 'reported: ministryofjustice/modernisation-platform-environments#8893',
      standing: 'as AWS',
    },
  ],
};
