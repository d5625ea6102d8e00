import { accessKeyOf } from '../../local/services/lambda/access-key.ts';
import type { World } from '../../local/world.ts';

/** What a client needs to reach a world, and what it finds there. */
export interface Access {
  /** Environment variables that the AWS CLI and the SDKs read. */
  readonly environment: Readonly<Record<string, string>>;
  /** Names for a shell, so that commands need no ARN typed. */
  readonly shortcuts: Readonly<Record<string, string>>;
  readonly roles: readonly { readonly name: string; readonly arn: string; readonly accessKeyId: string }[];
  readonly stateMachines: readonly { readonly name: string; readonly arn: string }[];
}

export const accessTo = (world: World): Access => ({
  environment: {
    AWS_ENDPOINT_URL: world.endpointUrl,
    AWS_REGION: world.region,
    AWS_DEFAULT_REGION: world.region,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    // StartSyncExecution would go to sync-127.0.0.1, which is no name.
    AWS_DISABLE_HOST_PREFIX_INJECTION: 'true',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
  },
  shortcuts: shortcutsIn(world),
  roles: world.iam.roleArns().map((arn) => ({
    name: logicalName(arn, world.stackName),
    arn,
    accessKeyId: accessKeyOf(arn),
  })),
  stateMachines: [...world.stepfunctions.machines.keys()].map((arn) => ({
    name: arn.split(':').at(-1)!,
    arn,
  })),
});

/** None in an empty world. */
const shortcutsIn = ({ outputs, endpointUrl }: World): Readonly<Record<string, string>> =>
  outputs.ReleaseMachineArn === undefined
    ? {}
    : {
        RELEASE: outputs.ReleaseMachineArn!,
        DATA: outputs.DataBucketName!,
        ARTIFACTS: outputs.ArtifactBucketName!,
        LEDGER: outputs.LedgerTableName!,
        // At this world's own address: SDKs of JavaScript send where a queue's URL points.
        QUEUE: `${endpointUrl}${new URL(outputs.EventQueueUrl!).pathname}`,
        TOPIC: outputs.NotificationTopicArn!,
      };

/** `ReleaseMachineRole` of `…:role/signalbox-prod-ReleaseMachineRole-F24908C7F7A0`. */
const logicalName = (roleArn: string, stackName: string): string =>
  roleArn
    .split('/')
    .at(-1)!
    .replace(`${stackName}-`, '')
    .replace(/-[0-9A-F]{12}$/, '');

/** A file to be sourced by a shell; `become` takes a role by its name. */
export const shellFile = ({ environment, shortcuts, roles }: Access): string => `\
# Source this: the AWS CLI and the SDKs of this shell then talk to the local world. It is not AWS.
unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SESSION_TOKEN AWS_ENDPOINT_URL_S3
${lines({ ...environment, ...shortcuts })}

# The AWS CLI's first version sends SQS to AWS unless it is told otherwise on the command line.
aws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }

# become <role> makes this shell act as a role of the stack, become you as the person who may do everything.
become() {
  case "$1" in
    you) export AWS_ACCESS_KEY_ID=test ;;
${roles.map(({ name, accessKeyId }) => `    ${name}) export AWS_ACCESS_KEY_ID=${accessKeyId} ;;`).join('\n')}
    *) echo "There is no role $1; there are you ${roles.map(({ name }) => name).join(' ')}." >&2; return 1 ;;
  esac
}
`;

const lines = (variables: Readonly<Record<string, string>>): string =>
  Object.entries(variables)
    .map(([name, value]) => `export ${name}=${quoted(value)}`)
    .join('\n');

const quoted = (value: string): string =>
  /^[\w./:@-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
