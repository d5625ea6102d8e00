// What the stack's rules and roles must know of the pipelines, read from their
// files when the stack is packaged. CommonJS, because serverless.yml loads it.
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { parse } = require('yaml');

const folder = join(__dirname, '../pipelines');
const pipelines = readdirSync(folder)
  .filter((file) => /\.ya?ml$/.test(file))
  .sort()
  .map((file) => parse(readFileSync(join(folder, file), 'utf8')));

/** Repository and tag of every image trigger. EventBridge refuses an empty list of alternatives, even in a rule that is off. */
const images = pipelines.flatMap(({ triggers }) => (triggers?.image ? [triggers.image] : []));
const distinct = (values) => [...new Set(values)].sort();
const orNone = (values) => (values.length > 0 ? values : ['none']);

/** The repository in which a release looks its image up: this account's, unless the image names a registry. */
const repositoryArn = (reference) => {
  const [, account = '${AWS::AccountId}', region = '${AWS::Region}', name] =
    /^(?:(\d{12})\.dkr\.ecr\.([^.]+)\.[^/]+\/)?([^@:]+)/.exec(reference);
  return `arn:\${AWS::Partition}:ecr:${region}:${account}:repository/${name}`;
};
const repositoryArns = pipelines.flatMap((pipeline) =>
  [pipeline.image, ...['process', 'train', 'evaluate', 'deploy'].map((step) => pipeline[step]?.image)]
    .filter(Boolean)
    .map(repositoryArn),
);

module.exports = {
  imageTags: orNone(distinct(images.map(({ tag }) => tag))),
  imageRepositories: orNone(distinct(images.map(({ repository }) => repository))),
  imageRuleState: images.length > 0 ? 'ENABLED' : 'DISABLED',
  repositoryArns: distinct(repositoryArns).map((arn) => ({ 'Fn::Sub': arn })),
};
