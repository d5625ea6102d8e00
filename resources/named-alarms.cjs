// Rules for the alarms that pipelines name: their events carry no endpoint, so the rule says whose watch to wake.
// Made from the pipeline files; without named alarms it is empty.
const { createHash } = require('node:crypto');
const { pipelines } = require('../packaging/watched.cjs');

/** EventBridge takes a pattern of 2,048 characters; ten long names need more than one. */
const MOST_CHARACTERS = 1500;

/** The alarms of each endpoint, whichever pipeline names them. */
const namedOf = new Map();
for (const { deploy } of pipelines) {
  const named = deploy?.alarms?.named ?? [];
  if (named.length === 0) continue;
  namedOf.set(deploy.endpoint, [...new Set([...(namedOf.get(deploy.endpoint) ?? []), ...named])].sort());
}

/** The names in as few lists as patterns can take. */
const inPatterns = (names) => {
  const lists = [[]];
  for (const name of names) {
    const isFull = JSON.stringify([...lists.at(-1), name]).length > MOST_CHARACTERS;
    if (isFull) lists.push([name]);
    else lists.at(-1).push(name);
  }
  return lists;
};

/** CloudFormation takes letters and digits alone: names that are the same without their hyphens differ by their hash. */
const logicalId = (endpoint, part) => {
  const words = endpoint.split('-').map((word) => word[0].toUpperCase() + word.slice(1));
  const hash = createHash('sha256').update(endpoint).digest('hex').slice(0, 6);
  return `${words.join('')}NamedAlarmRule${hash}${part || ''}`;
};

const rule = (endpoint, names) => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    Description: `An alarm has changed that releases of the endpoint ${endpoint} name.`,
    EventPattern: {
      source: ['aws.cloudwatch'],
      'detail-type': ['CloudWatch Alarm State Change'],
      detail: { alarmName: names },
    },
    Targets: [
      {
        Id: 'wake',
        Arn: { Ref: 'WakeMachine' },
        RoleArn: { 'Fn::GetAtt': ['StartWakeRole', 'Arn'] },
        InputTransformer: {
          InputPathsMap: { news: '$.detail.state.value' },
          InputTemplate: `{"subject":"endpoint/${endpoint}","news":<news>}`,
        },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['EventDeadLetterQueue', 'Arn'] } },
      },
    ],
  },
});

module.exports = {
  Resources: Object.fromEntries(
    [...namedOf].flatMap(([endpoint, names]) =>
      inPatterns(names).map((list, part) => [logicalId(endpoint, part), rule(endpoint, list)]),
    ),
  ),
};
