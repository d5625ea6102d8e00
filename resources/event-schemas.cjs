// Signalbox's own events in EventBridge's schema registry, made from schemas/events/: other teams find them there.
const { readdirSync, readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const folder = join(__dirname, '../schemas/events');

/** Only people and newer drafts know these. */
const LEFT_OUT = new Set(['$id', '$schema', 'examples', 'definitions', 'propertyNames', 'default']);

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** The registry takes draft 4, and one document: references are put in, `const` becomes a choice of one. */
function asDraft4(node, file) {
  if (Array.isArray(node)) return node.map((item) => asDraft4(item, file));
  if (typeof node !== 'object' || node === null) return node;
  if (typeof node.$ref === 'string') return referred(node.$ref, file);
  const entries = Object.entries(node).flatMap(([key, value]) => {
    if (LEFT_OUT.has(key)) return [];
    if (key === 'const') return [['enum', [value]]];
    if (key === 'exclusiveMinimum')
      return [
        ['minimum', value],
        ['exclusiveMinimum', true],
      ];
    if (key === 'properties') return [[key, mapped(value, file)]];
    return [[key, key === 'enum' ? value : asDraft4(value, file)]];
  });
  return Object.fromEntries(entries);
}

const mapped = (properties, file) =>
  Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, asDraft4(value, file)]));

function referred(reference, file) {
  const [path, pointer = ''] = reference.split('#');
  const target = path ? join(dirname(file), path) : file;
  const found = pointer
    .split('/')
    .slice(1)
    .reduce((node, step) => node[step], read(target));
  return asDraft4(found, target);
}

/** The whole event, as rules see it. */
const envelope = (detail, source) => ({
  $schema: 'http://json-schema.org/draft-04/schema#',
  title: detail.title,
  description: detail.description,
  type: 'object',
  required: ['id', 'source', 'detail-type', 'time', 'detail'],
  properties: {
    version: { type: 'string' },
    id: { type: 'string' },
    source: { type: 'string', enum: [source] },
    'detail-type': { type: 'string', enum: [detail.title] },
    account: { type: 'string' },
    region: { type: 'string' },
    time: { type: 'string', format: 'date-time' },
    resources: { type: 'array', items: { type: 'string' } },
    detail,
  },
});

const resources = readdirSync(folder).map((name) => {
  const file = join(folder, name);
  const { title, description } = read(file);
  const source = /Source (\S+)\.$/.exec(description)[1];
  const words = title.replaceAll(' ', '');
  return [
    `${words}Schema`,
    {
      Type: 'AWS::EventSchemas::Schema',
      Properties: {
        RegistryName: { 'Fn::GetAtt': ['EventRegistry', 'RegistryName'] },
        SchemaName: `${source}@${words}`,
        Description: description,
        Type: 'JSONSchemaDraft4',
        Content: JSON.stringify(envelope(asDraft4(read(file), file), source)),
      },
    },
  ];
});

module.exports = { Resources: Object.fromEntries(resources) };
