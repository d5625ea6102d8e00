// What the stack's rules, schedules and roles must know of the pipelines, read
// from their files when the stack is packaged. CommonJS, because serverless.yml loads it.
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { parse } = require('yaml');

const folder = join(__dirname, '../pipelines');
const pipelines = readdirSync(folder)
  .filter((file) => /\.ya?ml$/.test(file))
  .sort()
  .map((file) => parse(readFileSync(join(folder, file), 'utf8')));

const distinct = (values) => [...new Set(values)].sort();

/**
 * Characters of a rule's pattern that are left to one list of alternatives.
 * EventBridge takes 2,048 in all (user guide, "Quotas"), and no pattern here has more than two lists.
 */
const MOST_CHARACTERS = 800;

/**
 * A list of alternatives for a rule's pattern. EventBridge refuses an empty one,
 * even in a rule that is off. A list too long for a pattern becomes "anything":
 * route-events looks at each event anyway, the rule only spares it some.
 */
const alternatives = (values) => {
  const all = distinct(values);
  if (all.length === 0) return ['none'];
  return JSON.stringify(all).length > MOST_CHARACTERS ? [{ exists: true }] : all;
};

const state = (triggers) => (triggers.length > 0 ? 'ENABLED' : 'DISABLED');

/** Every trigger of a kind. */
const all = (kind) => pipelines.flatMap(({ triggers }) => (triggers?.[kind] ? [triggers[kind]] : []));
const data = all('data');
const images = all('image');
const pushes = all('code').filter(({ build }) => build);
const builds = all('code').filter(({ project }) => project);
const drifts = all('drift');
const approvals = pipelines.filter(({ triggers }) => triggers?.approval);

const prefixes = alternatives(data.map(({ prefix }) => prefix));

/** The repository in which a release looks its image up: this account's, unless the image names a registry. */
const repositoryArn = (reference) => {
  const [, account = '${AWS::AccountId}', region = '${AWS::Region}', name] =
    /^(?:(\d{12})\.dkr\.ecr\.([^.]+)\.[^/]+\/)?([^@:]+)/.exec(reference);
  return `arn:\${AWS::Partition}:ecr:${region}:${account}:repository/${name}`;
};

/**
 * Where AWS keeps the images that serve what Neo has compiled (developer guide, "Inference Container Images"). Each
 * region has an account of its own for them. Any release may leave the choice to Neo, by an override too.
 */
const neoArns = ['sagemaker-inference-*', 'sagemaker-neo-*', 'xgboost-neo'].map(
  (name) => `arn:\${AWS::Partition}:ecr:\${AWS::Region}:*:repository/${name}`,
);
const repositoryArns = pipelines.flatMap((pipeline) =>
  [
    pipeline.image,
    ...['process', 'train', 'compile', 'evaluate', 'deploy'].map((step) => pipeline[step]?.image),
  ]
    .filter(Boolean)
    .map(repositoryArn),
);

const substituted = (arns) => distinct(arns).map((arn) => ({ 'Fn::Sub': arn }));

module.exports = {
  pipelines,
  dataRuleState: state(data),
  // Whose bursts may lose their collector; one text, as a state machine takes it.
  collectingPipelines: pipelines
    .filter(({ triggers }) => triggers?.data)
    .map(({ name }) => name)
    .join(' '),
  dataKeys: prefixes.map((prefix) => (typeof prefix === 'string' ? { prefix } : prefix)),
  pushRuleState: state(pushes),
  pushRepositories: alternatives(pushes.map(({ repository }) => repository)),
  pushBranches: alternatives(pushes.map(({ branch }) => branch)),
  buildRuleState: state(builds),
  buildProjects: alternatives(builds.map(({ project }) => project)),
  imageRuleState: state(images),
  imageRepositories: alternatives(images.map(({ repository }) => repository)),
  imageTags: alternatives(images.map(({ tag }) => tag)),
  driftRuleState: state(drifts),
  driftAlarms: alternatives(drifts.map(({ alarm }) => alarm)),
  approvalRuleState: state(approvals),
  approvalGroups: alternatives(approvals.map(({ register }) => register.group)),
  repositoryArns: substituted(repositoryArns),
  // What a package may be registered with.
  registeredRepositoryArns: substituted([...repositoryArns, ...neoArns]),
  // Every repository of the account: a champion keeps its image when the pipeline moves to another repository, and
  // must still be able to scale out.
  servingRepositoryArns: substituted([
    'arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/*',
    ...neoArns,
  ]),
};
