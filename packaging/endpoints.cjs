// Which endpoint each pipeline serves, for the state machine that tells the
// status of all. CommonJS, because serverless.yml loads it.
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { parse } = require('yaml');

const folder = join(__dirname, '../pipelines');

module.exports = {
  /** `flight-delay=flight-delay,other=its-endpoint`: a substitution is text, and text with quotes would break a definition. */
  list: readdirSync(folder)
    .filter((file) => /\.ya?ml$/.test(file))
    .sort()
    .map((file) => parse(readFileSync(join(folder, file), 'utf8')))
    .map(({ name, deploy }) => `${name}=${deploy?.endpoint}`)
    .join(','),
};
