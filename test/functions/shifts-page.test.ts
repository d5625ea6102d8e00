import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { SHIFT_FIELDS } from '../../functions/shared/shift.ts';
import { projectRoot } from '../../packaging/root.ts';
import { live, planned } from './support/requests.ts';

const page = readFileSync(join(projectRoot, 'docs/shifts.md'), 'utf8');

/** What stands below `deploy` in each example of the page. */
const examples = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => {
  const block = parse(text!) as { deploy?: object };
  return block.deploy ?? block;
});

test.each(examples.map((deploy) => [JSON.stringify(deploy), deploy]))(
  'the example is planned: %s',
  (_, deploy) => {
    expect(() =>
      planned({ live: live() }, { pipeline: 'flight-delay', overrides: { deploy } }),
    ).not.toThrow();
  },
);

test.each(Object.entries(SHIFT_FIELDS))(
  'the page has a section on %s that tells its fields',
  (type, fields) => {
    const section = page.split('\n## ').find((part) => part.startsWith(`${type}\n`))!;

    // Set in its example or named in its text; a word that only looks like it is neither.
    expect(fields.filter((field) => !section.match(`\\b${field}:|\`${field}\``))).toEqual([]);
  },
);

test('the page tells every alarm with its metric', () => {
  const schema = JSON.parse(readFileSync(join(projectRoot, 'schemas/pipeline.schema.json'), 'utf8'));
  const limits = Object.keys(schema.properties.deploy.properties.alarms.properties);

  expect(limits.filter((limit) => !page.includes(`\`${limit}\``) && !page.includes(`${limit}:`))).toEqual([]);
});
