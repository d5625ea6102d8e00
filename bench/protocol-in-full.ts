/** Minutes and gigabytes: node --max-old-space-size=8000 bench/protocol-in-full.ts */
import { FULL, searchProtocol } from './protocol.ts';

const { columns, rows, broken } = searchProtocol(FULL);
for (const row of rows) console.log(columns.map((column, at) => `${column}: ${row[at]}`).join('\n'));
for (const line of broken) console.error(line);
process.exitCode = broken.length > 0 ? 1 : 0;
